import { type Answer, json } from '#platform/http/answers.ts';

/** Where in what was sent: a JSON pointer into the body, or the name of a parameter of the address. */
export interface ProblemPlace {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

/** Every kind of problem, by the last part of its address; the readable page explains each. */
export const PROBLEMS = {
  'no-key': {
    status: 401,
    title: 'No key that works',
    text: 'Send Authorization: Bearer with a key that has not expired and is not revoked.',
  },
  'missing-scope': {
    status: 403,
    title: 'The key may not do this',
    text: 'The coordinator of the centre chooses what a key may do when it is made.',
  },
  'not-found': {
    status: 404,
    title: 'Nothing at this address',
    text: 'There is no such thing at this centre. What belongs to another centre is not found either.',
  },
  'in-flight': {
    status: 409,
    title: 'The same request is being worked on',
    text: 'A request with this Idempotency-Key has not ended yet. Send it again after a second.',
  },
  'possible-match': {
    status: 409,
    title: 'Somebody like this is known at the centre',
    text: 'Say in match whether it is the same person, and send the request again. Nothing was registered.',
  },
  'too-large': { status: 413, title: 'The body is too large', text: 'A body may have 64 KB.' },
  'not-json': { status: 415, title: 'The body is not JSON', text: 'Send application/json.' },
  unreadable: {
    status: 400,
    title: 'The request cannot be read',
    text: 'A parameter or header is missing or has not the form it must have, or the body is no JSON text.',
  },
  refused: {
    status: 422,
    title: 'The request was refused',
    text: 'A field or a rule says no. Each error names the place and says how to put it right. Nothing was saved.',
  },
  'key-used-otherwise': {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    text: 'Take a new Idempotency-Key for each new request, and the same one for its repetitions.',
  },
  'too-many': {
    status: 429,
    title: 'Too many requests',
    text: 'Wait the seconds that Retry-After names. Each key may make 120 requests a minute.',
  },
  failed: {
    status: 500,
    title: 'The request failed',
    text: 'The fault is ours and is written down. Send the request again with the same Idempotency-Key: it takes effect once.',
  },
  unavailable: {
    status: 503,
    title: 'The service is not available just now',
    text: 'Nothing was saved. Send the request again with the same Idempotency-Key.',
  },
} as const satisfies Record<string, { status: number; title: string; text: string }>;
export type ProblemKind = keyof typeof PROBLEMS;

/** Ends a request of the API with a problem; inside a transaction nothing of it remains. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly detail: string;
  readonly errors: readonly ProblemPlace[] | undefined;
  /** More that this kind of problem says, as members of the body. */
  readonly more: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    kind: ProblemKind,
    detail: string,
    rest: {
      errors?: readonly ProblemPlace[];
      more?: Readonly<Record<string, unknown>>;
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail);
    this.kind = kind;
    this.detail = detail;
    this.errors = rest.errors;
    this.more = rest.more ?? {};
    this.headers = rest.headers ?? {};
  }
}

/** The problem as RFC 9457 has it. `publicUrl`: where the page that explains the kinds stands. */
export function problemAnswer(problem: Problem, publicUrl: string, requestId: string): Answer {
  const { kind, detail, errors, more } = problem;
  const { status, title } = PROBLEMS[kind];
  const body = {
    type: `${publicUrl}/api/v1/reference#problem-${kind}`,
    title,
    status,
    detail,
    instance: `urn:request:${requestId}`,
    ...(errors && { errors }),
    ...more,
  };
  return json(body, status, 'application/problem+json');
}

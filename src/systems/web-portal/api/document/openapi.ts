import { z } from 'zod';
import { brand } from '#platform/settings/brand.ts';
import { EVENT_DATA, EVENT_WORDS, WEBHOOK_EVENTS, type WebhookEvent } from '../../webhooks/events.ts';
import { SCOPE_FACTS, SCOPES } from '../keys/scopes.ts';
import type { Operation } from '../requests/operation.ts';
import { PROBLEMS, type ProblemKind } from '../requests/problem.ts';
import { OPERATIONS } from '../resources/operations.ts';
import { NAMED_SCHEMAS } from '../resources/schemas.ts';

type Json = Record<string, unknown>;

const UNDER = '#/components/schemas/';

function namedSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED_SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: (id) => `${UNDER}${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema as unknown]),
  );
}

const NAME_OF = new Map<unknown, string>(Object.entries(NAMED_SCHEMAS).map(([name, schema]) => [schema, name]));

/** The schema by its name in the document. Every body and answer must have one. */
function named(schema: unknown): Json {
  const name = NAME_OF.get(schema);
  if (!name) throw new Error('A schema of the API has no name in NAMED_SCHEMAS.');
  return { $ref: `${UNDER}${name}` };
}

function parameters(where: 'path' | 'query', fields: z.ZodObject): Json[] {
  const { properties = {} } = z.toJSONSchema(fields, { io: 'output' });
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schema as Json;
    return {
      name,
      in: where,
      required: !(fields.shape[name] as z.ZodType).safeParse(undefined).success,
      ...(description ? { description } : {}),
      schema: rest,
    };
  });
}

const OF_ALL: readonly ProblemKind[] = ['no-key', 'missing-scope', 'too-many', 'failed', 'unavailable', 'unreadable'];
const OF_WRITES: readonly ProblemKind[] = ['in-flight', 'too-large', 'not-json', 'refused', 'key-used-otherwise'];

/** The kinds of problem an operation can answer with. */
export function problemsOf(operation: Operation): readonly ProblemKind[] {
  return [
    ...OF_ALL,
    ...(operation.path.includes('{') ? (['not-found'] as const) : []),
    ...(operation.method === 'post' ? OF_WRITES : []),
    ...(operation.id === 'registerCandidate' ? (['possible-match'] as const) : []),
  ];
}

function problemResponses(kinds: readonly ProblemKind[]): Json {
  const byStatus = new Map<number, string[]>();
  for (const kind of kinds) {
    const { status, title } = PROBLEMS[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), title]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, titles]) => [
      String(status),
      {
        description: titles.join('; '),
        content: { 'application/problem+json': { schema: { $ref: `${UNDER}Problem` } } },
      },
    ]),
  );
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'A text of your own for each new request, such as a UUID. The same request again within 24 hours gets the same answer and takes effect once.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

function described(operation: Operation): Json {
  const good = operation.method === 'post' ? '201' : '200';
  return {
    operationId: operation.id,
    summary: operation.summary,
    description: operation.description,
    security: [{ key: [operation.scope] }],
    parameters: [
      ...parameters('path', operation.params),
      ...parameters('query', operation.query),
      ...(operation.method === 'post' ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(operation.method === 'post' && {
      requestBody: { required: true, content: { 'application/json': { schema: named(operation.body) } } },
    }),
    responses: {
      [good]: { description: 'Done', content: { 'application/json': { schema: named(operation.answer) } } },
      ...problemResponses(problemsOf(operation)),
    },
  };
}

const header = (name: string, description: string): Json => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});
const WEBHOOK_HEADERS = [
  header('webhook-id', 'The same at each attempt: refuse what you have had'),
  header('webhook-timestamp', 'Seconds since 1970 when it was sent: refuse what is older than 5 minutes'),
  header('webhook-signature', 'v1, and the base64 of HMAC-SHA-256 over webhook-id.webhook-timestamp.body'),
];

/** What is sent to the web addresses of a centre. */
function webhook(event: WebhookEvent): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(
    z.object({ type: z.literal(event), timestamp: z.iso.datetime(), data: EVENT_DATA[event] }),
  );
  return {
    post: {
      operationId: event,
      summary: EVENT_WORDS[event],
      parameters: WEBHOOK_HEADERS,
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: { '2XX': { description: 'You have it. Otherwise it is sent again with growing delays for two days' } },
    },
  };
}

/** The OpenAPI 3.1 document, made of the schemas that check requests and answers. */
export function openApiDocument(publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const operation of OPERATIONS)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: described(operation) };
  return {
    openapi: '3.1.0',
    info: {
      title: `${brand.name}: API for training providers`,
      version: '1',
      description: `Products, candidates and registrations of one centre. Scopes: ${SCOPES.map((scope) => `${scope} (${SCOPE_FACTS[scope].label})`).join(', ')}.`,
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    paths,
    webhooks: Object.fromEntries(WEBHOOK_EVENTS.map((event) => [event, webhook(event)])),
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key that a coordinator of the centre has made' },
      },
    },
  };
}

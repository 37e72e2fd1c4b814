/** Asks the API as a system of a centre does, by nothing but the OpenAPI document. */
import type { TestApplication } from './application.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it.
  readonly body: any;
}

interface Described {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

export interface ApiDocument {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

export type Given = Readonly<Record<string, string | number>>;

/** A caller of each operation of the document, with one key. Fails when an answer has a status that the document does not know. */
export async function clientOf(app: TestApplication, key: string) {
  const document = (await (await fetch(`${app.url}/api/v1/openapi.json`)).json()) as ApiDocument;
  const operations = new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => [one.operationId, { path, method, one }] as const),
    ),
  );
  return {
    document,
    call: async (operationId: string, given: Given = {}, body?: unknown): Promise<ApiAnswer> => {
      const found = operations.get(operationId);
      if (!found) throw new Error(`The document knows no ${operationId}`);
      let path = found.path;
      const query = new URLSearchParams();
      const headers: Record<string, string> = { authorization: `Bearer ${key}` };
      for (const parameter of found.one.parameters) {
        const value = given[parameter.name];
        if (value === undefined) {
          if (parameter.required) throw new Error(`${operationId} needs ${parameter.name}`);
        } else if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
        else if (parameter.in === 'query') query.set(parameter.name, String(value));
        else headers[parameter.name] = String(value);
      }
      const answer = await ask(app, `/api/v1${path}${query.size > 0 ? `?${query}` : ''}`, {
        method: found.method.toUpperCase(),
        headers,
        ...(body === undefined ? {} : { body }),
      });
      if (!(String(answer.status) in found.one.responses))
        throw new Error(`${operationId} answered ${answer.status}, which the document does not know`);
      return answer;
    },
  };
}

/** One request of a program: no cookie, no header of browsers. */
export async function ask(
  app: TestApplication,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<ApiAnswer> {
  const { method = 'GET', headers = {}, body } = options;
  const answer = await fetch(new URL(path, app.url), {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
}

/** Makes a key on the page, as this coordinator. */
export async function makeKey(
  app: TestApplication,
  options: { username?: string; name?: string; scopes?: string[]; days?: string } = {},
): Promise<string> {
  const {
    username = 'coordinator',
    name = `System ${crypto.randomUUID().slice(0, 8)}`,
    scopes = ['products:read', 'candidates:read', 'registrations:read', 'registrations:write'],
    days = '90',
  } = options;
  const browser = await app.logIn(username);
  const { status, text } = await browser.post('/web-portal/api/keys/make', { name, scopes, days });
  const [key] = /imi_[0-9a-z]{8}_[\w-]{43}/.exec(text) ?? [];
  if (status !== 200 || !key) throw new Error(`No key was made: ${status}`);
  return key;
}

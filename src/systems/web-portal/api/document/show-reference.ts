import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { card, codeText, link, note, pageHead, summaryList, table, taskPage } from '#ui';
import { SCOPE_FACTS, SCOPES } from '../keys/scopes.ts';
import { PROBLEMS, type ProblemKind } from '../requests/problem.ts';
import { openApiDocument } from './openapi.ts';

interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}
interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly security: readonly { readonly key: readonly string[] }[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly description?: string;
    readonly schema: SchemaNode;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: SchemaNode }>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content: Readonly<Record<string, { schema: SchemaNode }>> }>
  >;
}

/** GET /api/v1/reference: the same document for people. */
export async function showReference(context: Context): Promise<Answer> {
  const { publicUrl } = context.services.settings;
  const document = openApiDocument(publicUrl) as {
    info: { title: string };
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Record<string, SchemaNode> };
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return page(
    taskPage(
      { ...(await context.frame()), title: 'API for training providers', logIn: true },
      html`${pageHead({ title: 'API for training providers', lead: 'Your own systems read and register here, by a key of your centre' })}
<div class="stack">
${card({ title: 'How a request is made', id: 'begin' }, begin(publicUrl))}
${card(
  { title: 'What a key may do', id: 'scopes', flush: true },
  table({
    caption: 'Scopes',
    rows: SCOPES,
    columns: [
      { label: 'Scope', header: true, cell: (scope) => codeText(scope) },
      { label: 'It lets a key', cell: (scope) => SCOPE_FACTS[scope].label },
      { label: 'That is', cell: (scope) => SCOPE_FACTS[scope].hint },
    ],
  }),
)}
${operations.map(({ path, method, operation }) => operationCard(path, method, operation))}
${card({ title: 'Events that are sent to you', id: 'webhooks' }, webhooksText)}
${Object.entries(document.components.schemas).map(([name, schema]) => schemaCard(name, schema))}
${card(
  { title: 'Problems', id: 'problems' },
  html`<p>A refusal is application/problem+json (RFC 9457). Its ${codeText('errors')} name each place and say how to put it right.</p>
${summaryList(
  (Object.keys(PROBLEMS) as ProblemKind[]).map((kind) => [
    html`<span id="problem-${kind}">${PROBLEMS[kind].status} ${kind}</span>`,
    html`${PROBLEMS[kind].title}. ${PROBLEMS[kind].text}`,
  ]),
)}`,
)}
</div>`,
    ),
  );
}

function begin(publicUrl: string): Safe {
  return html`<p>A coordinator of the centre makes a key in the Web Portal under API. Send it with each request:</p>
<p class="wrap-any">${codeText(`curl -H "Authorization: Bearer KEY" ${publicUrl}/api/v1/products`)}</p>
<p>Send ${codeText('Idempotency-Key')} with each POST: a text of your own for each new request, and the same one when you repeat it. The repetition gets the first answer and registers nobody twice. What was refused saved nothing, and may be sent again, corrected, under the same one.</p>
<p>Lists come in parts: send ${codeText('next')} of one part as ${codeText('after')} for the one that follows.</p>
${note(html`Programs read ${link('the OpenAPI document', '/api/v1/openapi.json')} instead of this page.`)}`;
}

const webhooksText = html`<p>A coordinator can enter a web address of yours, and choose which events are sent there: a registration was made, its state changed, a unit was achieved. Each comes as a POST with a JSON body of ${codeText('type')}, ${codeText('timestamp')} and ${codeText('data')}, which holds ids and numbers alone; read the rest with a key.</p>
<p>Check the signature as in the Standard Webhooks specification: ${codeText('webhook-signature')} holds v1, and the base64 of HMAC-SHA-256 over ${codeText('webhook-id.webhook-timestamp.body')} with the secret. The secret is the base64 after ${codeText('whsec_')}. Refuse what is older than 5 minutes by ${codeText('webhook-timestamp')}, and what has a ${codeText('webhook-id')} you have seen.</p>
<p>Answer with a status from 200 to 299 within 10 seconds. Otherwise it is sent again with growing delays for two days.</p>`;

function operationCard(path: string, method: string, operation: Described): Safe {
  const [good] = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  const body = operation.requestBody?.content['application/json']?.schema;
  return card(
    { title: operation.summary, id: operation.operationId },
    html`<p class="wrap-any">${codeText(`${method} /api/v1${path}`)}</p>
<p>${operation.description}</p>
${summaryList([
  ['Scope', codeText(operation.security[0]?.key[0] ?? '')],
  ...operation.parameters.map((one): [HtmlValue, HtmlValue] => [
    codeText(one.name),
    html`${one.in}, ${one.required ? 'needed' : 'optional'}: ${typeOf(one.schema)}${one.description && html`. ${one.description}`}`,
  ]),
  body && ['Body', typeOf(body)],
  good && [`Answer ${good[0]}`, typeOf(good[1].content['application/json']?.schema ?? {})],
  [
    'Problems',
    Object.entries(operation.responses)
      .filter(([status]) => !status.startsWith('2'))
      .map(([status, { description }]) => `${status} ${description}`)
      .join('. '),
  ],
])}`,
  );
}

function schemaCard(name: string, schema: SchemaNode): Safe {
  const { properties = {}, required = [] } = schema;
  return card(
    { title: name, id: `schema-${name}` },
    summaryList(
      Object.entries(properties).map(([member, one]): [HtmlValue, HtmlValue] => [
        codeText(member),
        html`${typeOf(one)}${!required.includes(member) && ', optional'}${one.description && html`. ${one.description}`}`,
      ]),
    ),
  );
}

/** The type of a value in words; a named schema as a link to its card. */
function typeOf(schema: SchemaNode): HtmlValue {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return link(name, `#schema-${name}`);
  }
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts) return joined(parts.map(typeOf), ' or ');
  if (schema.const !== undefined) return codeText(String(schema.const));
  if (schema.enum)
    return joined(
      schema.enum.map((value) => codeText(value)),
      ', ',
    );
  if (schema.items) return html`list of ${typeOf(schema.items)}`;
  if (schema.properties)
    return html`object (${joined(
      Object.entries(schema.properties).map(([name, one]) => html`${codeText(name)}: ${typeOf(one)}`),
      '; ',
    )})`;
  return [schema.type ?? 'any'].flat().join(' or ') + (schema.format ? ` (${schema.format})` : '');
}

const joined = (parts: readonly HtmlValue[], between: string): HtmlValue =>
  parts.map((part, at) => html`${at > 0 && between}${part}`);

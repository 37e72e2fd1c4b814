import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { card, codeText, link, note, pageHead, summaryList, table, taskPage } from '#ui';
import { EVENT_WORDS, type WebhookEvent } from '../../webhooks/events.ts';
import { SCOPE_FACTS, SCOPES } from '../keys/scopes.ts';
import { PROBLEMS, type ProblemKind } from '../requests/problem.ts';
import { OPERATIONS } from '../resources/operations.ts';
import { openApiDocument, problemsOf } from './openapi.ts';
import { between, type Member, membersOf, type SchemaNode, typeOf } from './schema-words.ts';

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
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: SchemaNode }>> }>
  >;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: Pick<Described, 'requestBody'> }>>;
  readonly components: { readonly schemas: Readonly<Record<string, SchemaNode>> };
}

/** GET /api/v1/reference: the same document for people. */
export async function showReference(context: Context): Promise<Answer> {
  const { publicUrl } = context.services.settings;
  const { paths, webhooks, components } = openApiDocument(publicUrl) as unknown as Document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ line: `${method.toUpperCase()} ${path}`, operation })),
  );
  const schemas = Object.entries(components.schemas);
  return page(
    taskPage(
      { ...(await context.frame()), title: 'API for training providers', logIn: true },
      html`${pageHead({ title: 'API for training providers', lead: 'Your own systems read and register here, by a key of your centre' })}
<div class="stack">
${contents(operations, schemas)}
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
${operations.map(({ line, operation }) => operationCard(line, operation))}
${card({ title: 'Events that are sent to you', id: 'webhooks' }, eventsText)}
${Object.entries(webhooks).map(([event, { post }]) => eventCard(event as WebhookEvent, bodyOf(post)))}
${schemas.map(([name, schema]) => card({ title: name, id: `schema-${name}`, flush: true }, membersTable(`Members of ${name}`, membersOf(schema))))}
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

/** Where everything stands on this long page. */
function contents(
  operations: readonly { readonly line: string; readonly operation: Described }[],
  schemas: readonly (readonly [string, SchemaNode])[],
): Safe {
  return card(
    { title: 'On this page', id: 'contents' },
    summaryList([
      [
        'Begin here',
        between([link('How a request is made', '#begin'), link('What a key may do', '#scopes')], html`<br>`),
      ],
      [
        'Operations',
        operations.map(
          ({ line, operation }) =>
            html`${link(operation.summary, `#${operation.operationId}`)}<br><span class="small muted wrap-any">${codeText(line)}</span><br>`,
        ),
      ],
      ['Events', link('Events that are sent to you', '#webhooks')],
      [
        'Data',
        between(
          schemas.map(([name]) => link(name, `#schema-${name}`)),
          ', ',
        ),
      ],
      ['Refusals', link('Problems', '#problems')],
    ]),
  );
}

function begin(publicUrl: string): Safe {
  return html`<p>A coordinator of the centre makes a key in the Web Portal under API. Send it with each request:</p>
<p class="wrap-any">${codeText(`curl -H "Authorization: Bearer KEY" ${publicUrl}/api/v1/products`)}</p>
<p>Send ${codeText('Idempotency-Key')} with each POST: a text of your own for each new request, and the same one when you repeat it. The repetition gets the first answer and registers nobody twice. What was refused saved nothing, and may be sent again, corrected, under the same one. It belongs to the key it was sent with, and is remembered for 24 hours.</p>
<p>Lists come in parts: send ${codeText('next')} of one part as ${codeText('after')} for the one that follows.</p>
${note(html`Programs read ${link('the OpenAPI document', '/api/v1/openapi.json')} instead of this page.`)}`;
}

const eventsText = html`<p>A coordinator can enter a web address of yours, and choose which events are sent there. Each comes as a POST with a JSON body of ${codeText('type')}, ${codeText('timestamp')} and ${codeText('data')}, which holds ids and numbers alone; read the rest with a key.</p>
<p class="wrap-any">Check the signature as in the Standard Webhooks specification: ${codeText('webhook-signature')} holds v1, and the base64 of HMAC-SHA-256 over ${codeText('webhook-id.webhook-timestamp.body')} with the secret. The secret is the base64 after ${codeText('whsec_')}. Refuse what is older than 5 minutes by ${codeText('webhook-timestamp')}, and what has a ${codeText('webhook-id')} you have seen.</p>
<p>Answer with a status from 200 to 299 within 10 seconds. Otherwise it is sent again with growing delays for two days.</p>`;

const bodyOf = ({ requestBody }: Pick<Described, 'requestBody'>): SchemaNode | undefined =>
  requestBody?.content['application/json']?.schema;

function eventCard(event: WebhookEvent, body: SchemaNode | undefined): Safe {
  return card(
    { title: EVENT_WORDS[event], id: `event-${event}`, flush: true, aside: codeText(event) },
    membersTable(`Members of ${event}`, membersOf(body?.properties?.data ?? {}, 'data.')),
  );
}

function operationCard(line: string, operation: Described): Safe {
  const [good] = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  const body = bodyOf(operation);
  const known = OPERATIONS.find(({ id }) => id === operation.operationId);
  return card(
    { title: operation.summary, id: operation.operationId },
    html`<p class="wrap-any strong">${codeText(line.replace(' ', ' /api/v1'))}</p>
<p>${operation.description}</p>
${summaryList([
  ['Scope', codeText(operation.security[0]?.key[0] ?? '')],
  ...operation.parameters.map((one): [Safe, Safe] => [
    html`${codeText(one.name)}<br><span class="small">${one.in}, ${one.required ? 'needed' : 'optional'}</span>`,
    html`${typeOf(one.schema)}${one.description && html`<br>${one.description}`}`,
  ]),
  body && ['Body', typeOf(body)],
  good && [`Answer ${good[0]}`, typeOf(good[1].content['application/json']?.schema ?? {})],
  known && [
    'Problems',
    between(
      problemsOf(known).map((kind) => html`${PROBLEMS[kind].status} ${link(kind, `#problem-${kind}`)}`),
      ', ',
    ),
  ],
])}`,
  );
}

/** A long path folds after its dots, and nowhere else. */
const breakable = (path: string) => between(path.split('.'), html`.<wbr>`);

function membersTable(caption: string, members: readonly Member[]): Safe {
  return table<Member>({
    caption,
    rows: members,
    columns: [
      { label: 'Member', header: true, cell: ({ path }) => html`<span class="code">${breakable(path)}</span>` },
      { label: 'Type', cell: ({ schema, needed }) => html`${typeOf(schema)}${!needed && ', optional'}` },
      { label: 'Meaning', cell: ({ schema }) => schema.description ?? '' },
    ],
  });
}

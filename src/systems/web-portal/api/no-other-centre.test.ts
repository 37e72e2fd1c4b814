/**
 * The API as another centre's program asks it: every operation of the document, made from the document, with every id,
 * number and name of the first centre. A new operation or parameter is asked as well, or this test says what it lacks.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type ApiAnswer, clientOf, type Given, makeKey } from '#test/api-client.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { recordUnitAchievement } from '../record-achievement/record-achievement.ts';
import { WEBHOOK_EVENTS } from '../webhooks/events.ts';

/** Somebody of the first centre, with a registration and a site of it. */
interface Theirs {
  readonly candidateId: string;
  readonly candidateNumber: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly uln: string | null;
  readonly centreReference: string | null;
  readonly email: string | null;
  readonly registrationId: string;
  readonly orderReference: string | null;
  readonly siteId: string;
}
interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly type?: string;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

let app: TestApplication;
let coordinator2: PlainBrowser;
let theirs: Theirs[];
let client: Awaited<ReturnType<typeof clientOf>>;
let ownProduct: string;
before(async () => {
  app = await startTestApplication({ env: { WEBHOOK_TARGETS: 'any' } });
  coordinator2 = await app.logIn('coordinator2');
  theirs = await rows<Theirs>(`
    select distinct on (c.id) c.id as "candidateId", c.candidate_number as "candidateNumber", c.given_names as "givenNames",
      c.family_name as "familyName", c.birth_date::text as "birthDate", c.uln, j.centre_reference as "centreReference", c.email,
      r.id as "registrationId", r.order_reference as "orderReference",
      (select s.id from centres_hub.sites s where s.centre_id = j.centre_id limit 1) as "siteId"
    from web_portal.candidates c join web_portal.centre_candidates j on j.candidate_id = c.id
    join web_portal.registrations r on r.candidate_id = c.id and r.centre_id = j.centre_id
    join accounts.organisations o on o.id = j.centre_id and o.number = '04417'
    where not exists (select from web_portal.centre_candidates b where b.candidate_id = c.id and b.centre_id <> j.centre_id)`);
  client = await clientOf(app, await makeKey(app, { username: 'coordinator2' }));
  ownProduct = (await client.call('listProducts', { open: 'true' })).body.items[0].id;
});
after(() => app.close());

const rows = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asSuperuser(app.database.url, async (database) => (await database.query(text, values)).rows as Row[]);

/** As many requests as it takes: another key where one has asked too often. */
async function call(operationId: string, given: Given, body?: unknown): Promise<ApiAnswer> {
  const answer = await client.call(operationId, given, body);
  if (answer.status !== 429) return answer;
  client = await clientOf(app, await makeKey(app, { username: 'coordinator2' }));
  return client.call(operationId, given, body);
}

const cursor = (id: string) => Buffer.from(id, 'latin1').toString('base64url');
/** What a parameter is asked with that it may lead to somebody of the first centre. */
const PARAMETERS: Readonly<Record<string, (one: Theirs) => readonly (string | null)[]>> = {
  candidateId: (one) => [one.candidateId],
  registrationId: (one) => [one.registrationId],
  candidateNumber: (one) => [one.candidateNumber],
  centreReference: (one) => [one.centreReference],
  q: (one) => [one.candidateNumber, `${one.givenNames} ${one.familyName}`, one.uln, one.centreReference, one.email],
  after: (one) => [cursor(one.candidateId), cursor(one.registrationId)],
  productCode: () => ['ARH'],
  changedSince: () => ['2000-01-01T00:00:00Z'],
  limit: () => ['100'],
};
function valuesFor({ name, schema }: Parameter, one: Theirs): string[] {
  const values = PARAMETERS[name]?.(one) ?? schema.enum ?? assert.fail(`say in PARAMETERS what ${name} is asked with`);
  return values.filter((value) => value !== null);
}

/** What a member of a body holds; `null` leaves it out. */
function memberFor(name: string, one: Theirs): unknown {
  const known: Record<string, unknown> = {
    ...one,
    productId: ownProduct,
    programmeStart: new Date(app.services.clock.now().getTime() - 86_400_000).toISOString().slice(0, 10),
    ulnAbsentReason: one.uln ? null : 'Requested',
    scottishNumber: null,
    postcode: null,
    assessmentLanguage: 'en',
    funding: 'funded',
    orderReference: null,
    cohort: null,
    shown: [one.candidateId],
  };
  if (!(name in known)) assert.fail(`say in memberFor what ${name} holds`);
  return known[name];
}
/** Every body of a schema: with and without its optional objects, and each of the ways it can be written. */
function bodies(schema: Schema, name: string, one: Theirs): unknown[] {
  if (schema.$ref)
    return bodies(client.document.components.schemas[schema.$ref.split('/').at(-1) as string] as Schema, name, one);
  if (schema.const !== undefined) return [schema.const];
  const ways = schema.anyOf ?? schema.oneOf;
  if (ways?.some((way) => way.properties || way.oneOf || way.anyOf || way.$ref))
    return ways.flatMap((way) => (way.type === 'null' ? [null] : bodies(way, name, one)));
  if (!schema.properties) return [memberFor(name, one)];
  let made: Record<string, unknown>[] = [{}];
  for (const [member, inner] of Object.entries(schema.properties)) {
    const values = bodies(inner, member, one);
    made = made.flatMap((before) => values.map((value) => (value === null ? before : { ...before, [member]: value })));
  }
  return made;
}
/** The same body as if its writer had no site to name: whatever else is foreign in it is reached then. */
const withoutSite = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body, (key, value) => (key === 'siteId' ? undefined : value)));

/** Words that nobody of another centre may read. */
function canaries(): string[] {
  return theirs.flatMap((one) => [
    one.candidateId,
    one.candidateNumber,
    one.registrationId,
    one.siteId,
    '04417',
    'Northgate',
  ]);
}
/** What an answer reads of the first centre that the request did not say itself. */
function leaks(answer: ApiAnswer, said: string): string[] {
  const text = JSON.stringify(answer.body);
  return canaries().filter((canary) => text.includes(canary) && !said.includes(canary));
}

const operations = () =>
  Object.values(client.document.paths).flatMap((methods) =>
    Object.entries(methods).map(([method, one]) => ({ method, operation: one as unknown as Operation })),
  );

test('every operation that reads, with every parameter: nothing of the first centre', async (t) => {
  assert.ok(theirs.length >= 25, `only ${theirs.length} candidates`);
  const wrong: string[] = [];
  let asked = 0;
  for (const { method, operation } of operations()) {
    if (method !== 'get') continue;
    const path = operation.parameters.filter((one) => one.in === 'path');
    const query = operation.parameters.filter((one) => one.in === 'query');
    for (const one of theirs) {
      const base = Object.fromEntries(
        path.map((parameter) => [parameter.name, valuesFor(parameter, one)[0] as string]),
      );
      const tries: Given[] = [base];
      for (const parameter of query)
        for (const value of valuesFor(parameter, one)) tries.push({ ...base, [parameter.name]: value });
      // What says nothing of this candidate is asked once.
      const telling = one === theirs[0] ? tries : tries.filter((given) => JSON.stringify(given).match(wordsOf(one)));
      for (const given of telling) {
        const answer = await call(operation.operationId, given);
        asked++;
        const expected = path.length > 0 ? 404 : 200;
        if (answer.status !== expected)
          wrong.push(`${operation.operationId} ${JSON.stringify(given)}: ${answer.status}`);
        for (const leak of leaks(answer, ''))
          wrong.push(`${operation.operationId} ${JSON.stringify(given)} reads ${leak}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(asked > 100, `only ${asked}`);
  t.diagnostic(`${asked} requests`);
});
const wordsOf = (one: Theirs) =>
  new RegExp(
    [one.candidateId, one.registrationId, one.candidateNumber, one.familyName, cursor(one.candidateId)]
      .map((word) => word.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&'))
      .join('|'),
  );

test('every operation that writes, with every body: nothing of the first centre is told, changed or joined', async (t) => {
  const state = () =>
    rows(
      `select c.*, (select count(*) from web_portal.registrations r where r.candidate_id = c.id) as registrations,
      (select array_agg(j.centre_id) from web_portal.centre_candidates j where j.candidate_id = c.id) as centres
      from web_portal.candidates c where c.id = any ($1) order by c.id`,
      [theirs.map(({ candidateId }) => candidateId)],
    );
  const before = await state();
  const wrong: string[] = [];
  let [asked, made] = [0, 0];
  for (const { method, operation } of operations()) {
    if (method === 'get') continue;
    const path = operation.parameters.filter((one) => one.in === 'path');
    const schema = operation.requestBody?.content['application/json']?.schema;
    assert.ok(schema, `${operation.operationId} has a body`);
    for (const one of theirs.slice(0, 6)) {
      const base = Object.fromEntries(
        path.map((parameter) => [parameter.name, valuesFor(parameter, one)[0] as string]),
      );
      for (const body of bodies(schema, '', one).flatMap((whole) => [whole, withoutSite(whole)])) {
        const answer = await call(operation.operationId, { ...base, 'Idempotency-Key': randomUUID() }, body);
        asked++;
        if (answer.status === 201) made++;
        if (path.length > 0 && answer.status !== 404) wrong.push(`${operation.operationId}: ${answer.status}`);
        if (JSON.stringify(body).includes(one.siteId) && answer.status === 201)
          wrong.push(`${operation.operationId} took a foreign site`);
        for (const leak of leaks(answer, JSON.stringify([base, body])))
          wrong.push(`${operation.operationId} ${JSON.stringify(body)} reads ${leak}`);
        // Somebody with the very details of one who is known elsewhere is entered, with a number of the own.
        if (answer.status === 201 && answer.body.candidateId === one.candidateId)
          wrong.push('the foreign candidate was registered');
      }
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(asked >= 30 && made > 0, `only ${asked}, ${made} of them registered`);
  assert.deepEqual(await state(), before);
  t.diagnostic(`${asked} requests`);
});

test('what is sent to web addresses of the second centre holds nothing of the first', async () => {
  const both = await rows<{ id: string }>(
    `insert into web_portal.centre_candidates (centre_id, candidate_id, centre_reference, how, joined_at)
     select id, $1, 'OURS-2', 'transferred', now() from accounts.organisations where number = '04426' returning candidate_id as id`,
    [theirs[0]?.candidateId],
  );
  assert.equal(both.length, 1);
  for (const [username, path] of [
    ['coordinator', 'one'],
    ['coordinator2', 'two'],
  ] as const)
    await (await app.logIn(username)).post('/web-portal/api/webhooks/add', {
      url: `http://127.0.0.1:9/${path}`,
      events: [...WEBHOOK_EVENTS],
    });
  // The first centre registers, also the candidate of both, and achieves; so does the second.
  const first = await clientOf(app, await makeKey(app));
  const open = (await first.call('listProducts', { open: 'true' })).body.items as { id: string }[];
  const start = memberFor('programmeStart', theirs[0] as Theirs) as string;
  let madeForBoth = 0;
  for (const { id } of open) {
    const answer = await first.call(
      'registerFurther',
      { candidateId: theirs[0]?.candidateId as string, 'Idempotency-Key': randomUUID() },
      { productId: id, programmeStart: start },
    );
    if (answer.status === 201) madeForBoth++;
  }
  assert.ok(madeForBoth > 0);
  await app.services.database.write(SYSTEM, async (writer) => {
    for (const { registrationId } of theirs.slice(0, 10)) {
      const unit = await writer.db
        .selectFrom('web_portal.registrations as r')
        .innerJoin('products.units as u', 'u.version_id', 'r.product_version_id')
        .select('u.id')
        .where('r.id', '=', registrationId)
        .orderBy('u.position', 'desc')
        .executeTakeFirstOrThrow();
      const said = {
        registrationId,
        unitId: unit.id,
        sourceKind: 'recognition_of_prior_learning',
        sourceId: registrationId,
        at: writer.now,
      } as const;
      await recordUnitAchievement(writer, said);
    }
  });
  const made = await call(
    'registerCandidate',
    { 'Idempotency-Key': randomUUID() },
    {
      candidate: { givenNames: 'Ours', familyName: 'Alonely', birthDate: '1977-07-07', ulnAbsentReason: 'Requested' },
      registration: { productId: ownProduct, programmeStart: start },
    },
  );
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const deliveries = await rows<{ centre: string; body: string }>(
    `select o.number as centre, d.body from web_portal.webhook_deliveries d join web_portal.webhooks w on w.id = d.webhook_id
     join accounts.organisations o on o.id = w.centre_id`,
  );
  const of = (centre: string) => deliveries.filter((one) => one.centre === centre).map(({ body }) => body);
  assert.ok(of('04417').length > 8);
  const registrationsOf = await rows<{ id: string }>(
    "select r.id from web_portal.registrations r join accounts.organisations o on o.id = r.centre_id where o.number = '04417'",
  );
  const forbidden = [...canaries(), ...registrationsOf.map(({ id }) => id)];
  const seen = [
    ...of('04426'),
    ...(await Promise.all(
      ['/web-portal/api', '/web-portal/api/webhooks', '/web-portal/api/deliveries'].flatMap((path) =>
        [path, `${path}/export`].map(async (address) =>
          (await coordinator2.get(address)).text.replaceAll(/href="\/assets[^"]*"/g, ''),
        ),
      ),
    )),
  ];
  assert.ok(of('04426').some((body) => body.includes(made.body.id)));
  assert.deepEqual(
    seen.flatMap((text) => forbidden.filter((word) => text.includes(word))),
    [],
  );
});

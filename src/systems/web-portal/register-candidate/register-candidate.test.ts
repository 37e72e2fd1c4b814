import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainAnswer, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { isCandidateNumber } from '../candidate-number/candidate-number.ts';
import { addDays } from '../programme-days/programme-days.ts';

const REGISTER = '/web-portal/candidates/register';
let app: TestApplication;
let coordinator: PlainBrowser;
let product: (code: string) => Promise<string>;

before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
  product = (code) =>
    app.services.database.read(SYSTEM, async ({ db }) => {
      const row = await db
        .selectFrom('products.products')
        .select('id')
        .where('code', '=', code)
        .executeTakeFirstOrThrow();
      return row.id;
    });
});
after(() => app.close());

function dateFields(name: string, date: string): Record<string, string> {
  const [year, month, day] = date.split('-') as [string, string, string];
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
}

/** A form as somebody fills it in; a fresh submission each. */
async function formFor(givenNames: string, familyName: string, changes: Record<string, string> = {}) {
  const start = addDays(dayInLondon(app.services.clock.now()), -12);
  return {
    submissionId: randomUUID(),
    givenNames,
    familyName,
    ...dateFields('birthDate', '2005-02-03'),
    uln: '',
    ulnAbsentReason: 'Number requested',
    product: await product('ARH'),
    ...dateFields('programmeStart', start),
    ...changes,
  };
}

const counts = () =>
  app.services.database.read(SYSTEM, async ({ db }) => {
    const count = async (table: 'web_portal.candidates' | 'web_portal.registrations') =>
      Number(
        (
          await db
            .selectFrom(table)
            .select((e) => e.fn.countAll().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      );
    return { candidates: await count('web_portal.candidates'), registrations: await count('web_portal.registrations') };
  });

const registrationsOf = (candidateId: string) =>
  app.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('web_portal.registrations').selectAll().where('candidate_id', '=', candidateId).execute(),
  );

function candidateIdOf(answer: PlainAnswer): string {
  assert.equal(answer.status, 303, answer.text.match(/error-summary__list">.*?<\/ul>/s)?.[0]);
  return /\/web-portal\/candidates\/([0-9a-f-]{36})\?registered=/.exec(answer.location ?? '')?.[1] as string;
}

test('the form offers what the centre is approved for and what is open, and says why the rest is not', async () => {
  const { status, text } = await coordinator.get(REGISTER);
  assert.equal(status, 200);
  assert.match(text, /IMI Level 3 Award in Automotive Refrigerant Handling/);
  assert.doesNotMatch(text, /<option[^>]*>[^<]*Motorcycle Maintenance/);
  assert.match(text, /Motorcycle Maintenance: The last day for registrations was 31 August 2019/);
});

test('a candidate is registered: number at once, days used in words, history, audit', async () => {
  const before = await counts();
  const answer = await coordinator.post(REGISTER, await formFor('Margaret', 'Quillfeather'));
  const id = candidateIdOf(answer);
  const { text } = await coordinator.get(answer.location as string);
  const number = /Candidate number <span class="code">(\d{8})<\/span>/.exec(text)?.[1] as string;
  assert.ok(isCandidateNumber(number), number);
  assert.match(text, /12 of 90 days used/);
  assert.deepEqual(await counts(), { candidates: before.candidates + 1, registrations: before.registrations + 1 });
  const [registration] = await registrationsOf(id);
  assert.deepEqual([registration?.days_used, registration?.late, registration?.state], [12, false, 'active']);
  const events = await app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('platform.audit_events')
      .select(['kind', 'payload'])
      .where('subject_id', 'in', [id, registration?.id as string])
      .execute(),
  );
  assert.deepEqual(events.map(({ kind }) => kind).sort(), [
    'web-portal.candidate-added',
    'web-portal.candidate-registered',
  ]);
  assert.doesNotMatch(JSON.stringify(events), /Quillfeather/);
});

test('a late registration is accepted, marked, and cannot be edited afterwards', async () => {
  const start = addDays(dayInLondon(app.services.clock.now()), -91);
  const answer = await coordinator.post(
    REGISTER,
    await formFor('Lateef', 'Tardington', dateFields('programmeStart', start)),
  );
  const [registration] = await registrationsOf(candidateIdOf(answer));
  assert.deepEqual([registration?.days_used, registration?.late], [91, true]);
  assert.match((await coordinator.get(answer.location as string)).text, /Registered late: 91 days/);
  await assert.rejects(
    app.services.database.write(SYSTEM, ({ db }) =>
      db
        .updateTable('web_portal.registrations')
        .set({ late: false })
        .where('id', '=', registration?.id as string)
        .execute(),
    ),
    /permission denied/,
  );
});

test('a wrong ULN: the reason stands at the field, what was typed is kept, nothing has changed', async () => {
  const before = await counts();
  const form = await formFor('Wilhelmina', 'Marchbanks', { uln: '1234567898', orderReference: 'PO 17' });
  const { status, text } = await coordinator.post(REGISTER, form);
  assert.equal(status, 422);
  assert.match(text, /<a href="#uln">The digits of the ULN do not fit together/);
  assert.match(text, /value="Marchbanks"/);
  assert.match(text, /value="1234567898"/);
  assert.match(text, /value="PO 17"/);
  assert.match(text, new RegExp(`<option value="${form.product}" selected`));
  assert.deepEqual(await counts(), before);
});

test('somebody like this is known: the page asks, and nothing is registered before an answer', async () => {
  const before = await counts();
  const typed = { ...dateFields('birthDate', '2006-10-02') };
  const form = await formFor('Niamh', 'ODowd', typed);
  const asked = await coordinator.post(REGISTER, form);
  assert.equal(asked.status, 422);
  assert.match(asked.text, /Is this the same person\?/);
  assert.match(asked.text, /Niamh O&#39;Dowd/);
  assert.match(asked.text, /value="ODowd"/);
  assert.deepEqual(await counts(), before);

  const [, known] = /name="match" type="radio" value="([0-9a-f-]{36})"/.exec(asked.text) as unknown as [string, string];
  const matchesShown = /name="matchesShown" value="([^"]*)"/.exec(asked.text)?.[1] as string;

  // An answer about another list of matches is no answer.
  const stale = await coordinator.post(REGISTER, { ...form, match: 'another', matchesShown: randomUUID() });
  assert.equal(stale.status, 422);
  assert.deepEqual(await counts(), before);

  const same = await coordinator.post(REGISTER, { ...form, match: known, matchesShown });
  assert.equal(candidateIdOf(same), known);
  assert.deepEqual(await counts(), { candidates: before.candidates, registrations: before.registrations + 1 });

  const other = await coordinator.post(REGISTER, {
    ...form,
    submissionId: randomUUID(),
    match: 'another',
    matchesShown,
  });
  assert.notEqual(candidateIdOf(other), known);
  assert.deepEqual(await counts(), { candidates: before.candidates + 1, registrations: before.registrations + 2 });
});

test('the same ULN is the same person: another person is refused with the holder named', async () => {
  const before = await counts();
  const form = await formFor('Somebody', 'Elsewise', { uln: '9990001404', ulnAbsentReason: '' });
  const asked = await coordinator.post(REGISTER, form);
  assert.match(asked.text, /Same ULN/);
  assert.doesNotMatch(asked.text, /value="another"/);
  const matchesShown = /name="matchesShown" value="([^"]*)"/.exec(asked.text)?.[1] as string;
  const forced = await coordinator.post(REGISTER, { ...form, match: 'another', matchesShown });
  assert.equal(forced.status, 422);
  assert.match(forced.text, /The ULN belongs to Daniel Hughes/);
  assert.deepEqual(await counts(), before);
});

test('people of another centre are never shown: only that what was typed agrees', async () => {
  const form = await formFor('Bethan', 'Cwmllan', { ...dateFields('birthDate', '2008-09-28'), uln: '9990003121' });
  const asked = await coordinator.post(REGISTER, form);
  assert.equal(asked.status, 422);
  assert.doesNotMatch(asked.text, /Is this the same person\?/);
  assert.match(asked.text, /agree with somebody whom the awarding body knows/);
  const elsewhereShown = /name="elsewhereShown" value="([0-9a-f]+)"/.exec(asked.text)?.[1] as string;
  assert.ok(candidateIdOf(await coordinator.post(REGISTER, { ...form, elsewhere: 'another', elsewhereShown })));
});

test('a product the centre is not approved for is refused, and one that is switched off, with the reason', async () => {
  const before = await counts();
  const foreign = await coordinator.post(
    REGISTER,
    await formFor('Nora', 'Unapproved', { product: await product('SMC') }),
  );
  assert.equal(foreign.status, 422);
  assert.match(foreign.text, /<a href="#product">[^<]*not approved for the product/);

  const code = 'LMD';
  const productId = await product(code);
  await app.services.database.write(SYSTEM, async ({ db }) => {
    const centre = await db
      .selectFrom('accounts.organisations')
      .select('id')
      .where('number', '=', '04417')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('centres_hub.capability_switches')
      .values({ centre_id: centre.id, product_id: productId, capability: 'register', reason: 'Visit overdue' })
      .execute();
  });
  const stopped = await coordinator.post(REGISTER, await formFor('Nora', 'Switchedoff', { product: productId }));
  assert.equal(stopped.status, 422);
  assert.match(stopped.text, /<a href="#product">[^<]*Registration is stopped for this product[^<]*Visit overdue/);
  assert.deepEqual(await counts(), before);
});

test('the form sent twice registers once, also at the same moment', async () => {
  const before = await counts();
  const form = await formFor('Doppel', 'Gangerson');
  const answers = await Promise.all([
    coordinator.post(REGISTER, form),
    coordinator.post(REGISTER, form),
    coordinator.post(REGISTER, form),
  ]);
  const again = await coordinator.post(REGISTER, form);
  assert.equal(new Set([...answers, again].map(candidateIdOf)).size, 1);
  assert.deepEqual(await counts(), { candidates: before.candidates + 1, registrations: before.registrations + 1 });
});

test('two people enter the same person at the same moment: the second one is asked', async () => {
  const administrator = await app.logIn('administrator');
  const before = await counts();
  const [one, other] = await Promise.all([
    coordinator.post(REGISTER, await formFor('Simultanea', 'Twinfield')),
    administrator.post(REGISTER, await formFor('Simultanea', 'Twinfield')),
  ]);
  assert.deepEqual([one.status, other.status].sort(), [303, 422]);
  assert.equal((await counts()).candidates, before.candidates + 1);
});

test('a known candidate is registered for a further product, and not twice for the same', async () => {
  const id = candidateIdOf(await coordinator.post(REGISTER, await formFor('Polly', 'Furtherton')));
  const here = `/web-portal/candidates/${id}/register`;
  assert.equal((await coordinator.get(here)).status, 200);
  const { product: arh, ...programme } = await formFor('', '');
  const twice = await coordinator.post(here, { ...programme, submissionId: randomUUID(), product: arh });
  assert.equal(twice.status, 422);
  assert.match(twice.text, /Polly Furtherton is registered for this product since/);
  const further = await coordinator.post(here, {
    ...programme,
    submissionId: randomUUID(),
    product: await product('EVH'),
  });
  assert.equal(candidateIdOf(further), id);
  assert.equal((await registrationsOf(id)).length, 2);
});

test('another centre: its people, products and forms are not there', async () => {
  const own = candidateIdOf(await coordinator.post(REGISTER, await formFor('Secretia', 'Northgate')));
  const [registration] = await registrationsOf(own);
  const coordinator2 = await app.logIn('coordinator2');
  for (const path of [
    `/web-portal/candidates/${own}`,
    `/web-portal/candidates/${own}/register`,
    `/web-portal/registrations/${registration?.id}`,
  ]) {
    assert.equal((await coordinator2.get(path)).status, 404, path);
    assert.equal((await coordinator.get(path)).status, 200, path);
  }
  const before = await counts();
  const posted = await coordinator2.post(`/web-portal/candidates/${own}/register`, await formFor('', ''));
  assert.equal(posted.status, 404);
  assert.deepEqual(await counts(), before);
});

test('invigilators and candidates see nothing of it; assessors read and do not register; the awarding body reads', async () => {
  for (const username of ['invigilator', 'candidate']) {
    const browser = await app.logIn(username);
    for (const path of ['/web-portal', '/web-portal/candidates', '/web-portal/candidates/export', REGISTER]) {
      assert.equal((await browser.get(path)).status, 403, `${username} ${path}`);
    }
    assert.equal((await browser.post(REGISTER, await formFor('Sneaky', 'Visitor'))).status, 403);
  }
  const assessor = await app.logIn('assessor');
  assert.equal((await assessor.get('/web-portal/candidates')).status, 200);
  assert.equal((await assessor.get(REGISTER)).status, 403);
  const officer = await app.logIn('officer');
  assert.equal((await officer.get('/web-portal/candidates')).status, 200);
  assert.equal((await officer.get(REGISTER)).status, 403);
});

test('an expired session keeps what was typed; after the log-in the form shows it again', async () => {
  const before = await counts();
  const browser = await app.logIn('administrator');
  await app.services.database.write(SYSTEM, async ({ db, now }) => {
    const person = await db
      .selectFrom('accounts.credentials')
      .select('person_id')
      .where('username', '=', 'administrator')
      .executeTakeFirstOrThrow();
    await db
      .updateTable('accounts.sessions')
      .set({ expires_at: new Date(now.getTime() - 60_000) })
      .where('person_id', '=', person.person_id)
      .execute();
  });
  const form = await formFor('Patience', 'Kept-Safely', { orderReference: 'KEEP 1' });
  const refused = await browser.post(REGISTER, form, { referer: `${app.url}${REGISTER}` });
  assert.equal(refused.status, 303);
  assert.match(refused.location ?? '', /^\/login\?next=/);
  const back = await browser.post(refused.location as string, {
    username: 'administrator',
    password: 'Motor-Trade-Demo-2026',
  });
  const { text } = await browser.get(back.location as string);
  assert.match(text, /value="Kept-Safely"/);
  assert.match(text, /value="KEEP 1"/);
  assert.match(text, /name="birthDate-year"[^>]*value="2005"/);
  assert.deepEqual(await counts(), before);
});

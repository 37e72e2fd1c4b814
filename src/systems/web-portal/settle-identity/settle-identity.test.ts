/** One candidate for life: somebody known elsewhere, the question, the decision, and what a merge moves. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainAnswer, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { addCandidate } from '../candidates/candidates.ts';
import { addDays } from '../programme-days/programme-days.ts';
import { recordUnitAchievement } from '../record-achievement/record-achievement.ts';
import { register } from '../registrations/register.ts';

const REGISTER = '/web-portal/candidates/register';
const QUEUE = '/web-portal/identity';

let app: TestApplication;
let coordinator: PlainBrowser;
let coordinator2: PlainBrowser;
let officer: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
  coordinator2 = await app.logIn('coordinator2');
  officer = await app.logIn('officer');
});
after(() => app.close());

const rows = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asSuperuser(app.database.url, async (client) => (await client.query(text, values)).rows as Row[]);
const one = async <Row>(text: string, values: unknown[] = []): Promise<Row> =>
  (await rows<Row>(text, values))[0] as Row;
const productId = async (code: string) =>
  (await one<{ id: string }>('select id from products.products where code = $1', [code])).id;
const today = () => dayInLondon(app.services.clock.now());

interface Person {
  readonly given: string;
  readonly family: string;
  readonly birthDate: string;
  readonly uln?: string;
}

/** A candidate of a centre with a registration for some products, and the first unit of each achieved. */
async function known(centre: string, person: Person, products: readonly string[] = [], achieved = false) {
  const { id: centreId } = await one<{ id: string }>('select id from accounts.organisations where number = $1', [
    centre,
  ]);
  const ids = await Promise.all(products.map(productId));
  return app.services.database.write(SYSTEM, async (writer) => {
    const candidate = await addCandidate(writer, centreId, {
      givenNames: person.given,
      familyName: person.family,
      birthDate: person.birthDate,
      uln: person.uln ?? null,
      ulnAbsentReason: person.uln ? null : 'Requested',
      postcode: 'ZZ9 9ZZ',
      email: null,
      centreReference: `SECRET-${centre}`,
    });
    const registrations: string[] = [];
    for (const id of ids) {
      const registrationId = await register(
        writer,
        { ...candidate, centreId, name: person.family },
        { productId: id, siteId: null, programmeStart: today(), assessmentLanguage: 'en', orderReference: null },
      );
      registrations.push(registrationId);
      const unit = await writer.db
        .selectFrom('web_portal.registrations as r')
        .innerJoin('products.units as u', 'u.version_id', 'r.product_version_id')
        .select('u.id')
        .where('r.id', '=', registrationId)
        .orderBy('u.position')
        .executeTakeFirstOrThrow();
      if (achieved)
        await recordUnitAchievement(writer, {
          registrationId,
          unitId: unit.id,
          sourceKind: 'recognition_of_prior_learning',
          sourceId: registrationId,
          at: writer.now,
        });
    }
    return { ...candidate, centreId, registrations };
  });
}

async function formFor({ given, family, birthDate, uln }: Person, changes: Record<string, string> = {}) {
  const date = (name: string, value: string) => {
    const [year, month, day] = value.split('-') as [string, string, string];
    return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
  };
  return {
    submissionId: randomUUID(),
    givenNames: given,
    familyName: family,
    ...date('birthDate', birthDate),
    uln: uln ?? '',
    ulnAbsentReason: uln ? '' : 'Number requested',
    product: await productId('EVH'),
    ...date('programmeStart', addDays(today(), -3)),
    ...changes,
  };
}

const hidden = (page: PlainAnswer, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? '';
const candidateIn = (answer: PlainAnswer) =>
  /candidates\/([0-9a-f-]{36})/.exec(
    answer.location ?? assert.fail(answer.text.match(/error-summary.*?<\/ul>/s)?.[0]),
  )?.[1] as string;

/** Registers at a centre somebody who is known elsewhere, and says who it is. */
async function enterKnown(browser: PlainBrowser, person: Person, says: 'same' | 'another', changes = {}) {
  const asked = await browser.post(REGISTER, await formFor(person, changes));
  assert.equal(asked.status, 422);
  const said = await formFor(person, { ...changes, elsewhere: says, elsewhereShown: hidden(asked, 'elsewhereShown') });
  return { asked, id: candidateIn(await browser.post(REGISTER, said)) };
}

const questionsOf = (candidateId: string) =>
  rows<{ id: string; state: string; centre_says: string; uln_set_aside: string | null; agrees: string[] }>(
    'select * from web_portal.identity_questions where $1 in (candidate_id, other_id) order by asked_at',
    [candidateId],
  );

async function decide(questionId: string, decision: string, as = officer) {
  const page = await as.get(`${QUEUE}/${questionId}`);
  assert.equal(page.status, 200);
  const reason = 'Both passports were seen by the officer';
  return as.post(`${QUEUE}/${questionId}`, {
    decision,
    reason,
    seen: hidden(page, 'seen'),
    submissionId: randomUUID(),
  });
}

test('somebody known elsewhere: told is what agrees alone, the registration goes on, an officer makes one of the two', async () => {
  const person = { given: 'Ffion', family: 'Trevanion', birthDate: '2004-03-02', uln: '1000000019' };
  const first = await known('04426', person, ['ARH'], true);
  const { asked, id } = await enterKnown(coordinator, person, 'same');
  assert.match(asked.text, /Name, date of birth and ULN agree with somebody/);
  for (const word of [first.number, first.id, '04426', 'Severnside', 'SECRET', 'ZZ9 9ZZ'])
    assert.ok(!asked.text.includes(word), `the question tells ${word}`);
  assert.match(asked.text, /value="Trevanion"/);

  // It stands at once, with a number of its own; the ULN waits.
  const page = await coordinator.get(`/web-portal/candidates/${id}`);
  assert.match(page.text, /Identity to be settled/);
  assert.doesNotMatch(page.text, /1000000019/);
  assert.doesNotMatch(page.text, /Achieved elsewhere/);
  const [question] = await questionsOf(id);
  assert.deepEqual([question?.state, question?.centre_says, question?.uln_set_aside], ['open', 'same', '1000000019']);
  for (const browser of [coordinator, coordinator2])
    assert.equal((await browser.get(`${QUEUE}/${question?.id}`)).status, 403);

  const look = await officer.get(`${QUEUE}/${question?.id}`);
  assert.match(look.text, /ULN set aside/);
  assert.match(look.text, new RegExp(first.number));
  assert.match((await officer.get(QUEUE)).text, /Trevanion, Ffion/);
  const { number } = await one<{ number: string }>(
    'select candidate_number as number from web_portal.candidates where id = $1',
    [id],
  );
  assert.equal((await decide(question?.id as string, 'keep_known')).status, 303);

  // The number of the merged record leads to the one that stays: by its address, its list and its search.
  const moved = await coordinator.get(`/web-portal/candidates/${id}`);
  assert.deepEqual([moved.status, moved.location], [303, `/web-portal/candidates/${first.id}`]);
  const survivor = await coordinator.get(`/web-portal/candidates/${first.id}`);
  assert.match(survivor.text, new RegExp(`formerly <span class="code">${number}`));
  assert.match(survivor.text, /1000000019/);
  assert.match((await coordinator.get(`/web-portal/candidates?q=${number}`)).text, /Trevanion, Ffion/);
  assert.match((await coordinator.get(`/search?q=${number}`)).text, new RegExp(first.id));
  // What was achieved elsewhere is seen, and where it was is not.
  assert.match(survivor.text, /Achieved elsewhere/);
  assert.match(survivor.text, /Automotive Refrigerant Handling/);
  for (const word of ['04426', 'Severnside', 'SECRET-04426']) assert.ok(!survivor.text.includes(word), word);
  // The other centre goes on with its own registration, and sees nothing of this one.
  const theirs = await coordinator2.get(`/web-portal/candidates/${first.id}`);
  assert.match(theirs.text, /Automotive Refrigerant Handling/);
  assert.doesNotMatch(theirs.text, /Northgate|04417/);
  // One registration in progress for a product, wherever it is.
  const again = await formFor(person, { product: await productId('ARH') });
  const twice = await coordinator.post(`/web-portal/candidates/${first.id}/register`, again);
  assert.equal(twice.status, 422);
  assert.match(twice.text, /in progress at another centre/);
  const { kept } = await one<{ kept: string }>(
    'select kept_id as kept from web_portal.candidate_merges where merged_id = $1',
    [id],
  );
  assert.equal(kept, first.id);
});

test('it looks nobody up: a name, a birth date or a ULN alone brings no question', async () => {
  await known('04426', { given: 'Gwenllian', family: 'Pascoe', birthDate: '2003-07-08', uln: '1000000027' });
  const entries: Person[] = [
    { given: 'Gwenllian', family: 'Pascoe', birthDate: '2003-07-09' },
    { given: 'Gwen', family: 'Pascoe', birthDate: '2003-07-08' },
    { given: 'Quite', family: 'Different', birthDate: '1999-01-01', uln: '1000000027' },
  ];
  const ids: string[] = [];
  for (const person of entries) ids.push(candidateIn(await coordinator.post(REGISTER, await formFor(person))));
  assert.deepEqual(await questionsOf(ids[0] as string), []);
  assert.deepEqual(await questionsOf(ids[1] as string), []);
  // A ULN is held once: it waits, without a word to the centre of whose it is, and the officer is asked.
  const [question] = await questionsOf(ids[2] as string);
  assert.deepEqual([question?.centre_says, question?.agrees], ['not_asked', ['uln']]);
  assert.equal((await decide(question?.id as string, 'another')).status, 303);
  const page = await coordinator.get(`/web-portal/candidates/${ids[2]}`);
  assert.match(page.text, /None: The number given belongs to somebody else/);
});

test('two people who were kept apart are never asked about again', async () => {
  const person = { given: 'Rhodri', family: 'Namesake', birthDate: '2002-02-02' };
  await known('04426', person);
  const { id } = await enterKnown(coordinator, person, 'another');
  const [question] = await questionsOf(id);
  assert.equal((await decide(question?.id as string, 'another')).status, 303);
  // The next product: the own candidate is shown, and nothing of anybody elsewhere.
  const again = await coordinator.post(REGISTER, await formFor(person, { product: await productId('ARH') }));
  assert.equal(again.status, 422);
  assert.match(again.text, /Is this the same person\?/);
  assert.doesNotMatch(again.text, /Known to the awarding body\?/);
  const second = await decide(question?.id as string, 'another').catch((error: Error) => error);
  assert.ok(second instanceof Error || second.status === 422);
});

test('two registrations in progress for one product: refused with what to do, and nothing moves', async () => {
  const person = { given: 'Sorcha', family: 'Twofold', birthDate: '2001-05-06' };
  const first = await known('04426', person, ['ARH']);
  const { id } = await enterKnown(coordinator, person, 'same', { product: await productId('ARH') });
  const [question] = await questionsOf(id);
  const refused = await decide(question?.id as string, 'keep_known');
  assert.equal(refused.status, 422);
  assert.match(
    refused.text,
    /Both records have a registration in progress for [^<]*Refrigerant[^<]*must be withdrawn or transferred first/,
  );
  assert.match(refused.text, /Both passports were seen/);
  const stands = await rows('select candidate_id from web_portal.registrations where candidate_id = any ($1)', [
    [id, first.id],
  ]);
  assert.equal(stands.length, 2);
  assert.equal((await questionsOf(id))[0]?.state, 'open');
});

test('two officers who merge in opposite directions at the same moment: one does, the other is told', async () => {
  const person = { given: 'Idris', family: 'Crosswise', birthDate: '2000-12-12' };
  const first = await known('04426', person, ['ARH']);
  const { id } = await enterKnown(coordinator, person, 'same');
  const [question] = await questionsOf(id);
  const other = await app.logIn('officer');
  const answers = await Promise.all([
    decide(question?.id as string, 'keep_known'),
    decide(question?.id as string, 'keep_entered', other),
  ]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 422]);
  const told = answers.find(({ status }) => status === 422) as PlainAnswer;
  assert.match(told.text, /was merged into \d{8} meanwhile|was decided meanwhile/);
  const merges = await rows('select 1 from web_portal.candidate_merges where kept_id = any ($1)', [[id, first.id]]);
  assert.equal(merges.length, 1);
  const owners = await rows(
    'select distinct candidate_id from web_portal.registrations where candidate_id = any ($1)',
    [[id, first.id]],
  );
  assert.equal(owners.length, 1);
});

test('a centre proposes two of its records; a chain of merges leads every number to the last', async () => {
  const [a, b, c] = [
    await known('04417', { given: 'Nerys', family: 'Chain', birthDate: '1998-01-01' }, ['ARH']),
    await known('04417', { given: 'Nerys', family: 'Chayne', birthDate: '1998-01-01' }, ['EVH']),
    await known('04417', { given: 'N', family: 'Chain', birthDate: '1998-01-10' }),
  ];
  const foreign = await known('04426', { given: 'Some', family: 'Stranger', birthDate: '1990-01-01' });
  const propose = (id: string, otherNumber: string) =>
    coordinator.post(`/web-portal/candidates/${id}/merge`, {
      otherNumber,
      reason: 'The same passport for both',
      submissionId: randomUUID(),
    });
  for (const [number, message] of [
    [foreign.number, /has no candidate of this number/],
    [a.number, /the number of this record/],
    ['', /Enter the number/],
  ] as const) {
    const refused = await propose(a.id, number);
    assert.equal(refused.status, 422);
    assert.match(refused.text, message);
  }
  assert.equal(
    (await coordinator2.post(`/web-portal/candidates/${a.id}/merge`, { otherNumber: b.number, reason: 'x'.repeat(12) }))
      .status,
    404,
  );
  assert.equal((await propose(a.id, b.number)).status, 303);
  assert.match((await propose(b.id, a.number)).text, /is asked about these two already/);
  const [first] = await questionsOf(a.id);
  assert.equal((await decide(first?.id as string, 'keep_known')).status, 303);
  // By the old number, which the centre still knows.
  assert.equal((await propose(c.id, a.number)).status, 303);
  const [second] = await questionsOf(c.id);
  assert.equal((await decide(second?.id as string, 'keep_entered')).status, 303);
  for (const id of [a.id, b.id])
    assert.equal((await coordinator.get(`/web-portal/candidates/${id}`)).location, `/web-portal/candidates/${c.id}`);
  const survivor = (await coordinator.get(`/web-portal/candidates/${c.id}`)).text;
  for (const number of [a.number, b.number]) assert.ok(survivor.includes(number));
  const owners = await rows<{ candidate_id: string }>(
    'select candidate_id from web_portal.registrations where id = any ($1)',
    [[...a.registrations, ...b.registrations]],
  );
  assert.deepEqual(new Set(owners.map((row) => row.candidate_id)), new Set([c.id]));
});

test('sittings, results and certificates go with their registration, and a running test stands in the way', async () => {
  // Those of the demonstration that have most to lose: merged with an empty record.
  const holder = await one<{ id: string; number: string; sittings: number }>(`
    select c.id, c.candidate_number as number, count(*)::int as sittings from web_portal.candidates c
    join online_assessments.sittings s on s.candidate_id = c.id join web_portal.centre_candidates j on j.candidate_id = c.id
    join accounts.organisations o on o.id = j.centre_id and o.number = '04417'
    where not exists (select from online_assessments.sittings r where r.candidate_id = c.id and r.state in ('checked_in', 'running', 'paused'))
    group by c.id order by exists (select from certificates.certificates f where f.candidate_id = c.id) desc, count(*) desc limit 1`);
  const empty = await known('04417', { given: 'An', family: 'Empty', birthDate: '1997-07-07' });
  const count = async (id: string) =>
    one(
      `select (select count(*)::int from online_assessments.sittings where candidate_id = $1) as sittings,
      (select count(*)::int from online_assessments.results where candidate_id = $1) as results,
      (select count(*)::int from certificates.certificates where candidate_id = $1) as certificates`,
      [id],
    );
  const held = await count(holder.id);
  const reason = 'Entered twice, the same person';
  await coordinator.post(`/web-portal/candidates/${holder.id}/merge`, {
    otherNumber: empty.number,
    reason,
    submissionId: randomUUID(),
  });
  const [question] = await questionsOf(holder.id);
  const sitting = await one<{ id: string; state: string }>(
    // One that is booked, where there is one: a unit has one live sitting.
    `select id, state from online_assessments.sittings where candidate_id = $1 order by state = 'booked' desc limit 1`,
    [holder.id],
  );
  await rows(`update online_assessments.sittings set state = 'checked_in' where id = $1`, [sitting.id]);
  assert.match((await decide(question?.id as string, 'keep_known')).text, /sits a test at this moment/);
  await rows('update online_assessments.sittings set state = $2 where id = $1', [sitting.id, sitting.state]);
  assert.match((await officer.get(`${QUEUE}/${question?.id}`)).text, new RegExp(`${holder.sittings} sitting`));
  assert.equal((await decide(question?.id as string, 'keep_known')).status, 303);
  assert.deepEqual(await count(empty.id), held);
  assert.deepEqual(await count(holder.id), { sittings: 0, results: 0, certificates: 0 });
});

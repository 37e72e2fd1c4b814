/** Prior learning through the pages: three people, evidence, what others may not, and what is refused. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainAnswer, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

let app: TestApplication;
const people = new Map<string, PlainBrowser>();
const who = (username: string) => people.get(username) as PlainBrowser;
before(async () => {
  app = await startTestApplication();
  for (const username of [
    'coordinator',
    'assessor',
    'iqa',
    'invigilator',
    'coordinator2',
    'quality',
    'officer',
    'finance',
  ])
    people.set(username, await app.logIn(username));
});
after(() => app.close());

const rows = async <Row extends object>(statement: string, values: unknown[] = []) =>
  (await asSuperuser(app.database.url, (db) => db.query(statement, values))).rows as Row[];

interface Open {
  readonly registration: string;
  readonly unit: string;
  readonly unitTitle: string;
}

/** A registration in progress of the first centre and a unit of it that nobody has asked for; the n-th. */
async function open(at: number): Promise<Open> {
  const [found] = await rows<Open>(
    `select r.id as registration, u.id as unit, u.title as "unitTitle" from web_portal.registrations r
     join accounts.organisations o on o.id = r.centre_id and o.number = '04417'
     join lateral (select * from products.units u where u.version_id = r.product_version_id order by u.position limit 1) u on true
     where r.state = 'active' and r.units_achieved = 0 and r.units_needed > 3
       and not exists (select from web_portal.prior_learning p where p.registration_id = r.id)
     order by r.registered_at, r.id offset $1 limit 1`,
    [at],
  );
  assert.ok(found);
  return found;
}

const GROUNDS = 'Did the same work for three years; the reference names each task of the unit.';
function form(fields: Record<string, string>, files: readonly (readonly [string, string])[]): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  for (const [name, content] of files) data.append('evidence', new Blob([content]), name);
  return data;
}
const PDF = ['reference.pdf', '%PDF-1.4 reference'] as const;

function propose(by: string, { registration, unit }: Open, more: Record<string, string> = {}, files = [PDF]) {
  const fields = { unit, kind: 'recognition_of_prior_learning', grounds: GROUNDS, ...more };
  return who(by).postFiles(`/web-portal/registrations/${registration}/prior-learning`, form(fields, files));
}
const addressOf = (answer: PlainAnswer) => {
  assert.equal(answer.status, 303, answer.text);
  return String(answer.location).replace(/\?.*/, '');
};
const act = (by: string, address: string, act: string, words = 'Looked at with care', files: (typeof PDF)[] = []) =>
  who(by).postFiles(address, form({ act, words }, files));

test('an assessor proposes, another confirms, the awarding body grants: the unit is achieved at once', async () => {
  const one = await open(0);
  const address = addressOf(await propose('assessor', one));
  assert.match((await who('iqa').get('/needs-attention')).text, /claims? of prior learning to confirm/);
  const early = await act('quality', address, 'grant');
  assert.equal(early.status, 422);
  assert.match(early.text, /waits for the quality assurer/);
  assert.equal((await act('iqa', address, 'confirm', '')).status, 303);
  assert.match((await who('quality').get('/needs-attention')).text, /claims? of prior learning to decide/);
  assert.equal((await act('quality', address, 'grant', 'The reference shows every outcome')).status, 303);
  const [achieved] = await rows<{ source_kind: string; grade: string }>(
    'select source_kind, grade from web_portal.unit_achievements where registration_id = $1 and unit_id = $2',
    [one.registration, one.unit],
  );
  assert.deepEqual(achieved, { source_kind: 'recognition_of_prior_learning', grade: 'pass' });
  assert.match(
    (await who('coordinator').get(`/web-portal/registrations/${one.registration}`)).text,
    /recognition of prior learning/,
  );
  const told = await rows(
    `select from platform.notifications n join accounts.credentials c on c.person_id = n.person_id
     where n.kind = 'web-portal.prior-learning-moved' and c.username in ('assessor', 'coordinator')`,
  );
  assert.equal(told.length, 2);
  const again = await act('quality', address, 'refuse');
  assert.equal(again.status, 422);
  assert.match(again.text, /Somebody was faster/);
});

test('what is returned is mended with more evidence, which both sides can fetch and nobody else', async () => {
  const one = await open(0);
  const address = addressOf(await propose('coordinator', one));
  assert.equal((await act('iqa', address, 'return', 'Who wrote the reference?')).status, 303);
  assert.match((await who('assessor').get('/needs-attention')).text, /claim of prior learning returned/);
  const mended = await act('assessor', address, 'mend', 'The letterhead is added', [
    ['letterhead.pdf', '%PDF-1.4 letter'],
  ] as never);
  assert.equal(mended.status, 303, mended.text);
  const page = (await who('iqa').get(address)).text;
  assert.match(page, /letterhead\.pdf/);
  assert.match(page, /Who wrote the reference\?/);
  const file = /href="([^"]+\/files\/[0-9a-f-]{36})"/.exec(page)?.[1] ?? '';
  assert.equal((await who('quality').get(file)).text, '%PDF-1.4 reference');
  assert.equal((await who('coordinator2').get(file)).status, 404);
});

test('others see and do nothing of it', async () => {
  const one = await open(0);
  const address = addressOf(await propose('assessor', one));
  assert.equal((await who('coordinator2').get(address)).status, 404);
  assert.equal((await act('coordinator2', address, 'withdraw')).status, 404);
  assert.equal((await who('invigilator').get(address)).status, 403);
  assert.equal((await propose('iqa', await open(0))).status, 403);
  assert.equal((await propose('coordinator2', await open(0))).status, 404);
  const [, number = ''] = /(P-\d+)/.exec((await who('assessor').get(address)).text) ?? [];
  assert.match((await who('assessor').get(`/web-portal/prior-learning?q=${number}`)).text, new RegExp(number));
  for (const path of ['/web-portal/prior-learning', '/web-portal/prior-learning/export'])
    assert.doesNotMatch((await who('coordinator2').get(path)).text, new RegExp(number));
  const conf = await act('assessor', address, 'confirm', '');
  assert.equal(conf.status, 422);
  assert.match(conf.text, /done by an internal quality assurer/);
});

test('bad input is named, changes nothing, and what was typed stays', async () => {
  const one = await open(0);
  const count = async () => (await rows('select from web_portal.prior_learning')).length;
  const before = await count();
  for (const [more, files, sentence] of [
    [{ grounds: 'Short' }, [PDF], /Say in a few sentences/],
    [{}, [], /Choose at least one file that proves it/],
    [{}, [['run.pdf', 'MZ\0']], /&quot;run\.pdf&quot; is of a kind that is not taken/],
    [{ kind: 'credit_transfer' }, [PDF], /Enter the organisation that awarded the unit/],
    [
      {
        kind: 'credit_transfer',
        awardedBy: 'Another body',
        certificateNumber: 'C-1',
        'awardedOn-day': '1',
        'awardedOn-month': '1',
        'awardedOn-year': '2150',
      },
      [PDF],
      /lies in the future/,
    ],
    [{ unit: '01a20000-0000-7000-8000-000000000000' }, [PDF], /is achieved, or somebody has asked for it/],
  ] as const) {
    const refused = await propose('assessor', one, more, files as never);
    assert.equal(refused.status, 422);
    assert.match(refused.text, sentence);
    assert.match(refused.text, more && 'grounds' in more ? /Short<\/textarea>/ : /three years; the reference/);
  }
  assert.equal(await count(), before);
  addressOf(await propose('assessor', one));
  const twice = await propose('assessor', one);
  assert.match(twice.text, /somebody has asked for it already/);
  assert.equal(await count(), before + 1);
});

test('a credit transfer keeps who awarded the unit, and is marked as one', async () => {
  const one = await open(0);
  const address = addressOf(
    await propose('coordinator', one, {
      kind: 'credit_transfer',
      awardedBy: 'Another awarding body',
      certificateNumber: 'AB-778',
      'awardedOn-day': '3',
      'awardedOn-month': '5',
      'awardedOn-year': '2024',
    }),
  );
  await act('iqa', address, 'confirm', '');
  await act('officer', address, 'grant', 'The certificate is genuine');
  assert.match((await who('coordinator').get(address)).text, /AB-778/);
  const [achieved] = await rows<{ source_kind: string }>(
    'select source_kind from web_portal.unit_achievements where registration_id = $1 and unit_id = $2',
    [one.registration, one.unit],
  );
  assert.equal(achieved?.source_kind, 'credit_transfer');
});

test('a declared interest stands against judging it, on either side', async () => {
  const one = await open(0);
  const address = addressOf(await propose('assessor', one));
  const [candidate] = await rows<{ number: string }>(
    `select c.candidate_number as number from web_portal.candidates c join web_portal.registrations r on r.candidate_id = c.id
     where r.id = $1`,
    [one.registration],
  );
  for (const [username, act_, centre] of [
    ['quality', 'grant', '?centre=04417'],
    ['iqa', 'confirm', ''],
  ] as const) {
    if (username === 'quality') assert.equal((await act('iqa', address, 'confirm', '')).status, 303);
    const declared = await who(username).post(`/centres-hub/conflicts/declare${centre}`, {
      relation: 'relative',
      words: 'My cousin',
      about: 'candidate',
      candidateNumber: candidate?.number ?? '',
      submissionId: crypto.randomUUID(),
    });
    assert.equal(declared.status, 303, declared.text);
    if (username === 'iqa') {
      assert.equal((await act('officer', address, 'return', 'Please look at it once more')).status, 303);
      assert.equal((await act('assessor', address, 'mend', 'Looked at it once more')).status, 303);
    }
    const refused = await act(username, address, act_);
    assert.equal(refused.status, 422, username);
    assert.match(refused.text, /A declared interest stands against it: relative/);
  }
});

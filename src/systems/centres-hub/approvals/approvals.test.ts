import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { SetClock } from '#platform/clock/clock.ts';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { productByCode } from '#products';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { centreEffects } from '../grant-approval/effects.ts';

const REGISTER = '/web-portal/candidates/register';
let app: TestApplication;
let coordinator: PlainBrowser;
let coordinator2: PlainBrowser;
let officer: PlainBrowser;
const clock = new SetClock(new Date());
before(async () => {
  app = await startTestApplication({ clock });
  await everybodyLogsIn();
});
after(() => app?.close());

async function everybodyLogsIn(): Promise<void> {
  coordinator = await app.logIn('coordinator');
  coordinator2 = await app.logIn('coordinator2');
  officer = await app.logIn('officer');
}

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}
async function idOf(number: string): Promise<string> {
  const [row] = await rows<{ id: string }>('select id from accounts.organisations where number = $1', [number]);
  return row?.id as string;
}
const product = async (code: string) =>
  (await app.services.database.read(SYSTEM, (reader) => productByCode(reader, code)))?.id as string;

const inDays = (days: number) => new Date(clock.now().getTime() + days * 86_400_000);
const dateFields = (name: string, days: number) => {
  const [year, month, day] = dayInLondon(inDays(days)).split('-') as [string, string, string];
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
};

let born = 1970;
/** Somebody new each time, like nobody before. */
async function candidate(code: string) {
  const letters = randomUUID().replace(/[^a-f]/g, '');
  born += 1;
  return {
    submissionId: randomUUID(),
    givenNames: `P${letters}`,
    familyName: `Tregear${letters}`,
    'birthDate-day': '3',
    'birthDate-month': '2',
    'birthDate-year': String(born),
    uln: '',
    ulnAbsentReason: 'Number requested',
    product: await product(code),
    ...dateFields('programmeStart', -3),
  };
}

/** The effect of a granted request, as the decision applies it. */
function granted(name: string, centreId: string, answers: Record<string, string | string[]>): Promise<string> {
  const effect = centreEffects.find((one) => one.name === name);
  assert.ok(effect, name);
  return app.services.database.write(SYSTEM, (writer) =>
    effect.apply(writer, {
      id: randomUUID(),
      number: 'R-10001',
      centreId,
      definition: null as never,
      answers,
      outcome: 'granted',
    }),
  );
}

describe('a product approval that was granted by a request', () => {
  it('is open for registration at once, and refused a second time', async () => {
    const centre = await idOf('04426');
    const before = await coordinator2.post(REGISTER, await candidate('LVP'));
    assert.equal(before.status, 422, 'not approved yet');
    const words = await granted('product-approval', centre, { product: await product('LVP') });
    assert.match(words, /can register candidates at once/);
    const registered = await coordinator2.post(REGISTER, await candidate('LVP'));
    assert.equal(registered.status, 303, registered.text);
    await assert.rejects(
      granted('product-approval', centre, { product: await product('LVP') }),
      /approved for this product already/,
    );
    await assert.rejects(granted('product-approval', centre, {}), /names no product/);
    assert.doesNotMatch((await coordinator2.get('/centres-hub/approvals')).text, /\d open</);
  });

  it('sets a centre up for ePortfolio in the same way', async () => {
    await granted('eportfolio-set-up', await idOf('04426'), {});
    assert.match((await coordinator2.get('/system-access')).text, /href="\/eportfolio"/);
    await assert.rejects(granted('eportfolio-set-up', await idOf('04426'), {}), /set up for ePortfolio already/);
  });
});

describe('a condition', () => {
  it('is overdue the day after it was due, on both sides, until it is met', async () => {
    const [approval] = await rows<{ id: string }>(
      'select id from centres_hub.approvals where centre_id = $1 and ended_at is null limit 1',
      [await idOf('04426')],
    );
    const set = (fields: Record<string, string>) =>
      officer.post('/centres-hub/conditions/add?centre=04426', {
        words: 'Send the CV of the second assessor',
        ...fields,
      });
    assert.match((await set({ of: 'nothing', ...dateFields('dueOn', 2) })).text, /Choose the approval/);
    assert.match((await set({ of: 'centre', ...dateFields('dueOn', -2) })).text, /lies in the past/);
    assert.equal((await set({ of: approval?.id as string, ...dateFields('dueOn', 2) })).status, 303);
    assert.match((await coordinator2.get('/centres-hub/approvals')).text, /1 open/);
    assert.doesNotMatch((await coordinator2.get('/needs-attention')).text, /A condition is overdue/);
    clock.advance(3 * 86_400_000);
    await everybodyLogsIn();
    assert.match((await coordinator2.get('/needs-attention')).text, /A condition is overdue/);
    assert.match((await officer.get('/needs-attention')).text, /1 condition overdue/);
    const list = (await officer.get('/centres-hub/conditions?centre=04426&standing=overdue')).text;
    const met = /\/centres-hub\/conditions\/[0-9a-f-]{36}\/met\?centre=04426/.exec(list)?.[0] as string;
    assert.equal((await coordinator2.post(met, { words: 'We did it' })).status, 403);
    assert.equal((await officer.post(met.replace('04426', '04417'), { words: 'Seen on paper' })).status, 404);
    assert.equal((await officer.post(met, { words: 'The CV was seen' })).status, 303);
    assert.equal((await officer.post(met, { words: 'The CV was seen' })).status, 422);
    assert.match((await coordinator2.get('/centres-hub/conditions')).text, /The CV was seen/);
    assert.doesNotMatch((await coordinator2.get('/needs-attention')).text, /A condition is overdue/);
  });
});

describe('a switch', () => {
  it('stops a registration whose form was open before, and both sides see who, why and until when', async () => {
    const form = await candidate('ARH');
    assert.equal((await coordinator.get(REGISTER)).status, 200);
    const off = { capability: 'register', productId: await product('ARH'), reason: 'Records of the visit are missing' };
    const stop = (until: Record<string, string>) =>
      officer.post('/centres-hub/approvals/switches/off?centre=04417', { ...off, ...until });
    assert.match((await stop(dateFields('until', -1))).text, /lies in the past/);
    assert.equal((await stop(dateFields('until', 5))).status, 303);
    const refused = await coordinator.post(REGISTER, form);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Registration is stopped for this product until .*Records of the visit are missing/);
    for (const page of [
      await coordinator.get('/centres-hub/approvals'),
      await coordinator.get('/centres-hub/approvals/switches'),
      await officer.get('/centres-hub/approvals/switches?centre=04417&now=stopped'),
    ]) {
      assert.match(page.text, /Helena Brackenridge/);
      assert.match(page.text, /Records of the visit are missing/);
    }
    assert.match((await coordinator.get('/centres-hub/approvals/switches/export')).text, /Helena Brackenridge/);
    assert.match((await coordinator2.get('/centres-hub/approvals/switches')).text, /Nothing was ever stopped/);
    // It ends by itself after its last day.
    clock.advance(6 * 86_400_000);
    await everybodyLogsIn();
    const after = await coordinator.post(REGISTER, form);
    assert.equal(after.status, 303, after.text);
    assert.match((await coordinator.get('/centres-hub/approvals/switches?now=allowed')).text, /Ended by itself/);
  });
});

describe('a withdrawal', () => {
  const ask = async (who: PlainBrowser, path: string, fields: Record<string, string>) =>
    who.post(path, {
      reason: 'No demand in the region any more',
      ...dateFields('lastRegistrationOn', 3),
      ...dateFields('lastCertificationOn', 30),
      ...fields,
    });

  it('shows what stands in the way, is decided, and takes effect by its dates', async () => {
    const productId = await product('ARH');
    const path = '/centres-hub/withdrawals/ask';
    assert.match(
      (await ask(coordinator, path, { productId, ...dateFields('lastCertificationOn', 1) })).text,
      /must not be before/,
    );
    assert.match((await ask(coordinator, path, { productId, reason: '' })).text, /Say why/);
    const asked = await ask(coordinator, path, { productId });
    assert.equal(asked.status, 303, asked.text);
    assert.equal((await ask(coordinator, path, { productId })).status, 422, 'one at a time');
    const here = (asked.location ?? '').split('?')[0] as string;
    const shown = (await coordinator.get(here)).text;
    assert.match(shown, /Active registrations/);
    assert.equal((await coordinator2.get(here)).status, 404);
    assert.equal((await coordinator.post(`${here}/decide`, { words: 'We decide it' })).status, 403);
    const [count] = await rows<{ n: number }>(
      `select count(*)::int as n from web_portal.registrations where centre_id = $1 and product_id = $2 and state = 'active'`,
      [await idOf('04417'), productId],
    );
    assert.match(shown, new RegExp(`<td class="full num"[^>]*>${count?.n}</td>`));
    assert.equal((await coordinator.post(REGISTER, await candidate('ARH'))).status, 303);
    const decided = await officer.post(`${here}/decide?centre=04417`, { words: 'Agreed, candidates finish' });
    assert.equal(decided.status, 303, decided.text);
    assert.equal((await officer.post(`${here}/refuse?centre=04417`, { words: 'Too late' })).status, 422);
    // The last day still counts, the day after does not.
    clock.advance(3 * 86_400_000);
    await everybodyLogsIn();
    assert.equal((await coordinator.post(REGISTER, await candidate('ARH'))).status, 303);
    clock.advance(86_400_000);
    await everybodyLogsIn();
    const late = await coordinator.post(REGISTER, await candidate('ARH'));
    assert.equal(late.status, 422);
    assert.match(late.text, /The last day for registrations was/);
    const left = await rows(
      'select 1 from centres_hub.approvals where centre_id = $1 and product_id = $2 and ended_at is null',
      [await idOf('04417'), productId],
    );
    assert.equal(left.length, 1, 'nothing is deleted');
  });

  it('of a whole centre withdraws it the day after its last certificates', async () => {
    const started = await ask(officer, '/centres-hub/withdrawals/start?centre=04426', { productId: 'centre' });
    const here = (started.location ?? '').split('?')[0] as string;
    assert.doesNotMatch((await coordinator2.get(here)).text, /Take it back/);
    const back = await coordinator2.post(`${here}/take-back`, { words: 'We would rather stay' });
    assert.equal(back.status, 422);
    assert.match(back.text, /The awarding body started this withdrawal/);
    assert.equal((await officer.post(`${here}/decide?centre=04426`, { words: 'The agreement was ended' })).status, 303);
    await assert.rejects(
      granted('product-approval', await idOf('04426'), { product: await product('SMC') }),
      /withdrawn and can have no new approval/,
      'decided, though its last day is still to come',
    );
    const status = async () => (await officer.get('/centres-hub?centre=04426')).text;
    assert.match(await status(), /Withdrawn from/);
    assert.doesNotMatch(await status(), /has been withdrawn/);
    clock.advance(31 * 86_400_000);
    await everybodyLogsIn();
    assert.match(await status(), /The approval of this centre has been withdrawn/);
    assert.match((await officer.get('/centres-hub/centres?status=withdrawn')).text, /04426/);
    await assert.rejects(
      granted('product-approval', await idOf('04426'), { product: await product('ARH') }),
      /withdrawn and can have no new approval|approved for this product already/,
    );
  });

  it('is taken back by the centre while nothing was decided', async () => {
    const asked = await ask(coordinator, '/centres-hub/withdrawals/ask', { productId: 'centre' });
    const here = (asked.location ?? '').split('?')[0] as string;
    assert.match((await officer.get('/needs-attention')).text, /1 withdrawal to decide/);
    assert.equal((await coordinator.post(`${here}/take-back`, { words: 'We found a partner' })).status, 303);
    assert.match((await coordinator.get('/centres-hub/withdrawals?state=taken_back')).text, /The whole centre/);
    assert.equal((await officer.post(`${here}/decide?centre=04417`, { words: 'Too late' })).status, 422);
  });
});

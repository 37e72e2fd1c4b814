/** Half-made registrations: saved as typed, gone on with by anybody of the centre, never lost, ended with the registration. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { addDays } from '../programme-days/programme-days.ts';
import { expireDrafts } from './expire-drafts.ts';

const REGISTER = '/web-portal/candidates/register';
const DRAFTS = '/web-portal/drafts';
let app: TestApplication;
let coordinator: PlainBrowser;
let administrator: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
  administrator = await app.logIn('administrator');
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}
const productOf = async (code: string) =>
  (await rows<{ id: string }>('select id from products.products where code = $1', [code]))[0]?.id as string;
const stored = async (id: string) =>
  (
    await rows<{ fields: Record<string, string>; revision: number; name: string }>(
      'select fields, revision, name from web_portal.registration_drafts where id = $1',
      [id],
    )
  )[0];
const unescaped = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
const hidden = (text: string, name: string) =>
  unescaped(new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '');
/** What the page of a form carries of its draft. */
async function opened(browser: PlainBrowser, path = REGISTER) {
  const { status, text } = await browser.get(path);
  assert.equal(status, 200, path);
  const carried = { draft: hidden(text, 'draft'), revision: hidden(text, 'revision'), seen: hidden(text, 'seen') };
  return { text, carried };
}
const dateFields = (name: string, date: string) => {
  const [year, month, day] = date.split('-') as [string, string, string];
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
};
const today = () => dayInLondon(app.services.clock.now());
const whole = async (familyName: string, code = 'ARH') => ({
  submissionId: randomUUID(),
  givenNames: 'Odile',
  familyName,
  ...dateFields('birthDate', '2006-04-05'),
  ulnAbsentReason: 'Asked for',
  product: await productOf(code),
  ...dateFields('programmeStart', addDays(today(), -80)),
});

describe('a registration that is typed', () => {
  it('is saved while it is typed, and anybody of the centre goes on with it', async () => {
    const { carried } = await opened(coordinator);
    const typed = {
      familyName: 'Quillfeather',
      'birthDate-day': '4',
      ...dateFields('programmeStart', addDays(today(), -80)),
    };
    const answer = await coordinator.postJson(`${DRAFTS}/typed`, { ...carried, ...typed });
    assert.equal(answer.status, 200, answer.text);
    const saved = JSON.parse(answer.text) as { revision: number; said: string; told: { days: string } };
    assert.match(saved.said, /^Saved at \d\d:\d\d$/);
    assert.match(saved.told.days, /80 days used of 90, 10 left/);
    assert.equal((await stored(carried.draft))?.name, 'Quillfeather');
    const other = await opened(administrator, `${REGISTER}?draft=${carried.draft}`);
    assert.match(other.text, /value="Quillfeather"/);
    assert.match(other.text, /name="birthDate-day"[^>]*value="4"/);
    assert.match(other.text, /80 days used of 90, 10 left/);
  });

  it('is saved by a button without script, and an empty one is none', async () => {
    const { carried } = await opened(coordinator);
    const empty = await coordinator.post(REGISTER, { ...carried, assessmentLanguage: 'en', act: 'save' });
    assert.deepEqual([empty.status, empty.location], [303, REGISTER]);
    assert.equal(await stored(carried.draft), undefined);
    const saved = await coordinator.post(REGISTER, { ...carried, familyName: 'Ironwood', uln: 'half', act: 'save' });
    assert.equal(saved.location, `${REGISTER}?draft=${carried.draft}&done=saved`);
    assert.match((await coordinator.get(saved.location ?? '')).text, /The draft is saved/);
    assert.deepEqual((await stored(carried.draft))?.fields, { familyName: 'Ironwood', uln: 'half' });
  });

  it('ends in the transaction of its registration, and not with one that is refused', async () => {
    const { carried } = await opened(coordinator);
    const form = { ...carried, ...(await whole('Larkspur')) };
    await coordinator.post(REGISTER, { ...form, act: 'save' });
    const now = (await opened(coordinator, `${REGISTER}?draft=${carried.draft}`)).carried;
    const refused = await coordinator.post(REGISTER, { ...form, ...now, uln: '123' });
    assert.equal(refused.status, 422);
    assert.equal(hidden(refused.text, 'draft'), carried.draft);
    assert.ok(await stored(carried.draft));
    const registered = await coordinator.post(REGISTER, { ...form, ...now });
    assert.equal(registered.status, 303, registered.text.slice(0, 2000));
    assert.equal(await stored(carried.draft), undefined);
    const again = await coordinator.post(REGISTER, { ...form, ...now });
    assert.equal(again.location, registered.location, 'pressed twice');
    const [event] = await rows<{ payload: { how: string } }>(
      `select payload from platform.audit_events where kind = 'web-portal.registration-draft-ended' order by at desc limit 1`,
    );
    assert.equal(event?.payload.how, 'registered');
    assert.equal((await coordinator.get(`${REGISTER}?draft=${carried.draft}`)).status, 404);
  });

  it('is about a candidate of the own centre alone', async () => {
    const [candidate] = await rows<{ id: string }>(
      `select j.candidate_id as id from web_portal.centre_candidates j join accounts.organisations o on o.id = j.centre_id
       where o.number = '04417' limit 1`,
    );
    const foreign = await app.logIn('coordinator2');
    const draft = crypto.randomUUID();
    const sent = { draft, revision: '0', orderReference: 'PO 1', act: 'save' };
    assert.equal((await foreign.post(`/web-portal/candidates/${candidate?.id}/register`, sent)).status, 404);
    assert.equal(await stored(draft), undefined);
  });
  it('belongs to its centre', async () => {
    const { carried } = await opened(coordinator);
    await coordinator.post(REGISTER, { ...carried, familyName: 'Own', act: 'save' });
    const foreign = await app.logIn('coordinator2');
    assert.equal((await foreign.get(`${REGISTER}?draft=${carried.draft}`)).status, 404);
    assert.equal((await foreign.get(`${DRAFTS}/${carried.draft}/discard`)).status, 404);
    assert.equal((await foreign.post(`${DRAFTS}/${carried.draft}/discard`, {})).status, 404);
    assert.equal(
      (await foreign.postJson(`${DRAFTS}/typed`, { ...carried, revision: '0', familyName: 'Taken' })).status,
      404,
    );
    assert.equal((await stored(carried.draft))?.name, 'Own');
    assert.doesNotMatch((await foreign.get(DRAFTS)).text, /Own/);
    assert.match((await foreign.get(DRAFTS)).text, /No drafts/);
  });
});

describe('a form whose draft is no id', () => {
  it('is read as one without draft, by every button', async () => {
    for (const draft of ['NaN', '-'.repeat(36), '"><script>']) {
      const form = { draft, revision: '1', familyName: 'Strange' };
      for (const act of ['', 'save', 'units'])
        assert.equal((await coordinator.post(REGISTER, { ...form, act })).status, 422);
      assert.equal((await coordinator.postJson(`${DRAFTS}/typed`, form)).status, 409);
    }
  });
});

describe('two people on one draft', () => {
  it('see both texts, choose part by part, and lose nothing', async () => {
    const { carried } = await opened(coordinator);
    await coordinator.post(REGISTER, { ...carried, familyName: 'Ash', givenNames: 'Una', act: 'save' });
    const path = `${REGISTER}?draft=${carried.draft}`;
    const [a, b] = [await opened(coordinator, path), await opened(administrator, path)];
    await coordinator.post(REGISTER, { ...a.carried, familyName: 'Ash', givenNames: 'Una Mae', act: 'save' });
    const typed = { ...b.carried, familyName: 'Ashe', givenNames: 'Una', email: 'una@centre.example' };
    const told = await administrator.postJson(`${DRAFTS}/typed`, typed);
    assert.equal(told.status, 409);
    assert.match(told.text, /Marguerite Holloway-Finch saved this draft too/);
    // Registering does not pass over the other text either.
    assert.equal((await administrator.post(REGISTER, { ...(await whole('Ashe')), ...typed })).status, 409);
    const late = await administrator.post(REGISTER, { ...typed, act: 'save' });
    assert.equal(late.status, 409);
    assert.match(late.text, /Una Mae/);
    const checked = [...late.text.matchAll(/name="choose\.(\w+)" type="radio" value="(\w+)" checked/g)];
    assert.deepEqual(
      checked.map(([, key, side]) => `${key} ${side}`),
      ['givenNames theirs', 'familyName mine', 'email mine'],
    );
    const sent = {
      revision: hidden(late.text, 'revision'),
      mine: hidden(late.text, 'mine'),
      seen: hidden(late.text, 'seen'),
    };
    const compare = `${DRAFTS}/${carried.draft}/compare`;
    const open = await administrator.post(compare, { ...sent, 'choose.familyName': 'mine' });
    assert.equal(open.status, 422);
    assert.match(open.text, /Choose one of the two: Given names/);
    const chosen = { 'choose.familyName': 'mine', 'choose.givenNames': 'theirs', 'choose.email': 'mine' };
    assert.equal((await administrator.post(compare, { ...sent, ...chosen })).location, `${path}&done=chosen`);
    assert.deepEqual((await stored(carried.draft))?.fields, {
      familyName: 'Ashe',
      givenNames: 'Una Mae',
      email: 'una@centre.example',
    });
  });

  it('one throws it away: what the other typed becomes a draft of its own', async () => {
    const { carried } = await opened(coordinator);
    await coordinator.post(REGISTER, { ...carried, familyName: 'Sorrel', act: 'save' });
    const mine = (await opened(coordinator, `${REGISTER}?draft=${carried.draft}`)).carried;
    const page = await administrator.get(`${DRAFTS}/${carried.draft}/discard`);
    assert.match(page.text, /Family name/);
    const gone = await administrator.post(`${DRAFTS}/${carried.draft}/discard`, { submissionId: randomUUID() });
    assert.equal(gone.location, `${DRAFTS}?done=discarded`);
    const told = await coordinator.postJson(`${DRAFTS}/typed`, { ...mine, familyName: 'Sorrel', uln: '1' });
    assert.equal(told.status, 409);
    assert.match(told.text, /registered or thrown away meanwhile/);
    const anew = await coordinator.post(REGISTER, { ...mine, familyName: 'Sorrel', uln: '1', act: 'save' });
    assert.match(anew.location ?? '', /draft=[0-9a-f-]{36}&done=anew$/);
    assert.doesNotMatch(anew.location ?? '', new RegExp(carried.draft));
    assert.match((await coordinator.get(anew.location ?? '')).text, /value="Sorrel"/);
  });
});

describe('the drafts of a centre', () => {
  it('stand in a list that is searched, narrowed, sorted and exported', async () => {
    const { carried } = await opened(administrator);
    const start = dateFields('programmeStart', addDays(today(), -85));
    await administrator.post(REGISTER, { ...carried, familyName: 'Zephyrine', ...start, act: 'save' });
    const list = await coordinator.get(DRAFTS);
    assert.match(list.text, /Zephyrine/);
    assert.match(list.text, /deleted 90 days after its last change/);
    assert.match((await coordinator.get(`${DRAFTS}?q=zephyr`)).text, /5 left/);
    assert.doesNotMatch((await coordinator.get(`${DRAFTS}?show=mine`)).text, /Zephyrine/);
    const soon = (await coordinator.get(`${DRAFTS}?show=soon&sort=left&order=asc`)).text;
    assert.match(soon, /Zephyrine/);
    const file = await coordinator.get(`${DRAFTS}/export?q=zephyrine`);
    assert.match(file.text, /Zephyrine.*,5,/);
    assert.match(
      (await coordinator.get('/needs-attention')).text,
      /half-made registrations? with 14 days left or fewer/,
    );
  });

  it('of a further product are gone on with at the candidate', async () => {
    const [one] = await rows<{ id: string; name: string }>(
      `select c.id, c.family_name as name from web_portal.centre_candidates j join web_portal.candidates c on c.id = j.candidate_id
       join accounts.organisations o on o.id = j.centre_id and o.number = '04417' order by c.id limit 1`,
    );
    const path = `/web-portal/candidates/${one?.id}/register`;
    const { carried } = await opened(coordinator, path);
    const saved = await coordinator.post(path, { ...carried, orderReference: 'PO 77', act: 'save' });
    assert.equal(saved.location, `${path}?draft=${carried.draft}&done=saved`);
    assert.match((await coordinator.get(saved.location ?? '')).text, /value="PO 77"/);
    assert.match((await coordinator.get(DRAFTS)).text, new RegExp(`candidates/${one?.id}/register\\?draft=`));
    // It is a draft about this candidate, and no other form takes it.
    assert.equal((await coordinator.get(`${REGISTER}?draft=${carried.draft}`)).status, 404);
  });

  it('whose product is not approved any more say so when they are opened', async () => {
    const { carried } = await opened(coordinator);
    await coordinator.post(REGISTER, { ...carried, ...(await whole('Vetiver', 'ABC')), act: 'save' });
    const path = `${REGISTER}?draft=${carried.draft}`;
    assert.doesNotMatch((await coordinator.get(path)).text, /is not open for registration/);
    await rows(
      `update centres_hub.approvals set ended_at = now(), end_reason = 'Given up' where ended_at is null
       and product_id = $1`,
      [await productOf('ABC')],
    );
    const { text } = await coordinator.get(path);
    assert.match(text, /The product of this draft is not open for registration/);
    assert.match(text, /value="Vetiver"/);
  });

  it('are deleted 90 days after the last change, and no day earlier', async () => {
    const { carried } = await opened(coordinator);
    await coordinator.post(REGISTER, { ...carried, familyName: 'Oldest', act: 'save' });
    const age = (days: number) =>
      rows(`update web_portal.registration_drafts set saved_at = now() - make_interval(hours => $2) where id = $1`, [
        carried.draft,
        days * 24 - 1,
      ]);
    await age(90);
    assert.equal(await expireDrafts(app.services), 0);
    await age(91);
    assert.equal(await expireDrafts(app.services), 1);
    assert.equal(await stored(carried.draft), undefined);
  });
});

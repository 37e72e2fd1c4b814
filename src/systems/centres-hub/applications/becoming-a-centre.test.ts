import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { linkIn, mailsTo } from '#test/mails.ts';
import { CHECK_NAMES } from './due-diligence.ts';

let app: TestApplication;
let officer: PlainBrowser;
let quality: PlainBrowser;
let last = 0;
/** Each visitor from an own network, so that the throttle of one test does not hold another. */
const elsewhere = () => ({ 'x-forwarded-for': `198.51.100.${++last}` });
before(async () => {
  app = await startTestApplication({ env: { TRUST_PROXY: 'loopback' } });
  officer = await app.logIn('officer');
  quality = await app.logIn('quality');
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}

const interest = (email: string) => ({
  organisation: 'Carding Mill Motors',
  contactName: 'Rhoswen Carding',
  email,
  postcode: 'zz6 1aa',
  products: 'Level 2 light vehicle',
  message: 'We teach forty apprentices',
  submissionId: randomUUID(),
});

const ANSWERS = {
  tradingName: 'Carding Mill',
  owner: 'Carding Mill Motors Ltd',
  companyNumber: '09990001',
  ukprn: '1999 0431',
  address: 'The Mill\r\nCarding Lane',
  town: 'Severnside',
  postcode: 'zz6 1aa',
  telephone: '01632 960431',
  website: '',
  headName: 'Rhoswen  Carding',
  headEmail: 'rhoswen@carding.example',
  coordinatorGivenNames: 'Emrys',
  coordinatorFamilyName: 'Tallis',
  staff: 'Emrys Tallis, assessor',
  siteName: 'The Mill',
  rooms: 'Test room\r\nWorkshop',
  insurance: 'Mutual 123, until 2027',
  policies: ['Malpractice', 'Complaints', 'Appeals', 'Equality', 'Data protection'],
  otherBodies: 'None',
  references: 'Two of them',
};

/** Interest shown and confirmed; the path of its page for the officer. */
async function confirmed(email: string): Promise<string> {
  const sent = await app.browser().post('/become-a-centre', interest(email), elsewhere());
  assert.equal(sent.location, '/become-a-centre/sent', sent.text);
  const link = linkIn((await mailsTo(app, email)).at(-1), '/become-a-centre/confirm');
  assert.equal((await app.browser().post(link)).status, 303);
  const [row] = await rows<{ id: string }>('select id from centres_hub.applications where email = $1', [email]);
  return `/centres-hub/applications/${row?.id}`;
}

async function stateOf(path: string): Promise<string | undefined> {
  const [row] = await rows<{ state: string }>('select state from centres_hub.applications where id = $1', [
    path.split('/').at(-1),
  ]);
  return row?.state;
}

const applicationLink = async (email: string) =>
  linkIn((await mailsTo(app, email)).at(-1), '/become-a-centre/application');

/** Invited and sent; returns the applicant's link and the officer's path. */
async function submitted(email: string, coordinatorEmail: string) {
  const path = await confirmed(email);
  assert.equal((await officer.post(`${path}/invite`, { words: 'Fits our plan for the region' })).status, 303);
  const link = await applicationLink(email);
  const answer = await app.browser().post(link, { ...ANSWERS, coordinatorEmail, revision: '0', act: 'send' });
  assert.equal(answer.status, 303, answer.text.slice(0, 3000));
  return { path, link };
}

async function checked(path: string): Promise<void> {
  for (const name of CHECK_NAMES) {
    const answer = await officer.post(`${path}/checks/${name}`, { outcome: 'done', words: 'Looked at, all in order' });
    assert.equal(answer.status, 303, answer.text);
  }
}

describe('interest', () => {
  it('is confirmed by the mailed link alone, and opening the link changes nothing', async () => {
    const email = 'one@carding.example';
    await app.browser().post('/become-a-centre', interest(email), elsewhere());
    const [mail] = await mailsTo(app, email);
    assert.doesNotMatch(`${mail?.subject} ${mail?.body}`, /Carding|apprentices/, 'nothing typed stands in the mail');
    const link = linkIn(mail, '/become-a-centre/confirm');
    assert.equal((await app.browser().get(link)).status, 200);
    const state = () => rows<{ state: string }>('select state from centres_hub.applications where email = $1', [email]);
    assert.equal((await state())[0]?.state, 'asked');
    assert.equal((await app.browser().get('/become-a-centre/application')).status, 410);
    // The link of the confirmation opens no application.
    assert.equal((await app.browser().get(link.replace('/confirm', '/application'))).status, 410);
    assert.equal((await app.browser().post(link)).status, 303);
    assert.equal((await state())[0]?.state, 'interested');
    assert.match((await app.browser().get(link)).text, /Your address is confirmed/);
    assert.equal((await app.browser().post(`${link}x`)).status, 410);
  });

  it('keeps what was typed when something is missing, and is throttled', async () => {
    const wrong = await app
      .browser()
      .post('/become-a-centre', { ...interest('nobody'), postcode: 'here' }, elsewhere());
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Enter a postcode such as/);
    assert.match(wrong.text, /value="Carding Mill Motors"/);
    const from = elsewhere();
    const answers = [];
    for (let round = 0; round < 5; round++) {
      answers.push((await app.browser().post('/become-a-centre', interest('often@carding.example'), from)).status);
    }
    assert.deepEqual(answers, [303, 303, 303, 429, 429]);
  });
});

describe('the application', () => {
  it('is saved with whatever is missing, says what is, and is sent when nothing is', async () => {
    const email = 'two@carding.example';
    const path = await confirmed(email);
    assert.equal((await officer.post(`${path}/invite`, { words: 'ok' })).status, 422);
    assert.equal((await officer.post(`${path}/invite`, { words: 'Fits our plan' })).status, 303);
    const link = await applicationLink(email);
    const saved = await app.browser().post(link, { owner: 'Somebody', revision: '0', act: 'save' });
    assert.match(saved.location ?? '', /done=saved/);
    const shown = (await app.browser().get(link)).text;
    assert.match(shown, /value="Somebody"/);
    assert.match(shown, /Enter the name of the head of centre/);
    assert.match(shown, /It is the move of <b>you<\/b>/);
    const refused = await app
      .browser()
      .post(link, { owner: 'Somebody else', ukprn: '29990431', revision: '1', act: 'send' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /A UKPRN begins with 1/);
    assert.match(refused.text, /value="Somebody else"/);
    // Who saves upon an older state is told, and keeps the own words.
    const stale = await app.browser().post(link, { owner: 'A colleague', revision: '0', act: 'save' });
    assert.equal(stale.status, 422);
    assert.match(stale.text, /Somebody saved this application while you were writing/);
    assert.match(stale.text, /value="A colleague"/);
    assert.match((await officer.get(path)).text, /Saved and not sent yet/);
    assert.equal(await stateOf(path), 'invited');
  });

  it('opens for the free account of the same address, and for no other', async () => {
    const email = 'winifred.oakapple@public.example';
    const path = await confirmed(email);
    await officer.post(`${path}/invite`, { words: 'Fits our plan' });
    const member = await app.logIn('member');
    assert.match((await member.get('/become-a-centre/application')).text, /Carding Mill Motors/);
    const other = await app.logIn('coordinator2');
    assert.equal((await other.get('/become-a-centre/application')).status, 410);
    assert.equal((await other.get(path)).status, 403);
  });

  it('goes on step by step to a centre with site, PIN, agreement and conditions, in one transaction', async () => {
    const { path, link } = await submitted('three@carding.example', 'emrys@carding.example');
    assert.equal((await app.browser().post(link, { ...ANSWERS, revision: '1', act: 'save' })).status, 422);
    const early = await officer.post(`${path}/pass-checks`);
    assert.equal(early.status, 422);
    assert.match(early.text, /Not done yet: Company register/);
    await checked(path);
    await officer.post(`${path}/checks/insurance`, { outcome: 'failed', words: 'The policy has lapsed' });
    assert.match((await officer.post(`${path}/pass-checks`)).text, /Not done yet: Insurance/);
    await officer.post(`${path}/checks/insurance`, { outcome: 'done', words: 'A new policy was sent' });
    assert.equal((await officer.post(`${path}/pass-checks`)).status, 303);
    assert.match((await officer.post(`${path}/offer`)).text, /Write the report/);
    const date = (name: string, day: string) => {
      const [year, month, dayOf] = day.split('-') as [string, string, string];
      return { [`${name}-day`]: dayOf, [`${name}-month`]: month, [`${name}-year`]: year };
    };
    const today = app.services.clock.now().toISOString().slice(0, 10);
    const report = { manner: 'visit', words: 'Two workshops seen, well run and safe.', ...date('heldOn', today) };
    assert.equal((await officer.post(`${path}/report`, report)).status, 303);
    const condition = { words: 'Send the second assessor’s certificate', ...date('dueOn', '2099-01-31') };
    assert.equal((await officer.post(`${path}/conditions/add`, condition)).status, 303);
    assert.equal((await officer.post(`${path}/offer`)).status, 303);
    // The mail of the agreement has a link of its own; the earlier one is dead.
    assert.equal((await app.browser().get(link)).status, 410);
    const fresh = await applicationLink('three@carding.example');
    const page = (await app.browser().get(fresh)).text;
    const versionId = /name="versionId" value="([^"]+)"/.exec(page)?.[1] as string;
    assert.match(page, /Send the second assessor/);
    const sign = fresh.replace('/application?', '/application/sign?');
    assert.match(
      (await app.browser().post(sign, { versionId, signedName: 'Emrys Tallis' })).text,
      /Only the head of centre signs/,
    );
    assert.equal((await officer.post(`${path}/approve`)).status, 422);
    assert.equal((await app.browser().post(sign, { versionId, signedName: 'rhoswen carding' })).status, 303);
    const people = (await rows('select 1 from accounts.people')).length;
    const approved = await officer.post(`${path}/approve`, { submissionId: randomUUID() });
    const number = /centre=(\d{5})/.exec(approved.location ?? '')?.[1];
    assert.ok(number, approved.text);
    assert.equal((await rows('select 1 from accounts.people')).length, people + 1);
    const [made] = await rows<{
      pins: number;
      rooms: string[];
      conditions: number;
      signatures: number;
      ukprn: string;
      roles: string;
    }>(
      `select c.ukprn, (select rooms from centres_hub.sites s where s.centre_id = c.id) as rooms,
         (select count(*) from accounts.pins p where p.organisation_id = c.id) as pins,
         (select string_agg(role, ',') from accounts.memberships m where m.organisation_id = c.id) as roles,
         (select count(*) from centres_hub.conditions d where d.centre_id = c.id) as conditions,
         (select count(*) from centres_hub.agreement_signatures g where g.centre_id = c.id) as signatures
       from centres_hub.centres c join accounts.organisations o on o.id = c.id where o.number = $1`,
      [number],
    );
    assert.deepEqual(
      { ...made },
      {
        ukprn: '19990431',
        rooms: ['Test room', 'Workshop'],
        pins: 1,
        roles: 'coordinator',
        conditions: 1,
        signatures: 1,
      },
    );
    assert.match((await mailsTo(app, 'emrys@carding.example')).at(-1)?.body ?? '', /\/set-up-account\?token=/);
    assert.match((await officer.get(`/centres-hub?centre=${number}`)).text, /Rhoswen {2}Carding/);
    assert.equal(await stateOf(path), 'approved');
    assert.equal((await officer.post(`${path}/approve`)).status, 422, 'once is enough');
  });

  it('is refused with reasons by mail, and taken up again by somebody else alone', async () => {
    const { path } = await submitted('four@carding.example', 'four-c@carding.example');
    const reason = 'The rooms are too small for tests';
    assert.equal((await officer.post(`${path}/refuse`, { words: reason })).status, 303);
    const mail = (await mailsTo(app, 'four@carding.example')).at(-1);
    assert.match(mail?.body ?? '', new RegExp(reason));
    assert.match(mail?.body ?? '', /You can appeal/);
    const own = await officer.post(`${path}/reopen`, { words: 'The appeal shows other rooms' });
    assert.equal(own.status, 422);
    assert.match(own.text, /You took the decision yourself/);
    assert.equal((await quality.post(`${path}/reopen`, { words: 'The appeal shows other rooms' })).status, 303);
    assert.equal(await stateOf(path), 'submitted');
    const events = await rows<{ act: string }>(
      `select payload->>'act' as act from platform.audit_events where kind = 'centres-hub.application-moved' and subject_id = $1 order by seq`,
      [path.split('/').at(-1)],
    );
    assert.deepEqual(
      events.map(({ act }) => act),
      ['ask', 'confirm', 'invite', 'submit', 'refuse', 'reopen'],
    );
  });

  it('can be withdrawn by the organisation until it is decided', async () => {
    const { path, link } = await submitted('five@carding.example', 'five-c@carding.example');
    assert.equal((await app.browser().post(link.replace('/application?', '/application/withdraw?'))).status, 303);
    assert.equal(await stateOf(path), 'withdrawn');
    assert.equal((await officer.post(`${path}/refuse`, { words: 'Too late for this' })).status, 422);
  });

  it('stands in the queue with filter, sort and export', async () => {
    const list = await officer.get('/centres-hub/applications?q=carding&move=none');
    assert.match(list.text, /Carding Mill Motors/);
    assert.match((await officer.get('/centres-hub/applications?q=zzz')).text, /No applications match these filters/);
    const file = await officer.get('/centres-hub/applications/export?state=withdrawn');
    assert.match(file.text, /Carding Mill Motors,ZZ6 1AA,Withdrawn,Nobody/);
    assert.equal((await (await app.logIn('coordinator')).get('/centres-hub/applications')).status, 403);
  });
});

describe('two at the same moment', () => {
  it('save and send: what was sent stays as it was sent', async () => {
    const email = 'race@carding.example';
    const path = await confirmed(email);
    await officer.post(`${path}/invite`, { words: 'Fits our plan for the region' });
    const link = await applicationLink(email);
    const filled = { ...ANSWERS, coordinatorEmail: 'race-tallis@carding.example', revision: '0' };
    const answers = await Promise.all([
      app.browser().post(link, { ...filled, act: 'send' }),
      ...[1, 2, 3].map(() => app.browser().post(link, { ...filled, staff: 'Half a', act: 'save' })),
    ]);
    const [row] = await rows<{ state: string; staff: string; revision: number }>(
      `select state, answers ->> 'staff' as staff, revision from centres_hub.applications where email = $1`,
      [email],
    );
    assert.equal(answers.filter(({ status }) => status === 303).length, 1, 'of four on one revision one counts');
    assert.equal(row?.revision, 1);
    assert.equal(row?.staff, row?.state === 'submitted' ? ANSWERS.staff : 'Half a');
  });

  it('an approval before its time is refused in a sentence', async () => {
    const path = await confirmed('early@carding.example');
    const early = await officer.post(`${path}/approve`, {});
    assert.equal(early.status, 422);
    assert.match(early.text, /This application is at &quot;/);
    assert.equal(await stateOf(path), 'interested');
  });
});

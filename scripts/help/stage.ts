/** The product on a fresh demonstration, and a browser in front of it: where pictures are drawn and films recorded. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { SetClock, startTestApplication, type TestApplication } from '../../tests/support/application.ts';
import { launchBrowser } from '../../tests/support/browser.ts';
import { asSuperuser, testServer } from '../../tests/support/database.ts';
import { buildAssets } from '../build-assets.ts';

export interface Stage {
  readonly app: TestApplication;
  readonly browser: Browser;
  /** A window of this size in which a person of the demonstration is logged in. */
  window(username: string, size: { width: number; height: number }): Promise<Page>;
  close(): Promise<void>;
}

/** Opens it with something to show: an invitation that expired, a stop, a request with a question. */
export async function openStage(): Promise<Stage> {
  await buildAssets();
  // A morning, since times of day are to be seen.
  const morning = new Date();
  morning.setUTCHours(34, 20, 0, 0);
  const clock = new SetClock(morning);
  const app = await startTestApplication({ clock });
  await makeExpiredInvitation(app);
  clock.advance(4 * 24 * 3_600_000);
  await makeOpenInvitation(app);
  await makeStop(app);
  await makeRequests(app, clock.now());
  const browser = await launchBrowser();
  return {
    app,
    browser,
    window: async (username, viewport) => {
      const person = await app.logIn(username);
      const context = await browser.newContext({
        viewport,
        locale: 'en-GB',
        reducedMotion: 'reduce',
        colorScheme: 'light',
      });
      await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: app.url })));
      return context.newPage();
    },
    close: async () => {
      await browser.close();
      await app.close();
      await (await testServer()).stop();
    },
  };
}

async function makeExpiredInvitation(app: TestApplication): Promise<void> {
  await addUser(app, 'Bryony', 'Ashgrove', 'bryony.ashgrove@northgate.example');
}

async function makeOpenInvitation(app: TestApplication): Promise<void> {
  await addUser(app, 'Tobias', 'Winterbourne', 'tobias.winterborne@northgate.example');
}

async function addUser(app: TestApplication, givenNames: string, familyName: string, email: string): Promise<void> {
  const coordinator = await app.logIn('coordinator');
  const fields = { givenNames, familyName, email, roles: 'assessor', submissionId: randomUUID() };
  const { status, text } = await coordinator.post('/centres-hub/users/add', fields);
  if (status !== 303) throw new Error(`${familyName} could not be added: ${text}`);
}

async function makeStop(app: TestApplication): Promise<void> {
  const officer = await app.logIn('officer');
  const product = (await officer.get('/centres-hub/approvals/switches/off?centre=04417')).text;
  const [, productId] = /<option value="([0-9a-f-]{36})"/.exec(product) ?? [];
  const { status } = await officer.post('/centres-hub/approvals/switches/off?centre=04417', {
    capability: 'register',
    productId: productId ?? 'all',
    reason: 'The visit of 12 November asked for a second assessor; none is named yet',
    submissionId: randomUUID(),
  });
  if (status !== 303) throw new Error(`Nothing could be stopped: ${status}`);
}

const DEFINITION = {
  title: 'Reasonable adjustment',
  summary: 'Ask for more time or another way of sitting a test for a candidate who needs it.',
  filledBy: ['coordinator'],
  signature: null,
  decidedBy: ['officer'],
  daysAllowed: 10,
  decision: 'grant',
  effect: null,
  sections: [
    { title: 'The candidate', questions: [{ key: 'need', type: 'long_text', label: 'What is needed, and why?' }] },
  ],
};

/** Numbers of the two requests, beyond those of the demonstration. */
export const WAITS_FOR_THE_BODY = 10101;
export const WAITS_FOR_THE_CENTRE = 10102;

/** Two requests of the centre: one waits for the awarding body, one for the centre. */
async function makeRequests(app: TestApplication, now: Date): Promise<void> {
  const asked = await asSuperuser(app.database.url, async (client) => {
    const one = async (query: string, values: unknown[]) => (await client.query(query, values)).rows[0].id as string;
    const centre = await one("select id from accounts.organisations where number = '04417'", []);
    const person = await one("select person_id as id from accounts.credentials where username = 'coordinator'", []);
    const form = await one(`insert into centres_hub.forms (code) values ('help-stage') returning id`, []);
    const version = await one(
      `insert into centres_hub.form_versions (form_id, number, definition, published_at) values ($1, 1, $2, $3) returning id`,
      [form, DEFINITION, now],
    );
    const request = (number: number) =>
      one(
        `insert into centres_hub.requests (number, form_version_id, centre_id, state, answers, begun_at, begun_by, saved_at, saved_by,
           submitted_at, submitted_by, days_allowed, due_on)
         overriding system value
         values ($5, $1, $2, 'submitted', '{"need": "A reader"}', $3, $4, $3, $4, $3, $4, 10, ($3::timestamptz + interval '14 days')::date)
         returning id`,
        [version, centre, now, person, number],
      );
    const ids = [await request(WAITS_FOR_THE_BODY), await request(WAITS_FOR_THE_CENTRE)];
    for (const id of ids)
      await client.query(
        `insert into centres_hub.request_entries (request_id, centre_id, at, person_id, side, kind, words)
         values ($1, $2, $3, $4, 'centre', 'submitted', '')`,
        [id, centre, now, person],
      );
    return ids[1] as string;
  });
  const officer = await app.logIn('officer');
  const { status } = await officer.post(`/centres-hub/requests/${asked}/write`, {
    kind: 'question',
    words: 'Which report names the need, and of what date is it?',
    submissionId: randomUUID(),
  });
  if (status !== 303) throw new Error(`The question could not be asked: ${status}`);
}

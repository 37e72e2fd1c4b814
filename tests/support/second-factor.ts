/** Second factors for tests: the codes of an authenticator app, and people who have one. */
import { TOTP } from 'otpauth';
import type { Services } from '#platform/services.ts';
import { addApp } from '../../src/systems/accounts/authenticator-apps/authenticator-apps.ts';
import { newAppSecret } from '../../src/systems/accounts/authenticator-apps/time-code.ts';
import type { PlainBrowser, TestApplication } from './application.ts';
import { asSuperuser } from './database.ts';

/** The 6 digits that an app with this secret shows. */
export function codeAt(secret: string, at: Date): string {
  return new TOTP({ secret }).generate({ timestamp: at.getTime() });
}

export async function personIdOf(app: TestApplication, username: string): Promise<string> {
  return asSuperuser(app.database.url, async (client) => {
    const { rows } = await client.query('select person_id from accounts.credentials where username = $1', [username]);
    return rows[0].person_id;
  });
}

/** Gives a person an authenticator app as if it had been set up an hour ago. Returns its secret. */
export async function giveSecondFactor(services: Services, personId: string): Promise<string> {
  const secret = newAppSecret();
  const step = Math.floor(services.clock.now().getTime() / 30_000) - 120;
  await services.database.write({ kind: 'system', personId }, (writer) =>
    addApp(writer, services, { personId, secret, step }),
  );
  return secret;
}

/** A demonstration account becomes like any other: what its roles require is required of it. */
export async function endExemption(app: TestApplication, username: string): Promise<void> {
  const personId = await personIdOf(app, username);
  await asSuperuser(app.database.url, (client) =>
    client.query('update accounts.people set second_factor_exempt = false where id = $1', [personId]),
  );
}

/** Sets up an authenticator app on its page, in a browser that is logged in. */
export async function setUpApp(
  app: TestApplication,
  browser: PlainBrowser,
): Promise<{ readonly secret: string; readonly recoveryCodes: readonly string[] }> {
  const { text } = await browser.get('/my-details/second-factors/add-app');
  const setup = /name="setup" value="([\w-]+)"/.exec(text)?.[1] ?? '';
  const secret = (/<span class="code ao-secret">([A-Z2-7 ]+)</.exec(text)?.[1] ?? '').replaceAll(' ', '');
  const code = codeAt(secret, app.services.clock.now());
  const answer = await browser.post('/my-details/second-factors/add-app', { setup, code });
  if (answer.status !== 303) throw new Error(`The app was not added: ${answer.status}`);
  const shown = await browser.get('/my-details/second-factors/recovery-codes');
  return {
    secret,
    recoveryCodes: [...shown.text.matchAll(/<li><span class="code">([^<]+)</g)].map((one) => String(one[1])),
  };
}

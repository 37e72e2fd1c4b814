import { DEMO_PASSWORD, PlainBrowser } from '#test/application.ts';

/** A browser without script in which a person of the demonstration is logged in. */
export async function logInAs(url: string, username: string): Promise<PlainBrowser> {
  const browser = new PlainBrowser(url);
  const answer = await browser.post('/login', { username, password: DEMO_PASSWORD });
  if (answer.status !== 303) throw new Error(`${username} could not log in: ${answer.status}`);
  return browser;
}

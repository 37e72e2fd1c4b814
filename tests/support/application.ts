import { type Clock, SetClock } from '#platform/clock/clock.ts';
import type { RouteLine } from '#platform/http/server.ts';
import { type Log, openLog } from '#platform/log/log.ts';
import type { Services } from '#platform/services.ts';
import { createApplication } from '../../src/application.ts';
import { createTestDatabase, settingsFor, type TestDatabase } from './database.ts';

export const DEMO_PASSWORD = 'Motor-Trade-Demo-2026';

export interface TestApplication {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  readonly services: Services;
  readonly database: TestDatabase;
  /** Every route with what it declares. */
  readonly routeTable: readonly RouteLine[];
  /** A person's browser without script: keeps cookies, follows nothing. */
  browser(): PlainBrowser;
  /** A browser in which this demonstration user is logged in. */
  logIn(username: string, password?: string): Promise<PlainBrowser>;
  close(): Promise<void>;
}

export interface TestApplicationOptions {
  /** Default: the real clock. */
  readonly clock?: Clock;
  readonly demo?: boolean;
  readonly env?: Record<string, string>;
  readonly log?: Log;
}

/** The whole application on a database of its own, listening on a free port of loopback. */
export async function startTestApplication(options: TestApplicationOptions = {}): Promise<TestApplication> {
  const database = await createTestDatabase({ demo: options.demo ?? true });
  const settings = settingsFor(database.server, { DEMO: options.demo === false ? 'off' : 'on', ...options.env });
  const log = options.log ?? openLog((line) => (line.includes(' error ') ? process.stderr.write(line) : undefined));
  const application = await createApplication({
    settings,
    keys: database.keys,
    databaseUrl: database.url,
    log,
    ...(options.clock ? { clock: options.clock } : {}),
  });
  const url = await application.app.listen({ host: '127.0.0.1', port: settings.port });
  const browser = () => new PlainBrowser(url);
  return {
    url,
    services: application.services,
    routeTable: application.app.routeTable,
    database,
    browser,
    logIn: async (username, password = DEMO_PASSWORD) => {
      const own = browser();
      const answer = await own.post('/login', { username, password });
      if (answer.status !== 303) throw new Error(`${username} could not log in: ${answer.status}`);
      return own;
    },
    close: async () => {
      await application.close();
      await database.drop();
    },
  };
}

export interface PlainAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends forms as a browser without script does. */
export class PlainBrowser {
  readonly url: string;
  readonly cookies = new Map<string, string>();
  constructor(url: string) {
    this.url = url;
  }
  get(path: string, headers: Record<string, string> = {}): Promise<PlainAnswer> {
    return this.#send('GET', path, undefined, headers);
  }
  post(
    path: string,
    fields: Record<string, string | string[]> = {},
    headers: Record<string, string> = {},
  ): Promise<PlainAnswer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
    return this.#send('POST', path, body, headers);
  }
  postJson(path: string, value: unknown, headers: Record<string, string> = {}): Promise<PlainAnswer> {
    return this.#send('POST', path, JSON.stringify(value), { 'content-type': 'application/json', ...headers });
  }
  /** Sends a form with files. */
  postFiles(path: string, form: FormData): Promise<PlainAnswer> {
    return this.#send('POST', path, form, {});
  }
  async #send(
    method: string,
    path: string,
    body: BodyInit | undefined,
    headers: Record<string, string>,
  ): Promise<PlainAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: { ...(cookie ? { cookie } : {}), 'sec-fetch-site': 'same-origin', ...headers },
      ...(body === undefined ? {} : { body }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      if (/expires=Thu, 01 Jan 1970/i.test(line) || value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      headers: answer.headers,
      text: await answer.text(),
    };
  }
}

export { SetClock };

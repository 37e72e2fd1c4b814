/** A candidate's window in tests: a browser at an admitted seat, and what the server holds of its sitting. */
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { TestApplication } from '#test/application.ts';
import { type SittingOptions, startSitting, type TestSitting } from '#test/sitting.ts';

export interface PlayerWindow {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly sitting: TestSitting;
  /** What the page complained of, without what an unplugged network causes. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export interface WindowOptions extends SittingOptions {
  readonly width?: number;
  readonly dark?: boolean;
  /** Where the browser goes, when it is not the server itself. */
  readonly url?: string;
}

/** A window at a seat whose candidate may start. */
export async function openWindow(
  app: TestApplication,
  browser: Browser,
  options: WindowOptions = {},
): Promise<PlayerWindow> {
  const sitting = await startSitting(app, { upTo: 'checked_in', ...options });
  const context = await browser.newContext({
    baseURL: options.url ?? app.url,
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
  });
  const cookies = [...sitting.browser.cookies].map(([name, value]) => ({
    name,
    value,
    url: options.url ?? app.url,
    httpOnly: true,
    sameSite: 'Strict' as const,
  }));
  await context.addCookies(cookies);
  const page = await context.newPage();
  const complaints = listen(page);
  return { context, page, sitting, complaints, close: () => context.close() };
}

export function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(text))
      complaints.push(text);
  });
  return complaints;
}

/** Reads the rules and starts. */
export async function start(page: Page): Promise<void> {
  await page.goto('/sit/test');
  await page.getByLabel('I have read the rules').check();
  await page.getByRole('button', { name: 'Start the test' }).click();
  await page.getByText(/^Question 1 of/).waitFor();
}

export const savedWords = (page: Page) => page.locator('[data-saved-words]');

/** Waits until the header says so. */
export async function headerSays(page: Page, words: string): Promise<void> {
  await savedWords(page)
    .filter({ hasText: new RegExp(`^${words}$`) })
    .waitFor();
}

/** Chooses the options with these words. */
export async function choose(page: Page, ...words: string[]): Promise<void> {
  for (const word of words) await page.locator('[data-question] label', { hasText: word }).click();
}

/** Goes on and waits until the next question is there: first the step goes into the journal, then it is on the screen. */
export async function next(page: Page): Promise<void> {
  const [, number, of] = /^Question (\d+) of (\d+)/.exec(await page.title()) ?? [];
  assert(number, 'a question is shown');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText(`Question ${Number(number) + 1} of ${of}`).waitFor();
}

export interface LedgerRow {
  readonly epoch: number;
  readonly seq: number;
  readonly kind: string;
  readonly item: number;
  readonly value: string;
}

/** The chain that the server holds, in order. */
export async function ledgerOf(app: TestApplication, sittingId: string): Promise<LedgerRow[]> {
  return app.services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<LedgerRow>`
      select epoch, seq, kind, item, value from online_assessments.answers where sitting_id = ${sittingId} order by epoch, seq`),
  );
}

/** The last answer of each question, by number. */
export async function answersOf(app: TestApplication, sittingId: string): Promise<Record<number, string>> {
  const rows = await ledgerOf(app, sittingId);
  assert.deepEqual(
    rows.map(({ seq }) => seq),
    rows.map((_, index) => index + 1),
    'places without gaps, each once',
  );
  return Object.fromEntries(rows.filter(({ kind }) => kind === 'answer').map(({ item, value }) => [item, value]));
}

export async function sittingRow(
  app: TestApplication,
  sittingId: string,
): Promise<{ state: string; left_window_count: number }> {
  const [row] = await app.services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ state: string; left_window_count: number }>`
      select state, left_window_count from online_assessments.sittings where id = ${sittingId}`),
  );
  assert(row);
  return row;
}

/** What the server keeps outside the chain of a sitting, and why: "late answer". */
export async function heldOf(app: TestApplication, sittingId: string): Promise<string[]> {
  const rows = await app.services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ what: string }>`
      select why || ' ' || (event ->> 'kind') as what from online_assessments.held_events where sitting_id = ${sittingId} order by seq`),
  );
  return rows.map(({ what }) => what);
}

/** The kinds of incidents on record for a sitting. */
export async function incidentsOf(app: TestApplication, sittingId: string): Promise<string[]> {
  const rows = await app.services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ kind: string }>`select kind from online_assessments.incidents where sitting_id = ${sittingId}`),
  );
  return rows.map(({ kind }) => kind);
}

/** Leaves a running sitting so much time, as if it had begun earlier. The seat learns of it with its next request. */
export async function leaveTime(app: TestApplication, sittingId: string, ms: number): Promise<void> {
  await app.services.database.write(SYSTEM, (writer) =>
    writer.rows(sql`update online_assessments.sittings set
        used_ms = allowed_ms - ${ms}::int - (extract(epoch from ${writer.now}::timestamptz - running_since) * 1000)::int,
        deadline_at = ${writer.now}::timestamptz + make_interval(secs => ${ms / 1000})
      where id = ${sittingId}`),
  );
}

/** Waits for something that the server does by itself. */
export async function eventually(check: () => Promise<boolean>, what: string, withinMs = 15_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await check())) {
    assert(performance.now() < end, `not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

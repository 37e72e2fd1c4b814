/** The files of candidates as centres send them, which nobody here wrote. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlainAnswer, PlainBrowser } from './application.ts';

/** Where they lie: `FIXTURES_DIR`, else `shared/fixtures` beside the repository; null when they are not there. */
export function intakeFolder(): string | null {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const places = process.env.FIXTURES_DIR ? [process.env.FIXTURES_DIR] : [join(root, '..', 'shared', 'fixtures')];
  const folders = places.map((place) => join(place, 'candidates'));
  return folders.find((folder) => existsSync(join(folder, 'intake-500.csv'))) ?? null;
}

export const WITHOUT_FILES = 'the intake files are not there: set FIXTURES_DIR to the folder that holds candidates';

export async function intakeFile(name: string): Promise<Buffer> {
  return readFile(join(intakeFolder() as string, name));
}

const IMPORTS = '/web-portal/imports';

/** Chooses a file; the answer leads to its columns, or is a refusal. */
export function chooseFile(browser: PlainBrowser, name: string, content: Buffer | string): Promise<PlainAnswer> {
  const form = new FormData();
  form.set('submissionId', crypto.randomUUID());
  form.set('file', new File([new Uint8Array(Buffer.from(content as Buffer))], name));
  return browser.postFiles(`${IMPORTS}/new`, form);
}

/** The values of the selects and fields of the form of columns, as they are shown. */
export function columnsShown(page: string): Record<string, string> {
  return Object.fromEntries(
    [...page.matchAll(/name="(column-\d+)"[^>]*>([\s\S]*?)<\/select>/g)].map(([, name = '', options = '']) => [
      name,
      /<option value="([^"]*)" selected/.exec(options)?.[1] ?? '',
    ]),
  );
}

/** Chooses a file, confirms its columns as recognised with `common` for all rows, and returns the import's address. */
export async function takeIn(
  browser: PlainBrowser,
  name: string,
  content: Buffer | string,
  common: Record<string, string>,
): Promise<string> {
  const chosen = await chooseFile(browser, name, content);
  if (chosen.status !== 303) throw new Error(`The file was refused: ${chosen.text.slice(0, 3000)}`);
  const columns = chosen.location as string;
  const shown = columnsShown((await browser.get(columns)).text);
  const mapped = await browser.post(columns, { ...shown, ...common });
  if (mapped.status !== 303) throw new Error(`The columns were refused: ${mapped.text.slice(0, 5000)}`);
  return mapped.location as string;
}

/** The version that the page shows, as its form sends it. */
export const versionOf = (page: string): string => /name="version" value="(\d+)"/.exec(page)?.[1] ?? '';

/** Confirms what the page shows. */
export async function confirmShown(
  browser: PlainBrowser,
  address: string,
  more: Record<string, string> = {},
): Promise<PlainAnswer> {
  const { text } = await browser.get(address);
  return browser.post(`${address}/register`, { submissionId: crypto.randomUUID(), version: versionOf(text), ...more });
}

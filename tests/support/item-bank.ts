/** Banks, imports and test forms, made through the pages as a browser without script does. */
import { randomUUID } from 'node:crypto';
import type { PlainAnswer, PlainBrowser } from './application.ts';

/** Makes an empty bank through its page. */
export async function makeBank(author: PlainBrowser, code: string, title = `Bank ${code}`): Promise<void> {
  const answer = await author.post('/online-assessments/item-bank/new', { code, title, submissionId: randomUUID() });
  if (answer.location !== `/online-assessments/item-bank/${code}/import`)
    throw new Error(`the bank ${code} was not made: ${answer.status}`);
}

/** Sends a file to the import page of a bank. */
export function importFile(
  author: PlainBrowser,
  bank: string,
  file: { readonly name: string; readonly bytes: Uint8Array | string; readonly submissionId?: string },
): Promise<PlainAnswer> {
  const form = new FormData();
  form.set('submissionId', file.submissionId ?? randomUUID());
  const bytes = typeof file.bytes === 'string' ? Buffer.from(file.bytes) : file.bytes;
  form.set('file', new Blob([new Uint8Array(bytes)]), file.name);
  return author.postFiles(`/online-assessments/item-bank/${bank}/import`, form);
}

export interface FormToMake {
  readonly bank: string;
  readonly code: string;
  readonly title: string;
  /** Code of the unit, "ARH-1". */
  readonly unit: string;
  /** Questions from each group of the bank. */
  readonly each: number;
  readonly minutes: number;
  readonly passMark: number;
}

/** Writes a draft through the page of new forms, open at once after registration; the answer is the server's. */
export async function makeForm(author: PlainBrowser, form: FormToMake): Promise<PlainAnswer> {
  const path = `/online-assessments/test-forms/new?bank=${form.bank}&each=${form.each}`;
  const blank = (await author.get(path)).text;
  const groups = [...blank.matchAll(/name="(group-\d+)" value="([^"]+)"/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  const [, unit = ''] = blank.match(new RegExp(`<option value="([0-9a-f-]{36} ${form.unit})">`)) ?? [];
  return author.post(path, {
    ...Object.fromEntries(groups),
    ...Object.fromEntries(groups.map((_, index) => [`count-${index}`, String(form.each)])),
    title: form.title,
    code: form.code,
    unit,
    minutes: String(form.minutes),
    passMark: String(form.passMark),
    hoursAfterRegistration: '0',
    hoursAfterFail: '48',
    sittingsAllowed: '',
    submissionId: randomUUID(),
  });
}

/** Withdraws the published form of a title and publishes another in its place. */
export async function publishInPlaceOf(reviewer: PlainBrowser, title: string, formPath: string): Promise<void> {
  const forms = (await reviewer.get('/online-assessments/test-forms')).text;
  const [, standing = ''] = forms.match(new RegExp(`href="([^"]+)">${title}<`)) ?? [];
  const withdrawn = await reviewer.post(`${standing}/withdraw`, { reason: 'Another form takes its place' });
  const published = await reviewer.post(`${formPath}/publish`);
  if (withdrawn.status !== 303 || published.status !== 303)
    throw new Error(`the form was not published in place of ${title}: ${withdrawn.status}, ${published.status}`);
}

/** Imports into the item bank as a browser without script does. */
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

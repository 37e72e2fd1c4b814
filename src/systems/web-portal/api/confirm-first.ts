import { askToConfirm, isFresh, keepForm } from '#accounts';
import type { Answer } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';

/**
 * Whoever makes a key or adds an address lets a program read what the centre has, for months: the password or a passkey
 * was given a short time ago. Null when it was; what was typed into a form is there again afterwards.
 */
export async function confirmFirst(context: Context): Promise<Answer | null> {
  const person = context.person();
  if (isFresh(person, context.now)) return null;
  if (context.request.method !== 'POST') return askToConfirm(context);
  return askToConfirm(context, await keepForm(context.services, context.request, person.personId));
}

import type { Writer } from '#platform/database/database.ts';
import { type Answer, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { showCodesOnce } from '../keep-recovery-codes/shown-codes.ts';
import { makeRecoveryCodes } from '../recovery-codes/recovery-codes.ts';
import { endSessionsOf, renewSession } from '../sessions/open-session.ts';
import { secondFactorAdded } from './audit.ts';
import { OVERVIEW } from './before-change.ts';
import { factorsOf } from './factors.ts';
import { factorAdded, tellPerson } from './mails.ts';

/** Enough for every device somebody uses; a list that nobody can read helps nobody. */
export const MOST_FACTORS = 10;

/**
 * Adds an app or passkey by `add`, which returns its id (null: it was there already). The session that did it has given
 * the factor and gets a new id. With the first factor come ten recovery codes, shown once, and other log-in sessions
 * end: they were opened by the password alone. Records it and mails the person.
 */
export async function addFactor(
  context: Context,
  kind: 'app' | 'passkey',
  add: (writer: Writer) => Promise<string | null>,
): Promise<Answer> {
  const { services } = context;
  const person = context.person();
  const { personId } = person;
  const outcome = await services.database.write({ kind: 'system', personId }, async (writer) => {
    // Two first factors at the same time would make codes twice.
    await writer.db.selectFrom('accounts.people').select('id').where('id', '=', personId).forUpdate().execute();
    const before = await factorsOf(writer, personId);
    const id = await add(writer);
    if (id === null) return { codes: null };
    await writer.audit(secondFactorAdded, { kind: 'person', id: personId }, { factor: kind, id });
    await tellPerson(writer, personId, factorAdded(kind));
    if (before.length > 0) return { codes: null };
    await endSessionsOf(writer, personId, 'second factor set up', person.sessionHash);
    return { codes: await makeRecoveryCodes(writer, services, personId) };
  });
  await renewSession(context, person, { secondFactorAt: context.now, reason: 'second factor set up' });
  if (!outcome.codes) return redirect(`${OVERVIEW}?done=${kind}`);
  showCodesOnce(context, personId, outcome.codes);
  return redirect(`${OVERVIEW}/recovery-codes`);
}

import type { Writer } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { stepOfCode } from './time-code.ts';

/** What an app's secret is bound to when it is stored. */
const ownerOf = (personId: string) => `authenticator app of ${personId}`;

/**
 * Stores an app whose code of this period has just been given. Returns its id, or null when this very secret was
 * stored before: a form sent twice. System's scope.
 */
export async function addApp(
  writer: Writer,
  services: Services,
  app: { readonly personId: string; readonly secret: string; readonly step: number },
): Promise<string | null> {
  const { personId, secret, step } = app;
  const { secondFactors } = services.keys;
  const made = await writer.db
    .insertInto('accounts.authenticator_apps')
    .values({
      person_id: personId,
      secret: secondFactors.encrypt(secret, ownerOf(personId)),
      secret_lookup: secondFactors.lookup(`app ${secret}`),
      added_at: writer.now,
      last_step: step,
      used_at: writer.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return made?.id ?? null;
}

/**
 * Takes a code of 6 digits from one of the person's apps. True when it was right and its period had not been taken
 * before; of two requests with one code at the same time one alone gets true. System's scope.
 */
export async function takeTimeCode(
  writer: Writer,
  services: Services,
  personId: string,
  code: string,
): Promise<boolean> {
  const apps = await writer.db
    .selectFrom('accounts.authenticator_apps')
    .select(['id', 'secret', 'last_step'])
    .where('person_id', '=', personId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  for (const app of apps) {
    const secret = services.keys.secondFactors.decrypt(app.secret, ownerOf(personId));
    const step = stepOfCode(secret, code, writer.now, app.last_step);
    if (step === null) continue;
    await writer.db
      .updateTable('accounts.authenticator_apps')
      .set({ last_step: step, used_at: writer.now })
      .where('id', '=', app.id)
      .execute();
    return true;
  }
  return false;
}

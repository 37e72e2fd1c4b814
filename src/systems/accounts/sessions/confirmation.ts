import { type PersonPrincipal, SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';

/** How long a password counts as just given; after that, acts of weight ask again. */
export const FRESH_MINUTES = 15;

/** Whether the password was given in this session within the last `minutes`. */
export function isFresh(principal: Pick<PersonPrincipal, 'confirmedAt'>, now: Date, minutes = FRESH_MINUTES): boolean {
  return now.getTime() - principal.confirmedAt.getTime() <= minutes * 60_000;
}

/** Notes in the session that the person has just given the password again. */
export async function refreshConfirmation(services: Services, principal: PersonPrincipal): Promise<void> {
  await services.database.write(SYSTEM, async ({ db, now }) => {
    await db
      .updateTable('accounts.sessions')
      .set({ confirmed_at: now })
      .where('token_hash', '=', principal.sessionHash)
      .where('ended_at', 'is', null)
      .execute();
  });
}

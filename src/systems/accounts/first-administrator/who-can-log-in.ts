import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { demonstrationAccounts } from '../demonstrate/demonstrate.ts';
import { hashToken, newToken } from '../tokens/token.ts';

/** How long the operator's link works; while there is no administrator, each start prints another. */
const LINK_HOURS = 24;

/**
 * Lines for the operator at the start: who can log in to the demonstration, or, where the awarding body has no
 * administrator, a link that makes the first one. The link works once and dies as soon as there is an administrator.
 */
export async function whoCanLogIn(services: Services): Promise<readonly string[]> {
  if (services.settings.demo) {
    const lines = await demonstrationAccounts(services);
    if (lines.length > 0) return lines;
  }
  const token = newToken();
  const made = await services.database.write(SYSTEM, async (writer) => {
    if (await hasAdministrator(writer)) return false;
    await writer.db
      .insertInto('accounts.first_administrator_links')
      .values({
        token_hash: hashToken(token),
        expires_at: new Date(writer.now.getTime() + LINK_HOURS * 3_600_000),
      })
      .execute();
    return true;
  });
  return made
    ? [
        `Nobody looks after this awarding body yet. Make its first administrator here, once, within ${LINK_HOURS} hours:`,
        `  ${services.settings.publicUrl}/first-administrator?token=${token}`,
      ]
    : [];
}

/** Whether somebody is administrator of the awarding body now. */
export async function hasAdministrator({ db }: Pick<Writer, 'db'>): Promise<boolean> {
  const found = await db
    .selectFrom('accounts.memberships')
    .select('id')
    .where('role', '=', 'body_administrator')
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

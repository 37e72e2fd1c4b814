import { membersOf } from '#accounts';
import type { Context } from '#platform/http/context.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { type AgendaItem, plural } from '#ui';
import { CAPABILITY_NAMES } from '../capabilities/capability-answer.ts';
import { type Stopped, stoppedAt } from '../switches/switches.ts';
import { userState } from '../users/user-state.ts';

/** A row of "Needs attention"; 0 stops work now, 9 can wait. */
export type AttentionRow = AgendaItem & { readonly urgency: number };

/** What of Centres Hub needs the coordinator of this centre: what is stopped, and invitations nobody used. Nothing for others. */
export async function attention(context: Context): Promise<AttentionRow[]> {
  const centreId = actingCentreId(context.principal);
  if (!centreId || !may(context.principal, 'centres-hub.manage-users')) return [];
  // The home page runs in the person's own scope; the centre's facts are read in the scope of the centre.
  return context.services.database.read(
    context.principal,
    async (reader) => {
      const members = await membersOf(reader, centreId);
      const expired = members.filter((member) => userState(member) === 'expired').length;
      return rowsFor(await stoppedAt(reader, centreId), expired);
    },
    { capability: 'centres-hub.view' },
  );
}

/** The rows for what is stopped and for so many expired invitations, most urgent first. */
export function rowsFor(
  stopped: readonly Pick<Stopped, 'capability' | 'productTitle' | 'reason'>[],
  expired: number,
): AttentionRow[] {
  const rows: AttentionRow[] = stopped.map((one) => ({
    urgency: 1,
    tone: 'bad',
    icon: 'alert',
    title: `Stopped: ${CAPABILITY_NAMES[one.capability].toLowerCase()}`,
    why: `${one.productTitle ?? 'Every product'}. Reason: ${one.reason}`,
    action: { label: 'See approvals', href: '/centres-hub/approvals' },
  }));
  if (expired > 0) {
    rows.push({
      urgency: 5,
      tone: 'warn',
      icon: 'user',
      title: `${plural(expired, 'invitation')} not used in time`,
      why: 'Unused links stop working. Send the invitation again, or end the roles.',
      action: { label: 'See who', href: '/centres-hub/users?state=expired' },
    });
  }
  return rows;
}

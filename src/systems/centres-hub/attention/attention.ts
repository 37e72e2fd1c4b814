import { sql } from 'kysely';
import { membersOf } from '#accounts';
import type { Context } from '#platform/http/context.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { type AttentionItem, plural } from '#ui';
import { CAPABILITY_NAMES } from '../capabilities/capability-answer.ts';
import { statusOn } from '../centres/centres.ts';
import { type Stopped, stoppedAt } from '../switches/switches.ts';
import { userState } from '../users/user-state.ts';
import { bodyRequests, centreRequests, yearlyForms } from './requests-attention.ts';

export type AttentionRow = AttentionItem;

const system = 'Centres Hub';
/** How soon an invitation must end to be worth a word. */
const SOON_HOURS = 24;

/**
 * What of Centres Hub waits for whoever looks: requests of either side; for the coordinator what is stopped, and
 * invitations that ended or soon end unused; for the awarding body centres without a coordinator at work.
 */
export async function attention(context: Context): Promise<AttentionRow[]> {
  const centreId = actingCentreId(context.principal);
  if (!centreId) return [...(await bodyAttention(context)), ...(await requestsOfBody(context))];
  return [...(await requestsOfCentre(context, centreId)), ...(await centreAttention(context, centreId))];
}

async function requestsOfCentre(context: Context, centreId: string): Promise<AttentionRow[]> {
  if (!may(context.principal, 'centres-hub.view-requests')) return [];
  const { personId } = context.person();
  return context.services.database.read(
    context.principal,
    async (reader) => {
      const { roles } = context.acting();
      return [
        ...(await centreRequests(reader, { centreId, personId, roles })),
        ...(may(context.principal, 'centres-hub.make-requests') ? await yearlyForms(reader, { centreId, roles }) : []),
      ];
    },
    { capability: 'centres-hub.view-requests' },
  );
}

async function requestsOfBody(context: Context): Promise<AttentionRow[]> {
  if (!may(context.principal, 'centres-hub.decide-requests')) return [];
  const { personId } = context.person();
  return context.services.database.read(
    context.principal,
    (reader) => bodyRequests(reader, { personId, roles: context.acting().roles }),
    { capability: 'centres-hub.decide-requests' },
  );
}

async function centreAttention(context: Context, centreId: string): Promise<AttentionRow[]> {
  if (!may(context.principal, 'centres-hub.manage-users')) return [];
  // The home page runs in the person's own scope; the centre's facts are read in the scope of the centre.
  return context.services.database.read(
    context.principal,
    async (reader) => {
      const members = await membersOf(reader, centreId);
      const soon = reader.now.getTime() + SOON_HOURS * 3_600_000;
      const unused = { expired: 0, expiring: 0 };
      for (const member of members) {
        const state = userState(member);
        if (state === 'expired') unused.expired += 1;
        const endsAt = member.invitation.expiresAt?.getTime() ?? soon + 1;
        if ((state === 'invited' || state === 'opened') && endsAt <= soon) unused.expiring += 1;
      }
      return rowsFor(await stoppedAt(reader, centreId), unused);
    },
    { capability: 'centres-hub.view' },
  );
}

/** The rows for what is stopped and for so many invitations that ended or end within a day, most urgent first. */
export function rowsFor(
  stopped: readonly Pick<Stopped, 'capability' | 'productTitle' | 'reason' | 'until'>[],
  { expired, expiring }: { readonly expired: number; readonly expiring: number },
): AttentionRow[] {
  const rows: AttentionRow[] = stopped.map((one) => ({
    urgency: 1,
    tone: 'bad',
    icon: 'alert',
    title: `Stopped: ${CAPABILITY_NAMES[one.capability].toLowerCase()}`,
    why: `${one.productTitle ?? 'Every product'}. Reason: ${one.reason}`,
    system,
    whose: 'your centre and the awarding body',
    until: one.until,
    action: { label: 'See approvals', href: '/centres-hub/approvals' },
  }));
  if (expired > 0) {
    rows.push({
      urgency: 5,
      tone: 'warn',
      icon: 'user',
      title: `${plural(expired, 'invitation')} not used in time`,
      why: 'Unused links stop working. Send the invitation again, or end the roles.',
      system,
      whose: 'you',
      until: null,
      action: { label: 'See who', href: '/centres-hub/users/invitations?state=expired' },
    });
  }
  if (expiring > 0) {
    rows.push({
      urgency: 6,
      icon: 'clock',
      title: `${plural(expiring, 'invitation')} ${expiring === 1 ? 'ends' : 'end'} within a day`,
      why: 'Links work for 72 hours. Remind the user, or check the e-mail address.',
      system,
      whose: 'you',
      until: null,
      action: { label: 'See who', href: '/centres-hub/users/invitations' },
    });
  }
  return rows;
}

/** For the awarding body: approved centres where no coordinator has opened the dashboard yet. */
async function bodyAttention(context: Context): Promise<AttentionRow[]> {
  if (!may(context.principal, 'centres-hub.decide-approvals')) return [];
  const [found] = await context.services.database.read(
    context.principal,
    (reader) =>
      reader.rows(sql<{ count: number; name: string | null }>`
        select count(*)::int as count, min(o.name) as name
        from centres_hub.centres c join accounts.published_organisations o on o.id = c.id
        where ${statusOn(reader.now)} = 'approved' and not exists (select from accounts.published_current_roles r
          where r.organisation_id = c.id and r.role = 'coordinator' and r.opened)`),
    { capability: 'centres-hub.decide-approvals' },
  );
  return found ? bodyRowsFor(found) : [];
}

/** The row for so many centres without a coordinator at work; `name` is of the first. */
export function bodyRowsFor({ count, name }: { readonly count: number; readonly name: string | null }): AttentionRow[] {
  if (count === 0) return [];
  return [
    {
      urgency: 5,
      tone: 'warn',
      icon: 'user',
      title: `${plural(count, 'centre')} without a coordinator at work`,
      why: `${count === 1 ? name : `${name} and others`}: the coordinator has not opened the dashboard yet. Call the centre, or send the invitation again.`,
      system,
      whose: 'the centre',
      until: null,
      action: { label: 'See the centres', href: '/centres-hub/centres' },
    },
  ];
}

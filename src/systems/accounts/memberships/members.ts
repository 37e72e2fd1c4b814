import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { Role } from '#platform/permissions/capabilities.ts';

/** `none`: never invited. `expired`: not used in time. `used`: the account was set up by it. */
export type InvitationState = 'none' | 'sent' | 'expired' | 'used';

export interface Member {
  readonly personId: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly email: string | null;
  readonly roles: readonly { readonly membershipId: string; readonly role: Role; readonly startedAt: Date }[];
  /** Whether the person has a PIN there, and has opened the dashboard with it. */
  readonly pin: 'none' | 'issued' | 'activated';
  readonly invitation: {
    readonly state: InvitationState;
    readonly sentAt: Date | null;
    /** When somebody first opened the link in a browser. */
    readonly openedAt: Date | null;
    readonly expiresAt: Date | null;
  };
  /** The person has username and password: the address is the person's own. */
  readonly hasAccount: boolean;
  /** The awarding body stopped the account. */
  readonly suspended: boolean;
  /** When the person last used a system for this organisation. */
  readonly lastSeenAt: Date | null;
}

interface MemberRow {
  person_id: string;
  given_names: string;
  family_name: string;
  email: string | null;
  roles: { membershipId: string; role: Role; startedAt: string }[];
  pin_id: string | null;
  activated_at: Date | null;
  status: string;
  has_account: boolean;
  sent_at: Date | null;
  opened_at: Date | null;
  expires_at: Date | null;
  used_at: Date | null;
  last_seen_at: Date | null;
}

/** The users of an organisation (people with a role there other than candidate), by family name. */
export async function membersOf(reader: Reader, organisationId: string): Promise<readonly Member[]> {
  const rows = await reader.rows(sql<MemberRow>`
    select p.id as person_id, p.given_names, p.family_name, p.email, m.roles, n.id as pin_id, n.activated_at,
      p.status, accounts.has_account(p.id) as has_account, i.sent_at, i.opened_at, i.expires_at, i.used_at, s.last_seen_at
    from (select person_id, jsonb_agg(jsonb_build_object('membershipId', id, 'role', role, 'startedAt', started_at) order by role) as roles
      from accounts.memberships where organisation_id = ${organisationId} and ended_at is null and role <> 'candidate' group by person_id) m
    join accounts.people p on p.id = m.person_id
    left join accounts.pins n on n.person_id = p.id and n.organisation_id = ${organisationId} and n.withdrawn_at is null
    left join lateral (select sent_at, opened_at, expires_at, used_at from accounts.invitations i
      where i.person_id = p.id and i.organisation_id = ${organisationId} order by sent_at desc, id desc limit 1) i on true
    left join lateral (select max(seen_at) as last_seen_at from accounts.sessions s
      where s.person_id = p.id and s.acting_organisation_id = ${organisationId}) s on true
    order by p.family_name, p.given_names, p.id`);
  return rows.map((row) => ({
    personId: row.person_id,
    givenNames: row.given_names,
    familyName: row.family_name,
    email: row.email,
    roles: row.roles.map((one) => ({ ...one, startedAt: new Date(one.startedAt) })),
    pin: row.pin_id === null ? 'none' : row.activated_at === null ? 'issued' : 'activated',
    invitation: {
      state: invitationState(row, reader.now),
      sentAt: row.sent_at,
      openedAt: row.opened_at,
      expiresAt: row.expires_at,
    },
    hasAccount: row.has_account,
    suspended: row.status === 'suspended',
    lastSeenAt: row.last_seen_at,
  }));
}

function invitationState(row: Pick<MemberRow, 'sent_at' | 'expires_at' | 'used_at'>, now: Date): InvitationState {
  if (row.used_at) return 'used';
  if (!row.sent_at || !row.expires_at) return 'none';
  return row.expires_at > now ? 'sent' : 'expired';
}

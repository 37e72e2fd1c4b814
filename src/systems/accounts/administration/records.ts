import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import type { BodyRole, Role } from '#platform/permissions/capabilities.ts';
import type { Administered } from './rules.ts';

export interface RecordMembership {
  readonly id: string;
  readonly organisationId: string;
  readonly organisation: string;
  readonly number: string;
  readonly kind: 'centre' | 'awarding_body';
  readonly role: Role;
  readonly startedAt: Date;
  readonly startedBy: string | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly endReason: string | null;
}

export interface RecordSuspension {
  readonly beganAt: Date;
  readonly beganBy: string;
  readonly reason: string;
}

/** What the awarding body's people see of one person. No password, PIN or code is part of it. */
export interface PersonRecord extends Administered {
  readonly givenNames: string;
  readonly familyName: string;
  readonly email: string | null;
  readonly emailConfirmedAt: Date | null;
  readonly status: 'active' | 'suspended' | 'merged';
  readonly createdAt: Date;
  readonly username: string | null;
  readonly secondFactor: boolean;
  readonly suspension: RecordSuspension | null;
  readonly memberships: readonly RecordMembership[];
  /** Sessions that have not been ended; whether they still hold depends on the time. */
  readonly openSessions: number;
}

interface PersonRow {
  id: string;
  given_names: string;
  family_name: string;
  email: string | null;
  email_confirmed_at: Date | null;
  status: 'active' | 'suspended' | 'merged';
  created_at: Date;
  username: string | null;
  second_factor: boolean;
  began_at: Date | null;
  began_by: string | null;
  reason: string | null;
  open_sessions: number;
}

/** One person; 404 for an id that names nobody. With the system's rights. */
export async function personRecord(reader: Reader, personId: string): Promise<PersonRecord> {
  const [row] = await reader.rows(sql<PersonRow>`
    select p.id, p.given_names, p.family_name, p.email, p.email_confirmed_at, p.status, p.created_at, c.username,
      accounts.has_second_factor(p.id) as second_factor, s.began_at, b.given_names || ' ' || b.family_name as began_by, s.reason,
      (select count(*)::int from accounts.sessions o where o.person_id = p.id and o.ended_at is null and o.expires_at > ${reader.now}) as open_sessions
    from accounts.people p
    left join accounts.credentials c on c.person_id = p.id
    left join accounts.suspensions s on s.person_id = p.id and s.ended_at is null
    left join accounts.people b on b.id = s.began_by
    where p.id = ${personId}`);
  if (!row) throw new NotFound();
  const memberships = await membershipsOfPerson(reader, personId);
  return {
    id: row.id,
    name: `${row.given_names} ${row.family_name}`,
    givenNames: row.given_names,
    familyName: row.family_name,
    email: row.email,
    emailConfirmedAt: row.email_confirmed_at,
    status: row.status,
    createdAt: row.created_at,
    username: row.username,
    secondFactor: row.second_factor,
    suspension:
      row.began_at && row.reason ? { beganAt: row.began_at, beganBy: row.began_by ?? '', reason: row.reason } : null,
    memberships,
    openSessions: row.open_sessions,
    bodyRoles: memberships.flatMap(({ kind, role, endedAt }) =>
      kind === 'awarding_body' && endedAt === null ? [role as BodyRole] : [],
    ),
  };
}

async function membershipsOfPerson(reader: Reader, personId: string): Promise<RecordMembership[]> {
  return reader.rows(sql<RecordMembership>`
    select m.id, m.organisation_id as "organisationId", o.name as organisation, o.number, o.kind, m.role,
      m.started_at as "startedAt", a.given_names || ' ' || a.family_name as "startedBy",
      m.ended_at as "endedAt", e.given_names || ' ' || e.family_name as "endedBy", m.end_reason as "endReason"
    from accounts.memberships m
    join accounts.organisations o on o.id = m.organisation_id
    left join accounts.people a on a.id = m.started_by
    left join accounts.people e on e.id = m.ended_by
    where m.person_id = ${personId}
    order by m.ended_at desc nulls first, o.kind, o.number, m.role`);
}

/** The roles held now. */
export function currentMemberships({ memberships }: Pick<PersonRecord, 'memberships'>): RecordMembership[] {
  return memberships.filter(({ endedAt }) => endedAt === null);
}

/** "Northgate Motor Training (04417)", or the awarding body's name. */
export function organisationLabel({ organisation, number, kind }: RecordMembership): string {
  return kind === 'centre' ? `${organisation} (${number})` : organisation;
}

/** Names of the centres where this person is the only coordinator who can log in. */
export async function onlyCoordinatorAt(reader: Reader, personId: string): Promise<readonly string[]> {
  const rows = await reader.rows(sql<{ name: string }>`
    select o.name || ' (' || o.number || ')' as name
    from accounts.memberships m join accounts.organisations o on o.id = m.organisation_id
    where m.person_id = ${personId} and m.role = 'coordinator' and m.ended_at is null and not exists (
      select from accounts.memberships x join accounts.people p on p.id = x.person_id
      where x.organisation_id = m.organisation_id and x.role = 'coordinator' and x.ended_at is null
        and x.person_id <> m.person_id and p.status = 'active')
    order by o.number`);
  return rows.map(({ name }) => name);
}

/** Awarding-body administrators whose accounts are not stopped, without this person. Others who change them wait. */
export async function otherAdministrators(writer: Writer, personId: string): Promise<number> {
  await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended('accounts.body_administrators', 0))`);
  const [row] = await writer.rows(sql<{ count: number }>`
    select count(distinct m.person_id)::int as count from accounts.memberships m join accounts.people p on p.id = m.person_id
    where m.role = 'body_administrator' and m.ended_at is null and m.person_id <> ${personId} and p.status = 'active'`);
  return row?.count ?? 0;
}

/** Waits until nobody else changes these people, in one order for everybody; 404 for an id that names nobody. */
export async function lockPeople(writer: Writer, ...personIds: readonly string[]): Promise<void> {
  const rows = await writer.db
    .selectFrom('accounts.people')
    .select('id')
    .where('id', 'in', [...personIds])
    .orderBy('id')
    .forUpdate()
    .execute();
  if (rows.length !== new Set(personIds).size) throw new NotFound();
}

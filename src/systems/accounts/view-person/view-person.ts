import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { page, redirect } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { may } from '#platform/permissions/principal.ts';
import { withSystemRights } from '../administration/people-page.ts';
import { personParams } from '../administration/reason-act.ts';
import { currentMemberships, personRecord } from '../administration/records.ts';
import { administrationProblem } from '../administration/rules.ts';
import { isLive } from '../sessions/live.ts';
import { DONE, type PersonSession, personPage, type RecordInvitation } from './page.ts';

const query = z.object({ done: z.enum(DONE).optional().catch(undefined), was: z.uuid().optional().catch(undefined) });

/** GET /people/:personId: one person. The id of a merged record leads to the one that stayed. */
export const viewPerson = handler({ params: personParams, query }, async (asked) => {
  const context = withSystemRights(asked);
  const { now } = context;
  const found = await context.read(async (reader) => {
    const record = await personRecord(reader, context.params.personId);
    if (record.status === 'merged') return { today: await personToday(reader, record.id) };
    return {
      record,
      sessions: await sessionsOfPerson(reader, record.id),
      invitations: await invitationsOfPerson(reader, record.id),
      mergedRecords: await mergedInto(reader, record.id),
    };
  });
  if ('today' in found) return redirect(`/people/${found.today}?was=${context.params.personId}`);
  const memberships = currentMemberships(found.record);
  const sessions = found.sessions.filter((row) => isLive({ ...row, status: found.record.status, memberships }, now));
  return page(
    personPage(await context.frame(), {
      ...found,
      sessions,
      problem: administrationProblem(context.person(), found.record),
      mayGiveRoles: may(context.principal, 'accounts.give-body-roles'),
      done: context.query.done,
      was: found.mergedRecords.find(({ id }) => id === context.query.was) ?? null,
      now,
    }),
  );
});

/** The person whom the id of a merged record names today. */
async function personToday(reader: Reader, personId: string): Promise<string> {
  const [row] = await reader.rows(sql<{ id: string }>`select accounts.person_today(${personId}) as id`);
  return (row as { id: string }).id;
}

function sessionsOfPerson({ db }: Reader, personId: string): Promise<PersonSession[]> {
  return db
    .selectFrom('accounts.sessions')
    .select(['opened_at', 'seen_at', 'expires_at', 'ended_at', 'address', 'device'])
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .orderBy('seen_at', 'desc')
    .execute();
}

function invitationsOfPerson(reader: Reader, personId: string): Promise<RecordInvitation[]> {
  return reader.rows(sql<RecordInvitation>`
    select case o.kind when 'centre' then o.name || ' (' || o.number || ')' else o.name end as organisation, i.email,
      i.sent_at as "sentAt", b.given_names || ' ' || b.family_name as "sentBy", i.expires_at as "expiresAt",
      i.opened_at as "openedAt", i.used_at as "usedAt", i.withdrawn_at as "withdrawnAt", i.withdraw_reason as "withdrawReason"
    from accounts.invitations i join accounts.organisations o on o.id = i.organisation_id
    left join accounts.people b on b.id = i.sent_by
    where i.person_id in (select accounts.ids_of_person(${personId})) order by i.sent_at desc limit 20`);
}

/** Records that were merged into this one, at once or by way of another. */
function mergedInto(reader: Reader, personId: string) {
  return reader.rows(sql<{ id: string; name: string; at: Date; by: string; reason: string; email: string | null }>`
    select p.id, p.given_names || ' ' || p.family_name as name, m.at, b.given_names || ' ' || b.family_name as by, m.reason, m.email
    from accounts.merges m join accounts.people p on p.id = m.merged_person_id join accounts.people b on b.id = m.merged_by
    where m.merged_person_id in (select accounts.ids_of_person(${personId})) order by m.at desc`);
}

/** What of requests waits for whoever looks. */
import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import type { Acting } from '#platform/permissions/principal.ts';
import { type AttentionItem, plural } from '#ui';
import { draftSeenBy, readableBy } from '../requests/may-read.ts';

const system = 'Centres Hub';

/** Questions of the awarding body about what somebody of a centre may read. */
export async function centreRequests(
  reader: Reader,
  {
    centreId,
    personId,
    roles,
  }: { readonly centreId: string; readonly personId: string; readonly roles: Acting['roles'] },
): Promise<AttentionItem[]> {
  const rows = await reader.rows(sql<{ id: string; number: number; title: string; words: string | null }>`
    select r.id, r.number, v.definition ->> 'title' as title, (select e.words from centres_hub.request_entries e
      where e.request_id = r.id and e.kind = 'question' order by e.at desc, e.id desc limit 1) as words
    from centres_hub.requests r join centres_hub.form_versions v on v.id = r.form_version_id
    where r.centre_id = ${centreId} and r.state = 'question' and ${readableBy({ kind: 'centre', roles, personId })}
    order by r.paused_at limit 5`);
  return rows.map(({ id, number, title, words }) => ({
    urgency: 3,
    tone: 'warn',
    icon: 'chat',
    title: `A question about R-${number}: ${title}`,
    why: words ?? 'The awarding body has asked a question.',
    system,
    whose: 'your centre',
    until: null,
    action: { label: 'Answer it', href: `/centres-hub/requests/${id}` },
  }));
}

/** Days of a new centre before it is asked what it thinks. */
const SETTLING_DAYS = 90;

/** For whoever may fill them in: forms that each centre is asked for once a year, and has not sent for so long. */
export async function yearlyForms(
  reader: Reader,
  { centreId, roles }: { readonly centreId: string; readonly roles: Acting['roles'] },
): Promise<AttentionItem[]> {
  const today = dayInLondon(reader.now);
  const rows = await reader.rows(sql<{ code: string; title: string; summary: string; draft: string | null }>`
    select f.code, v.definition ->> 'title' as title, v.definition ->> 'summary' as summary,
      (select r.id from centres_hub.requests r join centres_hub.form_versions old on old.id = r.form_version_id
        where old.form_id = f.id and r.centre_id = ${centreId} and r.state = 'draft'
          and ${draftSeenBy(reader.identity.personId)} order by r.begun_at desc limit 1) as draft
    from centres_hub.forms f join centres_hub.form_versions v on v.form_id = f.id and v.withdrawn_at is null
    where (v.definition ->> 'yearly')::boolean and v.definition -> 'filledBy' ?| ${[...roles]}::text[]
      and exists (select from centres_hub.centres c where c.id = ${centreId} and c.status = 'approved'
        and c.approved_on <= ${today}::date - ${SETTLING_DAYS}::int)
      and not exists (select from centres_hub.requests r join centres_hub.form_versions old on old.id = r.form_version_id
        where old.form_id = f.id and r.centre_id = ${centreId} and r.state <> 'withdrawn'
          and (r.submitted_at at time zone 'Europe/London')::date > ${today}::date - interval '1 year')
    order by 2`);
  return rows.map(({ code, title, summary, draft }) => ({
    urgency: 8,
    icon: 'chat',
    title: `${title} is due`,
    why: summary,
    system,
    whose: 'your centre',
    until: null,
    action: draft
      ? { label: 'Go on with it', href: `/centres-hub/requests/${draft}/fill-in` }
      : { label: 'Begin', href: `/centres-hub/requests/new/${code}` },
  }));
}

/** For the awarding body's people: what is overdue, and what waits for a decision of theirs. */
export async function bodyRequests(
  reader: Reader,
  { personId, roles }: { readonly personId: string; readonly roles: Acting['roles'] },
): Promise<AttentionItem[]> {
  const [counted] = await reader.rows(sql<{ overdue: number; mine: number; unassigned: number; next: string | null }>`
    select count(*) filter (where r.due_on < ${dayInLondon(reader.now)}::date)::int as overdue,
      count(*) filter (where r.assigned_to = ${personId})::int as mine,
      count(*) filter (where r.assigned_to is null)::int as unassigned, min(r.due_on)::text as next
    from centres_hub.requests r join centres_hub.form_versions v on v.id = r.form_version_id
    where r.state = 'submitted' and v.definition -> 'decidedBy' ?| ${[...roles]}::text[]`);
  return counted ? bodyRowsOf(counted) : [];
}

/** The rows for so many requests; `next` is the earliest last day among them, YYYY-MM-DD. */
export function bodyRowsOf({
  overdue,
  mine,
  unassigned,
  next,
}: {
  readonly overdue: number;
  readonly mine: number;
  readonly unassigned: number;
  readonly next: string | null;
}): AttentionItem[] {
  const rows: AttentionItem[] = [];
  const common = { system, whose: 'you', until: next, icon: 'doc' as const };
  if (overdue > 0)
    rows.push({
      ...common,
      urgency: 2,
      tone: 'bad',
      title: `${plural(overdue, 'request')} overdue`,
      why: 'The days allowed are over. Decide, or ask the centre what is missing.',
      action: { label: 'Decide', href: '/centres-hub/requests?show=overdue' },
    });
  if (mine > 0)
    rows.push({
      ...common,
      urgency: 4,
      title: `${plural(mine, 'request')} assigned to you`,
      why: 'The clock of each is running.',
      action: { label: 'See them', href: '/centres-hub/requests?show=body&assigned=me' },
    });
  if (unassigned > 0)
    rows.push({
      ...common,
      urgency: 5,
      title: `${plural(unassigned, 'request')} taken by nobody`,
      why: 'Whoever takes one is told of answers, and the centre knows that somebody works on it.',
      action: { label: 'See them', href: '/centres-hub/requests?show=body&assigned=nobody' },
    });
  return rows;
}

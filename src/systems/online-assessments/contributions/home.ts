/** What the home page of a centre's person asks of Online Assessments. */
import { sql } from 'kysely';
import type { Context } from '#platform/http/context.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { type AttentionItem, formatTime, plural } from '#ui';
import { dayStart, listSessionRows, sessionsQuery } from '../list-sessions/list-query.ts';
import type { SessionState } from '../session/sessions.ts';
import { bodyAttention } from './body-attention.ts';

export type AssessmentAttention = AttentionItem;

const system = 'Online Assessments';
const INVIGILATOR = 'the invigilator';

/** A planned session is asked about from so long before its time. */
const SOON_MS = 15 * 60_000;

interface Waiting {
  id: string;
  room: string;
  starts_at: Date;
  state: 'planned' | 'open';
  booked: number;
  arrived: number;
}
interface Held {
  id: string;
  name: string;
  room: string;
  held: number;
}

/** Sessions that should be open, candidates who wait for the identity check, held entries nobody has looked at. */
export async function assessmentAttention(context: Context): Promise<AssessmentAttention[]> {
  const centreId = actingCentreId(context.principal);
  if (!centreId) return bodyAttention(context);
  if (!may(context.principal, 'online-assessments.book')) return [];
  const [today, tomorrow] = [dayStart(context.now, 0), dayStart(context.now, 1)];
  const { sessions, held } = await context.services.database.read(
    context.principal,
    async (reader) => ({
      sessions: await reader.rows(sql<Waiting>`
        select n.id, n.room, n.starts_at, n.state, count(*) filter (where s.state = 'booked')::int as booked,
          count(*) filter (where s.state = 'booked' and s.seat_token_hash is not null)::int as arrived
        from online_assessments.sessions n join online_assessments.sittings s on s.session_id = n.id
        where n.centre_id = ${centreId} and ((n.state = 'planned' and n.starts_at >= ${today} and n.starts_at < ${tomorrow}) or n.state = 'open')
        group by n.id order by n.starts_at limit 20`),
      held: await reader.rows(sql<Held>`
        select s.id, c.given_names || ' ' || c.family_name as name, n.room, h.held
        from (select sitting_id, count(*)::int as held from online_assessments.held_events
          where centre_id = ${centreId} and received_at > ${dayStart(context.now, -30)} group by sitting_id) h
        join online_assessments.sittings s on s.id = h.sitting_id and s.held_seen < h.held
        join online_assessments.sessions n on n.id = s.session_id
        join web_portal.published_candidates c on c.id = s.candidate_id and c.centre_id = s.centre_id
        order by s.id desc limit 5`),
    }),
    { capability: 'online-assessments.book' },
  );
  return [...sessions.flatMap((session) => rowsOfSession(session, context.now)), ...held.map(rowOfHeld)];
}

function rowsOfSession(session: Waiting, now: Date): AssessmentAttention[] {
  const { id, room, starts_at: startsAt, state, booked, arrived } = session;
  const href = `/online-assessments/sessions/${id}`;
  if (state === 'open')
    return arrived === 0
      ? []
      : [
          {
            urgency: 0,
            tone: 'warn',
            icon: 'user',
            title: `${plural(arrived, 'candidate waits', 'candidates wait')} for the identity check`,
            why: `${room}. The invigilator looks at a document of each before the start.`,
            system,
            whose: INVIGILATOR,
            until: null,
            action: { label: 'Live board', href: `${href}/board`, main: true },
          },
        ];
  if (booked === 0) return [];
  if (startsAt.getTime() - now.getTime() > SOON_MS)
    return [
      {
        urgency: 6,
        icon: 'cal',
        title: `Session today at ${formatTime(startsAt)}`,
        why: `${room}, ${plural(booked, 'candidate')}. It can be opened from an hour before.`,
        system,
        whose: INVIGILATOR,
        until: startsAt,
        action: { label: 'Go to the session', href },
      },
    ];
  return [
    {
      urgency: 1,
      tone: 'warn',
      icon: 'clock',
      title: `The session in ${room} is not open yet`,
      why: `Planned for ${formatTime(startsAt)} with ${plural(booked, 'candidate')}. An invigilator opens it with PIN and password.`,
      system,
      whose: INVIGILATOR,
      until: startsAt,
      action: { label: 'Go to the session', href, main: true },
    },
  ];
}

function rowOfHeld({ id, name, room, held }: Held): AssessmentAttention {
  return {
    urgency: 3,
    tone: 'warn',
    icon: 'folder',
    title: `${plural(held, 'entry is', 'entries are')} held from the test of ${name}`,
    why: `${room}. They came too late or from another computer and do not count. Look at them.`,
    system,
    whose: 'your centre',
    until: null,
    action: { label: 'Look at them', href: `/online-assessments/sittings/${id}#held` },
  };
}

/** One test session of today. */
export interface SessionToday {
  readonly at: Date;
  readonly title: string;
  readonly room: string;
  readonly state: SessionState;
  readonly href: string;
  readonly finished: number;
  readonly candidates: number;
}

/** The sessions of the centre today, by time. */
export async function testsToday(context: Context): Promise<SessionToday[]> {
  const centreId = actingCentreId(context.principal);
  if (!centreId || !may(context.principal, 'online-assessments.view')) return [];
  const rows = await context.services.database.read(
    context.principal,
    (reader) => listSessionRows(reader, sessionsQuery.parse({ day: 'today' }), centreId, { limit: 50, offset: 0 }),
    { capability: 'online-assessments.view' },
  );
  return rows.map(({ id, room, startsAt, state, tests, booked, finished }) => ({
    at: startsAt,
    title: tests.length === 1 ? (tests[0] as string) : tests.length > 1 ? `${tests.length} tests` : 'Test session',
    room,
    state,
    href: `/online-assessments/sessions/${id}${state === 'open' ? '/board' : ''}`,
    finished,
    candidates: booked,
  }));
}

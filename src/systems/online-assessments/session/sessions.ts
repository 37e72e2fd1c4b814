import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';

export type SessionState = 'planned' | 'open' | 'closed' | 'cancelled';

export interface Session {
  readonly id: string;
  readonly centreId: string;
  /** Null: a room that the centre's sites do not name. */
  readonly siteId: string | null;
  readonly room: string;
  readonly startsAt: Date;
  readonly code: string;
  readonly state: SessionState;
  readonly openedAt: Date | null;
  readonly openedBy: string | null;
  readonly closedAt: Date | null;
}

const COLUMNS = [
  'id',
  'centre_id',
  'site_id',
  'room',
  'starts_at',
  'code',
  'state',
  'opened_at',
  'opened_by',
  'closed_at',
] as const;

interface Row {
  id: string;
  centre_id: string;
  site_id: string | null;
  room: string;
  starts_at: Date;
  code: string;
  state: SessionState;
  opened_at: Date | null;
  opened_by: string | null;
  closed_at: Date | null;
}

const session = (row: Row): Session => ({
  id: row.id,
  centreId: row.centre_id,
  siteId: row.site_id,
  room: row.room,
  startsAt: row.starts_at,
  code: row.code,
  state: row.state,
  openedAt: row.opened_at,
  openedBy: row.opened_by,
  closedAt: row.closed_at,
});

/** A session in the reader's scope. Throws NotFound. */
export async function sessionById(reader: Reader, id: string): Promise<Session> {
  const row = await reader.db
    .selectFrom('online_assessments.sessions')
    .select(COLUMNS)
    .where('id', '=', id)
    .$if(reader.identity.centreId !== null, (query) =>
      query.where('centre_id', '=', reader.identity.centreId as string),
    )
    .executeTakeFirst();
  if (!row) throw new NotFound();
  return session(row);
}

/** The same, locked until the end of the transaction: nobody books, opens or closes it meanwhile. */
export async function lockSession(writer: Writer, id: string): Promise<Session> {
  const row = await writer.db
    .selectFrom('online_assessments.sessions')
    .select(COLUMNS)
    .where('id', '=', id)
    .$if(writer.identity.centreId !== null, (query) =>
      query.where('centre_id', '=', writer.identity.centreId as string),
    )
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new NotFound();
  return session(row);
}

/** Sessions of the reader's centre (of all centres for the awarding body), newest first. */
export async function sessionsOf(
  reader: Reader,
  filter: {
    readonly states?: readonly SessionState[];
    readonly from?: Date;
    readonly to?: Date;
    readonly limit?: number;
  } = {},
): Promise<(Session & { readonly seats: number; readonly finished: number })[]> {
  let query = reader.db
    .selectFrom('online_assessments.sessions')
    .select(COLUMNS)
    .select(({ selectFrom }) => [
      selectFrom('online_assessments.sittings as s')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('s.session_id', '=', 'online_assessments.sessions.id')
        .where('s.state', '<>', 'cancelled')
        .as('seats'),
      selectFrom('online_assessments.sittings as s')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('s.session_id', '=', 'online_assessments.sessions.id')
        .where('s.ended_at', 'is not', null)
        .as('finished'),
    ])
    .orderBy('starts_at', 'desc')
    .orderBy('id')
    .limit(filter.limit ?? 200);
  if (reader.identity.centreId) query = query.where('centre_id', '=', reader.identity.centreId);
  if (filter.states) query = query.where('state', 'in', [...filter.states]);
  if (filter.from) query = query.where('starts_at', '>=', filter.from);
  if (filter.to) query = query.where('starts_at', '<', filter.to);
  const rows = await query.execute();
  return rows.map((row) => ({ ...session(row), seats: Number(row.seats ?? 0), finished: Number(row.finished ?? 0) }));
}

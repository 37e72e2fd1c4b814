/**
 * Checks the ledger of answers against what the seats sent and were told: the invariants I1 to I10 of the delivery
 * protocol. Reads as the superuser, so that no policy hides a fault. Runs after every fault test.
 */
import { createHash } from 'node:crypto';
import pg from 'pg';
import type { RoleNames } from '#platform/database/roles.ts';
import type { ItemContent, ItemKey } from '#qti';
import { scoreLog } from '../../src/systems/online-assessments/close-sitting/score.ts';
import { eventText } from '../../src/systems/online-assessments/protocol/wire.ts';
import type { Paper } from '../../src/systems/online-assessments/start-sitting/paper.ts';
import type { SeatLog } from './seat-client.ts';

interface StoredEvent {
  sitting_id: string;
  epoch: number;
  seq: number;
  kind: string;
  item: number;
  value: string;
  monotonic_ms: number;
  previous: Buffer;
  head: Buffer;
  at: Date;
}

interface StoredSitting {
  id: string;
  centre_id: string;
  state: string;
  epoch: number;
  last_seq: number;
  head: Buffer;
  allowed_ms: number;
  deadline_at: Date | null;
  late_until: Date | null;
  ended_at: Date | null;
}

export interface LedgerReport {
  readonly sittings: number;
  readonly stored: number;
  readonly receipts: number;
  /** One sentence for each breach, beginning with the invariant: "I1 ...". Empty when all is well. */
  readonly problems: readonly string[];
}

/** `logs`: what the seats know; sittings in the database that have no log are checked for what needs none. */
export async function checkLedger(databaseUrl: string, logs: readonly SeatLog[] = []): Promise<LedgerReport> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const sittings = (
      await client.query<StoredSitting>(
        `select id, centre_id, state, epoch, last_seq, head, allowed_ms, deadline_at, late_until, ended_at
         from online_assessments.sittings where started_at is not null order by id`,
      )
    ).rows;
    const events = (
      await client.query<StoredEvent>('select * from online_assessments.answers order by sitting_id, seq')
    ).rows;
    const bySitting = Map.groupBy(events, (event) => event.sitting_id);
    const problems: string[] = [];
    for (const sitting of sittings) checkChain(sitting, bySitting.get(sitting.id) ?? [], problems);
    const known = new Set(sittings.map(({ id }) => id));
    for (const id of bySitting.keys())
      if (!known.has(id)) problems.push(`I2 events are stored for ${id}, which never started`);
    for (const log of logs) checkLog(log, bySitting.get(log.sittingId) ?? [], problems);
    await checkResults(client, problems);
    await checkStates(client, problems);
    await checkCentres(client, problems);
    const receipts = logs.reduce((sum, log) => sum + log.receipts.length, 0);
    return { sittings: sittings.length, stored: events.length, receipts, problems };
  } finally {
    await client.end();
  }
}

const place = (event: { epoch: number; seq: number }) => `${event.epoch}/${event.seq}`;

/** I3, I4, I5, I6, and that the sitting's own head and place are those of its last event. */
function checkChain(sitting: StoredSitting, events: readonly StoredEvent[], problems: string[]): void {
  let head = createHash('sha256').update(sitting.id).digest();
  let [seq, epoch] = [0, 0];
  for (const event of events) {
    if (event.seq !== seq + 1) problems.push(`I3 ${sitting.id}: place ${event.seq} follows ${seq}`);
    if (event.epoch < epoch || event.epoch > sitting.epoch)
      problems.push(`I5 ${sitting.id}: epoch ${event.epoch} at place ${event.seq}`);
    if (!event.previous.equals(head)) problems.push(`I4 ${sitting.id}: place ${event.seq} does not continue the chain`);
    head = headOf(event);
    if (!event.head.equals(head)) problems.push(`I4 ${sitting.id}: the hash at place ${event.seq} is wrong`);
    const until =
      sitting.late_until?.getTime() ??
      (sitting.deadline_at ? sitting.deadline_at.getTime() + 600_000 : Number.POSITIVE_INFINITY);
    if (event.at.getTime() > until)
      problems.push(`I6 ${sitting.id}: place ${event.seq} was taken after the deadline and grace`);
    if (event.monotonic_ms > sitting.allowed_ms)
      problems.push(`I6 ${sitting.id}: place ${event.seq} is stamped after the time`);
    if (sitting.ended_at && event.at > sitting.ended_at)
      problems.push(`I9 ${sitting.id}: place ${event.seq} was stored after the end`);
    seq = event.seq;
    epoch = event.epoch;
  }
  if (sitting.last_seq !== seq)
    problems.push(`I4 ${sitting.id}: the sitting says ${sitting.last_seq} events, ${seq} are stored`);
  if (!sitting.head.equals(head)) problems.push(`I4 ${sitting.id}: the sitting's head is not that of its last event`);
}

function headOf(event: StoredEvent) {
  const text = eventText(event.sitting_id, event.epoch, {
    seq: event.seq,
    kind: event.kind as 'answer',
    item: event.item,
    value: event.value,
    monotonicMs: Number(event.monotonic_ms),
  });
  return createHash('sha256').update(event.previous).update(text, 'utf8').digest();
}

/** I1, I2, I7. */
function checkLog(log: SeatLog, events: readonly StoredEvent[], problems: string[]): void {
  const stored = new Map(events.map((event) => [place(event), event]));
  for (const receipt of log.receipts) {
    const event = stored.get(place(receipt));
    if (!event) problems.push(`I1 ${log.sittingId}: place ${place(receipt)} was confirmed and is not stored`);
    else if (headOf(event).toString('base64url') !== receipt.head)
      problems.push(`I7 ${log.sittingId}: the receipt of ${place(receipt)} names another head`);
    else if (event.at.toISOString() !== receipt.at)
      problems.push(`I7 ${log.sittingId}: the receipt of ${place(receipt)} names another time`);
    if (events.filter(({ seq }) => seq <= receipt.seq).length !== receipt.seq)
      problems.push(`I1 ${log.sittingId}: something before the confirmed place ${place(receipt)} is not stored`);
  }
  const sent = new Map<string, Set<string>>();
  const digest = (event: { kind: string; item: number; value: string; head: string }) =>
    `${event.kind}|${event.item}|${event.value}|${event.head}`;
  for (const event of log.sent) {
    const at = sent.get(place(event)) ?? new Set();
    sent.set(place(event), at.add(digest(event)));
  }
  for (const event of events) {
    const same = sent.get(place(event))?.has(digest({ ...event, head: event.head.toString('base64url') }));
    if (!same) problems.push(`I2 ${log.sittingId}: place ${place(event)} is stored and was never sent like that`);
  }
}

/** I8: every result of version 1 is what the log, the paper and the keys give. And I9: of the log as it stands. */
async function checkResults(client: pg.Client, problems: string[]): Promise<void> {
  const { rows } = await client.query<{
    sitting_id: string;
    score: number;
    maximum: number;
    pass_mark: number;
    passed: boolean;
    topics: unknown;
    log_head: Buffer;
    head: Buffer;
    paper: Paper;
  }>(`select r.sitting_id, r.score, r.maximum, r.pass_mark, r.passed, r.topics, r.log_head, s.head, p.paper
    from online_assessments.results r join online_assessments.sittings s on s.id = r.sitting_id
    join online_assessments.sitting_papers p on p.sitting_id = s.id where r.version = 1`);
  for (const row of rows) {
    if (!row.log_head.equals(row.head)) problems.push(`I9 ${row.sitting_id}: the log changed after it was marked`);
    const ids = row.paper.questions.map(({ itemVersionId }) => itemVersionId);
    const items = await client.query<{ id: string; content: ItemContent; key: ItemKey }>(
      'select v.id, v.content, k.key from online_assessments.item_versions v join online_assessments.item_keys k on k.item_version_id = v.id where v.id = any ($1)',
      [ids],
    );
    const log = await client.query<{ item: number; value: string }>(
      `select item, value from online_assessments.answers where sitting_id = $1 and kind = 'answer' order by seq`,
      [row.sitting_id],
    );
    const { score } = scoreLog({
      paper: row.paper,
      contents: new Map(items.rows.map(({ id, content }) => [id, content])),
      keys: new Map(items.rows.map(({ id, key }) => [id, key])),
      log: log.rows,
      passMark: row.pass_mark,
    });
    if (score.score !== row.score || score.max !== row.maximum || score.passed !== row.passed)
      problems.push(
        `I8 ${row.sitting_id}: the result says ${row.score} of ${row.maximum}, the log gives ${score.score} of ${score.max}`,
      );
  }
}

/** I9: what is closed never opens again; and one released result for each sitting that says so. */
async function checkStates(client: pg.Client, problems: string[]): Promise<void> {
  const reopened = await client.query<{ sitting_id: string }>(`
    select distinct a.sitting_id from online_assessments.sitting_states a join online_assessments.sitting_states b
      on b.sitting_id = a.sitting_id and b.id > a.id
    where a.to_state in ('handed_in', 'timed_out', 'ended_by_invigilator', 'marked', 'released', 'held', 'void')
      and b.to_state in ('booked', 'checked_in', 'running', 'paused')`);
  for (const { sitting_id } of reopened.rows) problems.push(`I9 ${sitting_id}: it was closed and opened again`);
  const half = await client.query<{ id: string; state: string }>(`
    select s.id, s.state from online_assessments.sittings s where s.state in ('handed_in', 'timed_out', 'ended_by_invigilator', 'marked')
    union all
    select s.id, s.state from online_assessments.sittings s where s.state = 'released' and not exists (
      select from online_assessments.results r where r.sitting_id = s.id and r.released_at is not null)
    union all
    select s.id, s.state from online_assessments.sittings s where s.state in ('released', 'held') and not exists (
      select from online_assessments.submission_receipts r where r.sitting_id = s.id)`);
  for (const { id, state } of half.rows) problems.push(`I8 ${id}: it was left half closed, as ${state}`);
}

/** I10: no centre reads an event of another one. */
async function checkCentres(client: pg.Client, problems: string[]): Promise<void> {
  const roles = (await client.query('select roles from public.installation')).rows[0].roles as RoleNames;
  const centres = (await client.query<{ id: string }>('select id from centres_hub.centres')).rows;
  for (const { id } of centres) {
    const all = await client.query<{ id: string }>('select id from online_assessments.sittings where centre_id = $1', [
      id,
    ]);
    const own = new Set(all.rows.map((row) => row.id));
    await client.query('begin');
    try {
      await client.query(`select set_config('role', $1, true), set_config('imi.centre_id', $2, true)`, [
        roles.centre,
        id,
      ]);
      const seen = await client.query<{ sitting_id: string }>(
        'select distinct sitting_id from online_assessments.answers',
      );
      for (const { sitting_id } of seen.rows)
        if (!own.has(sitting_id))
          problems.push(`I10 the centre ${id} reads events of ${sitting_id}, which is another centre's`);
    } finally {
      await client.query('rollback');
    }
  }
}

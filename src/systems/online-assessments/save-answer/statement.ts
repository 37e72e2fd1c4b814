/**
 * The statement that saves: one for many sittings at once (delivery rule 5, group commit). It runs as the role
 * `delivery`, which may do nothing else.
 *
 * Each run (one request of one seat) gets a verdict. `repeat` is settled by a second look-up: a statement that meets a
 * row somebody else has just committed sees the new head of the sitting, but not the rows of that commit.
 */

import { GRACE_MS, OFFLINE_AFTER_MS, OFFLINE_GRACE_MS, PAUSE_NOTICE_MS } from '../sitting/time.ts';

/** The rule `graceEnd` of sitting/time.ts, for the row `alias`. */
const graceEnd = (alias: string) => `coalesce(${alias}.late_until, ${alias}.deadline_at + case
      when ${alias}.seen_at is null or ${alias}.seen_at < ${alias}.deadline_at - interval '${OFFLINE_AFTER_MS} milliseconds'
      then interval '${OFFLINE_GRACE_MS} milliseconds' else interval '${GRACE_MS} milliseconds' end)`;

const text = (lock: string) => `
with runs as (
  select * from unnest($1::uuid[], $2::int[], $3::text[]) as r(sitting_id, run_epoch, token)
), incoming as materialized (
  select sitting_id, seq, kind, item, value, monotonic_ms, decode(previous, 'hex') as previous, decode(head, 'hex') as head
  from unnest($4::uuid[], $5::int[], $6::text[], $7::int[], $8::text[], $9::bigint[], $10::text[], $11::text[])
    as e(sitting_id, seq, kind, item, value, monotonic_ms, previous, head)
), locked as materialized (
  select s.id, s.state, s.epoch, s.seat_token_hash, s.allowed_ms, s.used_ms, s.running_since, s.deadline_at, s.late_until, s.last_seq, s.head, s.seen_at
  from online_assessments.sittings s where s.id = any ($1::uuid[]) order by s.id for no key update ${lock}
), lease as (
  select l.*, r.run_epoch,
    coalesce(l.epoch = r.run_epoch and l.seat_token_hash = decode(r.token, 'hex'), false) as holds,
    ${graceEnd('l')} as grace_end,
    case l.state when 'running' then l.allowed_ms when 'paused' then least(l.allowed_ms, l.used_ms + ${PAUSE_NOTICE_MS}) end as stamp_limit
  from locked l join runs r on r.sitting_id = l.id
), checked as (
  select i.*, l.last_seq, l.stamp_limit,
    i.head = sha256(i.previous || convert_to(
      concat_ws('|', i.sitting_id, l.run_epoch, i.seq, i.kind, i.item, i.monotonic_ms, i.value), 'UTF8')) as fits,
    coalesce(lag(i.head) over sitting = i.previous, row_number() over sitting = 1) as linked
  from incoming i join lease l on l.id = i.sitting_id
  window sitting as (partition by i.sitting_id order by i.seq)
), summary as (
  select sitting_id, min(seq) as first_seq, max(seq) as final_seq, bool_and(fits and linked) as whole,
    (array_agg(previous) filter (where seq = last_seq + 1))[1] as joins_at,
    min(seq) filter (where seq > last_seq and monotonic_ms > stamp_limit) as first_after_time
  from checked group by sitting_id
), verdicts as (
  select l.*, s.final_seq, coalesce(s.first_after_time - 1, s.final_seq) as take_to,
    case
      when not l.holds then 'lease_lost'
      when not s.whole then 'fork'
      when s.final_seq <= l.last_seq then 'repeat'
      when l.state not in ('running', 'paused') then 'closed'
      when s.first_seq > l.last_seq + 1 then 'gap'
      when s.joins_at is distinct from l.head then 'fork'
      when l.grace_end < $12::timestamptz then 'late'
      when s.first_after_time = l.last_seq + 1 then case l.state when 'paused' then 'paused' else 'late' end
      else 'take'
    end as verdict
  from lease l join summary s on s.sitting_id = l.id
), taken as (
  insert into online_assessments.answers (sitting_id, epoch, seq, kind, item, value, monotonic_ms, previous, head, at)
  select c.sitting_id, v.epoch, c.seq, c.kind, c.item, c.value, c.monotonic_ms, c.previous, c.head, $12::timestamptz
  from checked c join verdicts v on v.id = c.sitting_id
  where v.verdict = 'take' and c.seq between v.last_seq + 1 and v.take_to
  returning sitting_id, seq, head, at
), moved as (
  update online_assessments.sittings s
  set last_seq = v.take_to, head = t.head, seen_at = $12::timestamptz,
    late_until = case when v.deadline_at < $12::timestamptz then v.grace_end else v.late_until end
  from verdicts v join taken t on t.sitting_id = v.id and t.seq = v.take_to
  where s.id = v.id
)
select v.id, v.verdict, v.state, v.allowed_ms, v.used_ms, v.running_since, v.final_seq, v.take_to,
  case v.verdict when 'take' then v.take_to else v.last_seq end as last_seq,
  encode(coalesce(t.head, v.head), 'hex') as head, t.at
from verdicts v left join taken t on t.sitting_id = v.id and t.seq = v.take_to`;

/** Rows locked by somebody else are left out, so that one slow sitting does not hold up everybody's batch. */
export const SAVE_BATCH = { name: 'save_batch', text: text('skip locked') };
/** The retry of what was left out: waits for the row, for `lock_timeout` at most. */
export const SAVE_ALONE = { name: 'save_alone', text: text('') };

/** Stored rows by their places: the answer to a repeat. */
export const STORED = {
  name: 'stored_events',
  text: `select a.sitting_id, a.epoch, a.seq, encode(a.head, 'hex') as head, a.at
    from unnest($1::uuid[], $2::int[], $3::int[]) as w(sitting_id, epoch, seq)
    join online_assessments.answers a on a.sitting_id = w.sitting_id and a.epoch = w.epoch and a.seq = w.seq`,
};

/** Keeps events that were refused, outside the chain; sent again they stay one. At most 5,000 a sitting. */
export const HOLD = {
  name: 'hold_events',
  text: `insert into online_assessments.held_events (centre_id, sitting_id, epoch, seq, event, why, received_at)
    select $1, $2, $3, (e ->> 'seq')::int, e, $5, $6 from jsonb_array_elements($4::jsonb) as e
    where (select count(*) from online_assessments.held_events h where h.sitting_id = $2) < 5000
    on conflict do nothing returning id`,
};

export const REPORT = {
  name: 'report_incident',
  text: `insert into online_assessments.incidents (centre_id, sitting_id, kind, detail, at) values ($1, $2, $3, $4, $5)`,
};

/** A sign of life of many seats at once. The clock is read even where the row is locked; the sign then counts next time. */
export const PULSE = {
  name: 'pulse_batch',
  text: `
with runs as (
  select * from unnest($1::uuid[], $2::int[], $3::text[], $4::int[]) as r(sitting_id, run_epoch, token, left_window)
), locked as materialized (
  select s.id from online_assessments.sittings s where s.id = any ($1::uuid[]) order by s.id for no key update skip locked
), moved as (
  update online_assessments.sittings s
  set seen_at = $5::timestamptz, left_window_count = s.left_window_count + r.left_window,
    late_until = case when s.deadline_at < $5::timestamptz then ${graceEnd('s')} else s.late_until end
  from locked l join runs r on r.sitting_id = l.id
  where s.id = l.id and s.epoch = r.run_epoch and s.seat_token_hash = decode(r.token, 'hex') and s.state in ('checked_in', 'running', 'paused')
)
select s.id, s.state, s.allowed_ms, s.used_ms, s.running_since, s.last_seq, encode(s.head, 'hex') as head,
  coalesce(s.epoch = r.run_epoch and s.seat_token_hash = decode(r.token, 'hex'), false) as holds
from runs r join online_assessments.sittings s on s.id = r.sitting_id`,
};

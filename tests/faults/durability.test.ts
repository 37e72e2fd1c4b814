/** Saved means saved, in short: the long form is `npm run test:faults -- R1 | R2 | R9 | controls`. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { receiptText } from '../../src/systems/online-assessments/protocol/wire.ts';
import { databaseThatAnswersEarly, sentIsNotSaved } from './controls.ts';
import { compareReceipts, cutReplies } from './cut-replies.ts';
import { fillDiskUnderLoad } from './full-disk.ts';
import { killUnderLoad, scheduleOf } from './kills.ts';
import { type ClientFiles, compareSaves, faultsIn, type StoredRow } from './load/check-confirmed.ts';
import { type ExamDay, startExamDay } from './load/exam-day.ts';
import { cannotMount } from './small-disk.ts';

const LINUX = process.platform === 'linux' ? false : 'processes are looked at through /proc, which only Linux has';
const TIMEOUT = 180_000;

describe('the checker', () => {
  const row = (seq: number, changes: Partial<StoredRow> = {}): StoredRow => ({
    sittingId: 's',
    epoch: 1,
    seq,
    item: seq,
    value: 'A',
    monotonicMs: seq * 10,
    head: `head${seq}`,
    ...changes,
  });
  const rows = [1, 2, 3, 4].map((seq) => row(seq));
  const files: ClientFiles = {
    intents: new Map([['s', rows]]),
    acks: new Map([['s', rows.map(({ seq, head }) => ({ seq, head, at: '' }))]]),
  };
  const found = (stored: readonly StoredRow[], given = files) => {
    const { acked: _, stored: __, ...lists } = compareSaves(given, stored);
    return Object.entries(lists)
      .filter(([, list]) => list.length > 0)
      .map(([name]) => name);
  };

  it('finds nothing where nothing is wrong, also when more is stored than was confirmed', () => {
    assert.deepEqual(found(rows), []);
    assert.deepEqual(found(rows, { ...files, acks: new Map() }), []);
  });
  it('finds each thing that can go wrong', () => {
    assert.deepEqual(found(rows.slice(0, 3)), ['lost']);
    assert.deepEqual(found([...rows, row(5)]), ['phantom']);
    assert.deepEqual(found(rows.with(1, row(2, { value: 'B' }))), ['phantom']);
    assert.deepEqual(found(rows.with(3, row(4, { head: 'other' }))), ['lost', 'phantom']);
    assert.ok(found([...rows, row(4, { epoch: 2 })]).includes('duplicated'));
    assert.ok(found([...rows, row(5, { item: 4, monotonicMs: 40 })]).includes('duplicated'));
    assert.ok(
      found([rows[0], row(2, { monotonicMs: 30 }), row(3, { monotonicMs: 20 }), rows[3]] as StoredRow[]).includes(
        'reordered',
      ),
    );
    const swapped = new Map([['s', [2, 1].map((seq) => ({ seq, head: `head${seq}`, at: '' }))]]);
    assert.deepEqual(found(rows, { ...files, acks: swapped }), ['reordered']);
  });
  it('tells a retry with the same signed content from one with any other', () => {
    const receipt = { sittingId: 's', epoch: 1, seq: 1, head: 'h', at: '2026-01-01T00:00:00.000Z' };
    const cut = [JSON.stringify({ receipt })];
    const compared = (changes: Partial<typeof receipt>) =>
      compareReceipts(cut, new Map([['s 1', receiptText({ ...receipt, ...changes })]]));
    assert.equal(compared({}).same, 1);
    assert.equal(compared({ at: '2026-01-01T00:00:00.001Z' }).different.length, 1);
    assert.deepEqual(compareReceipts(cut, new Map()).unanswered, ['s 1']);
  });
  it('draws the same schedule from the same seed', () => {
    const plan = { serverKills: 10, databaseKills: 10, saves: 0, sittings: 0, seed: 7 };
    assert.deepEqual(scheduleOf(plan), scheduleOf(plan));
    assert.notDeepEqual(scheduleOf(plan), scheduleOf({ ...plan, seed: 8 }));
    assert.equal(scheduleOf(plan).filter((kill) => kill === 'server').length, 10);
  });
});

describe('saved means saved', { skip: LINUX }, () => {
  let day: ExamDay;
  before(async () => {
    day = await startExamDay({ sittings: 1000 });
  });
  after(() => day.end());

  it('2 kills of the server and 2 of PostgreSQL under load lose, double and reorder nothing', {
    timeout: TIMEOUT,
  }, async (test) => {
    const seed = Date.now() % 1_000_000;
    test.diagnostic(`seed ${seed}`);
    const plan = { serverKills: 2, databaseKills: 2, saves: 1500, sittings: 200, seed };
    const report = await killUnderLoad(plan, day);
    assert.deepEqual(faultsIn(report.checked), []);
    assert.ok(report.checked.acked >= 1500, `only ${report.checked.acked} were confirmed`);
    assert.ok(report.failed > 0, 'nothing was on its way when the processes were killed');
    assert.deepEqual(report.refusals, [], 'a seat may wait, and is never refused');
    assert.equal(report.restarts, 2, `the server must outlive its database: ${report.printed}`);
    test.diagnostic(
      `${report.checked.acked} confirmed; first save after, ms: server ${report.serverRecoveries}, PostgreSQL ${report.databaseRecoveries}`,
    );
  });

  it('an answer cut off after its commit is confirmed again with the same signed content', {
    timeout: TIMEOUT,
  }, async () => {
    const report = await cutReplies({ cuts: 150, sittings: 128 }, day);
    assert.deepEqual(faultsIn(report.checked), []);
    assert.ok(report.cut >= 150, `only ${report.cut} were cut off`);
    assert.deepEqual(report.different, []);
    assert.deepEqual(report.unanswered, []);
    assert.equal(report.same, report.cut);
  });

  it('the control: a seat that believes what it merely sent loses answers', { timeout: TIMEOUT }, async () => {
    const [checked] = await sentIsNotSaved({ kills: 1, sittings: 200 }, day);
    assert.ok((checked?.lost.length ?? 0) > 0, 'the checker found nothing, so it proves nothing');
  });

  it('the control: a database that answers before it writes loses confirmed answers, and the server will not start on it', {
    timeout: TIMEOUT,
  }, async () => {
    const { checked, startSays } = await databaseThatAnswersEarly({ sittings: 400 }, day);
    assert.ok(checked.lost.length > 0, 'nothing was lost: kills of PostgreSQL prove nothing here');
    assert.match(startSays, /synchronous_commit is off/);
  });
});

it('a full disk: nothing is called saved that is not, and saving goes on when there is room again', {
  timeout: TIMEOUT,
  skip: LINUX,
}, async (test) => {
  const why = await cannotMount();
  if (why) return test.skip(why);
  const report = await fillDiskUnderLoad({ sittings: 128, saves: 300, fullMs: 1000 });
  assert.deepEqual(faultsIn(report.checked), []);
  assert.ok(report.failed > 0, 'nothing was refused, so the disk was not full');
  assert.ok(report.ackedAfter >= 300);
  assert.ok(report.recoveryMs <= 10_000, `the first save came ${report.recoveryMs} ms after there was room`);
  test.diagnostic(`${report.disk}; first save ${report.recoveryMs} ms after there was room`);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BoardSeat } from '../board/board.ts';
import { SITTING_STATES } from '../sitting/states.ts';
import { GROUPS, needsOf, seatState, sinceInWords, timesInWords } from './seat-state.ts';

const now = new Date('2026-11-23T10:02:14Z');
const seat = (changes: Partial<BoardSeat> = {}): BoardSeat => ({
  sittingId: 's',
  seat: 3,
  name: 'Callum Reid',
  candidateNumber: '12345678',
  test: 'Electrical systems',
  state: 'running',
  arrived: true,
  online: true,
  seenAt: now,
  answered: 12,
  flagged: 0,
  questions: 30,
  remainingMs: 1_922_000,
  extraTimePercent: 0,
  addedSeconds: 0,
  leftWindowCount: 0,
  leftWindowSeen: 0,
  changedAt: new Date('2026-11-23T09:58:00Z'),
  changedBy: 'me',
  heldEvents: 0,
  heldSeen: 0,
  incidents: 0,
  result: null,
  ...changes,
});
const say = (changes: Partial<BoardSeat> = {}, viewer: string | null = null) => seatState(seat(changes), now, viewer);

describe('a seat on the board', () => {
  it('is quiet while all is well', () => {
    assert.deepEqual(say(), {
      group: 'working',
      needs: [],
      tone: 'working',
      state: 'Online',
      stateIcon: 'wifi',
      time: { text: '32:02', left: true },
      remark: '',
    });
    assert.equal(say({ flagged: 2, extraTimePercent: 25 }).remark, '2 flagged, 25% extra time');
  });
  it('is loud when it is offline, and says since when', () => {
    const away = say({ online: false, seenAt: new Date(now.getTime() - 130_000) });
    assert.deepEqual([away.group, away.tone, away.state], ['check', 'bad', 'Offline']);
    assert.equal(away.remark, 'Offline 2 min, answers kept');
  });
  it('asks for a look when the window was left, until somebody looked, and again at the next time', () => {
    assert.equal(say({ leftWindowCount: 2 }).remark, 'Left the test window twice');
    assert.equal(say({ leftWindowCount: 2 }).group, 'check');
    assert.equal(say({ leftWindowCount: 2, leftWindowSeen: 2 }).group, 'working');
    assert.equal(say({ leftWindowCount: 3, leftWindowSeen: 2 }).group, 'check');
  });
  it('waits for the identity check once somebody has arrived, and is away before', () => {
    assert.deepEqual(needsOf(seat({ state: 'booked' })), ['identity']);
    assert.equal(say({ state: 'booked', arrived: false, online: null, remainingMs: null }).remark, 'Not arrived');
    assert.equal(say({ state: 'absent', arrived: false }).state, 'Absent');
  });
  it('says who paused, and does not ask for a look at a paused seat that is switched off', () => {
    assert.equal(say({ state: 'paused' }, 'me').remark, 'Paused by you 09:58');
    assert.equal(say({ state: 'paused', online: false }, 'other').remark, 'Paused 09:58');
    assert.equal(say({ state: 'paused', online: false }).group, 'paused');
  });
  it('shows the result when it is released, and never a window left after the end', () => {
    const passed = say({ state: 'released', leftWindowCount: 4, result: { score: 27, maximum: 30, passed: true } });
    assert.deepEqual([passed.group, passed.tone, passed.remark], ['finished', 'done', 'Pass, 27 of 30']);
    assert.equal(
      say({ state: 'released', result: { score: 9, maximum: 30, passed: false } }).remark,
      'Not yet, 9 of 30',
    );
    assert.equal(say({ state: 'handed_in' }).remark, '');
    assert.equal(say({ state: 'held' }).remark, 'Result held: it is checked');
    assert.deepEqual(say({ state: 'released', heldEvents: 1 }).needs, ['held']);
    assert.equal(say({ state: 'timed_out' }).time?.text, 'Time over');
  });
  it('has a group and words in every state', () => {
    for (const state of SITTING_STATES) {
      const shown = say({ state, online: null });
      assert.ok(GROUPS.includes(shown.group), state);
      assert.ok(shown.state.length > 0, state);
    }
  });
});

it('counts in words', () => {
  assert.deepEqual([1, 2, 3].map(timesInWords), ['once', 'twice', '3 times']);
  assert.equal(sinceInWords(new Date(now.getTime() - 40_000), now), '40 s');
  assert.equal(sinceInWords(now, new Date(now.getTime() - 1)), '0 s');
});

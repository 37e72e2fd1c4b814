import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { noticeTransition, standingOn } from './notice-state.ts';

test('draft, published, ended, and no way back', () => {
  const to = (...given: Parameters<typeof noticeTransition>) => {
    const moved = noticeTransition(...given);
    return moved.ok ? moved.state : 'refused';
  };
  assert.equal(to('draft', 'publish', true), 'published');
  assert.equal(to('published', 'end', false), 'ended');
  assert.equal(to('published', 'correct', false), 'published');
  assert.equal(to('published', 'publish', true), 'published', 'a correction');
  for (const [state, act, draft] of [
    ['draft', 'end', true],
    ['draft', 'correct', true],
    ['published', 'publish', false],
    ['published', 'change', false],
    ['published', 'end', true],
    ['published', 'correct', true],
    ['ended', 'publish', true],
    ['ended', 'correct', false],
    ['ended', 'end', false],
  ] as const)
    assert.equal(to(state, act, draft), 'refused', `${state} ${act}`);
});

test('dates begin and end at midnight in London, also in summer', () => {
  const notice = { state: 'published', showsFrom: '2026-07-01', showsUntil: '2026-07-02' } as const;
  const at = (moment: string) => standingOn(notice, dayInLondon(new Date(moment)));
  assert.equal(at('2026-06-30T22:59:59Z'), 'to_come');
  assert.equal(at('2026-06-30T23:00:00Z'), 'shown');
  assert.equal(at('2026-07-02T22:59:59Z'), 'shown');
  assert.equal(at('2026-07-02T23:00:00Z'), 'run_out');
  assert.equal(standingOn({ ...notice, showsUntil: null }, '2030-01-01'), 'shown');
  assert.equal(standingOn({ ...notice, state: 'ended' }, '2026-07-01'), 'ended');
});

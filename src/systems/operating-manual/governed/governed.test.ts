import assert from 'node:assert/strict';
import { test } from 'node:test';
import { governs, joinGoverned } from './governed.ts';

const GOVERNED = [
  { path: '/sessions', name: 'Sessions', section: '5.2' },
  { path: '/sessions/:session/incident', name: 'Incidents', section: '1.10' },
  { path: '/candidates', name: 'Candidates', section: '4.1' },
];

test('the longest path that begins the address governs the page, in whole segments', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['/candidates', '4.1'],
    ['/candidates?status=late', '4.1'],
    ['/candidates/0190/register', '4.1'],
    ['/candidates-of-others', undefined],
    ['/sessions/0190/board', '5.2'],
    ['/sessions/0190/incident', '1.10'],
    ['/sessions/incident', '5.2'],
    ['/', undefined],
  ];
  for (const [address, section] of cases) assert.equal(governs(GOVERNED, address)?.section, section, address);
});

test('a section that the manual does not have is an error at the start', () => {
  assert.throws(() => joinGoverned([{ path: '/x', name: 'X', section: '9.9' }]), /names section 9\.9/);
});

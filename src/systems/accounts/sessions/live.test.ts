import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role } from '#platform/permissions/capabilities.ts';
import { actingAmong, isLive, type MembershipRow, organisationsOf } from './live.ts';

const now = new Date('2026-11-20T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const session = (seen: number, roles: Role[], more = {}) => ({
  status: 'active',
  seen_at: minutesAgo(seen),
  expires_at: new Date('2026-11-20T13:00:00Z'),
  ended_at: null,
  memberships: roles.map((role) => ({ role })),
  ...more,
});

test('staff sessions end after 15 idle minutes, others after 60', () => {
  assert.equal(isLive(session(15, ['coordinator']), now), true);
  assert.equal(isLive(session(16, ['coordinator']), now), false);
  assert.equal(isLive(session(16, ['candidate', 'invigilator']), now), false);
  assert.equal(isLive(session(16, ['candidate']), now), true);
  assert.equal(isLive(session(60, []), now), true);
  assert.equal(isLive(session(61, []), now), false);
});

test('a session that ended, expired, or whose person is suspended does not hold', () => {
  assert.equal(isLive(session(1, [], { ended_at: minutesAgo(1) }), now), false);
  assert.equal(isLive(session(1, [], { expires_at: now }), now), false);
  assert.equal(isLive(session(1, [], { status: 'suspended' }), now), false);
});

const row = (organisationId: string, role: Role, more: Partial<MembershipRow> = {}): MembershipRow => ({
  organisationId,
  kind: 'centre',
  number: '04417',
  name: organisationId,
  features: [],
  role,
  activated: true,
  ...more,
});

test('roles are grouped by organisation; one that does not belong there gives nothing', () => {
  const found = organisationsOf([
    row('a', 'coordinator', { activated: false }),
    row('a', 'candidate'),
    row('b', 'officer'),
    row('c', 'officer', { kind: 'awarding_body' }),
    row('c', 'assessor', { kind: 'awarding_body' }),
  ]);
  assert.deepEqual(
    found.map(({ organisationId, roles, activated }) => ({ organisationId, roles, activated })),
    [
      { organisationId: 'a', roles: ['coordinator', 'candidate'], activated: false },
      { organisationId: 'c', roles: ['officer'], activated: true },
    ],
  );
});

test('one acts for the chosen organisation while one belongs to it, else for one that is open', () => {
  const list = organisationsOf([row('a', 'coordinator', { activated: false }), row('b', 'iqa')]);
  assert.equal(actingAmong(list, 'a')?.organisationId, 'a');
  assert.equal(actingAmong(list, 'gone')?.organisationId, 'b');
  assert.equal(actingAmong(list, null)?.organisationId, 'b');
  assert.equal(actingAmong([], 'a'), null);
});

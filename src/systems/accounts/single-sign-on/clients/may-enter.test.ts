import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Acting } from '#platform/permissions/principal.ts';
import { type EntryRule, obstacleTo } from './may-enter.ts';

const centre: Acting = {
  organisationId: 'c1',
  kind: 'centre',
  number: '04417',
  name: 'Northgate',
  roles: ['assessor'],
  features: [],
  activated: true,
};
const body: Acting = { ...centre, organisationId: 'b', kind: 'awarding_body', number: '00001', roles: ['officer'] };
const given = { setUp: true, given: true, required: true };
const rule: EntryRule = { status: 'on', audience: 'all_centres', centres: new Set(), roles: ['assessor', 'iqa'] };

test('whoever has one of the roles at an organisation of the audience may enter', () => {
  assert.equal(obstacleTo(rule, { acting: centre, secondFactor: given }), null);
  const chosen: EntryRule = { ...rule, audience: 'chosen_centres', centres: new Set(['c1']) };
  assert.equal(obstacleTo(chosen, { acting: centre, secondFactor: given }), null);
  const own: EntryRule = { ...rule, audience: 'awarding_body', roles: ['officer'] };
  assert.equal(obstacleTo(own, { acting: body, secondFactor: given }), null);
});

test('each obstacle is named', () => {
  const why = (change: Partial<EntryRule>, acting: Acting | null = centre, factor = given) =>
    obstacleTo({ ...rule, ...change }, { acting, secondFactor: factor });
  assert.equal(why({ status: 'off' }), 'switched-off');
  assert.equal(why({}, null), 'acts-for-nobody');
  assert.equal(why({}, { ...centre, activated: false }), 'centre-not-activated');
  assert.equal(why({}, centre, { ...given, given: false }), 'second-factor');
  assert.equal(why({ audience: 'chosen_centres', centres: new Set(['c2']) }), 'not-in-audience');
  assert.equal(why({ audience: 'awarding_body', roles: ['assessor'] }), 'not-in-audience');
  assert.equal(why({ roles: ['officer'] }, body), 'not-in-audience', 'all centres does not mean the awarding body');
  assert.equal(why({}, { ...centre, roles: ['candidate'] }), 'role');
});

test('a second factor stands in the way only where the roles require it', () => {
  const secondFactor = { setUp: false, given: false, required: false };
  assert.equal(obstacleTo(rule, { acting: centre, secondFactor }), null);
});

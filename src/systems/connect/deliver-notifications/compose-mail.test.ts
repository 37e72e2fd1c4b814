import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openingOf } from '../open-notification/open-notification.ts';
import { digestMail, type MailItem, notificationMail } from './compose-mail.ts';
import { digestDue } from './digest-time.ts';

const parts = { brandName: 'Brand', publicUrl: 'https://connect.example', name: 'Nora Field' };
const item: MailItem = {
  id: 'n1',
  subject: 'Claim returned',
  body: 'The claim came back.',
  because: 'you coordinate the centre',
  security: false,
  organisation: 'Northgate (centre 04417)',
};

test('a mail says what happened, then where, why, for whom and where to change it', () => {
  const { subject, body } = notificationMail(parts, item);
  assert.equal(subject, 'Claim returned');
  const order = [
    'The claim came back.',
    'https://connect.example/notifications/n1',
    'because you coordinate the centre, for Northgate (centre 04417)',
    'https://connect.example/notifications/preferences',
  ].map((text) => body.indexOf(text));
  assert.ok(
    order.every((at) => at >= 0),
    body,
  );
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
  const secure = notificationMail(parts, { ...item, security: true, organisation: null }).body;
  assert.match(secure, /cannot be switched off/);
  assert.doesNotMatch(secure, /preferences/);
});

test('a digest names each thing with its own reason and link', () => {
  const { subject, body } = digestMail(parts, '25 November 2026', [
    item,
    { ...item, id: 'n2', subject: 'Result', because: 'you took it' },
  ]);
  assert.equal(subject, 'Brand: 2 notifications, 25 November 2026');
  assert.match(
    body,
    /1\. Claim returned\n[\s\S]*because you coordinate[\s\S]*notifications\/n1[\s\S]*2\. Result\n[\s\S]*because you took it[\s\S]*notifications\/n2/i,
  );
});

test('the digest is due at seven in London, in winter and in summer', () => {
  const due = (moment: string) => {
    const { day, before } = digestDue(new Date(moment));
    return `${day} ${before.toISOString()}`;
  };
  assert.equal(due('2026-01-10T06:59:59Z'), '2026-01-09 2026-01-09T07:00:00.000Z');
  assert.equal(due('2026-01-10T07:00:00Z'), '2026-01-10 2026-01-10T07:00:00.000Z');
  assert.equal(due('2026-07-10T05:59:59Z'), '2026-07-09 2026-07-09T06:00:00.000Z');
  assert.equal(due('2026-07-10T06:00:00Z'), '2026-07-10 2026-07-10T06:00:00.000Z');
  // The night the clocks go back has 25 hours.
  assert.equal(due('2026-10-25T06:59:59Z'), '2026-10-24 2026-10-24T06:00:00.000Z');
  assert.equal(due('2026-10-25T07:00:00Z'), '2026-10-25 2026-10-25T07:00:00.000Z');
});

test('a notification opens, offers to switch, or says that its organisation is left', () => {
  const at = (organisationId: string) => ({ organisationId }) as never;
  const person = { acting: at('a'), organisations: [at('a'), at('b')] };
  assert.equal(openingOf({ organisationId: 'a', own: false }, person), 'go');
  assert.equal(openingOf({ organisationId: 'b', own: false }, person), 'switch');
  assert.equal(openingOf({ organisationId: 'c', own: false }, person), 'gone');
  assert.equal(openingOf({ organisationId: 'c', own: true }, person), 'go');
  assert.equal(openingOf({ organisationId: null, own: false }, { ...person, acting: null }), 'go');
});

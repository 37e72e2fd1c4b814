import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatClock, formatDate, formatDateTime, formatDay, formatTime, greeting } from './dates.ts';
import { formatCount, formatMoney, plural } from './numbers.ts';

describe('dates', () => {
  it('shows moments in London, in winter and in summer time', () => {
    assert.equal(formatDateTime(new Date('2026-11-20T10:21:00Z')), '20 November 2026 at 10:21');
    assert.equal(formatDateTime(new Date('2026-07-01T23:30:00Z')), '2 July 2026 at 00:30');
    assert.equal(formatTime(new Date('2026-07-01T09:02:14Z'), 'second'), '10:02:14');
  });
  it('names the year in lists only when it is another one', () => {
    const now = new Date('2026-11-23T09:00:00Z');
    assert.equal(formatDateTime(new Date('2026-11-25T13:30:00Z'), 'list', now), '25 Nov, 13:30');
    assert.equal(formatDateTime(new Date('2025-09-05T12:30:00Z'), 'list', now), '5 Sep 2025, 13:30');
  });
  it('leaves dates of law alone, and refuses what is none', () => {
    assert.equal(formatDate('2008-02-29'), '29 February 2008');
    assert.equal(formatDate('2026-09-04', 'list'), '4 Sep 2026');
    assert.throws(() => formatDate('4 September'), /YYYY-MM-DD/);
    assert.throws(() => formatDate('2026-13-01'), RangeError);
  });
  it('greets by the clock in London', () => {
    assert.equal(greeting(new Date('2026-07-01T10:59:00Z')), 'Good morning');
    assert.equal(greeting(new Date('2026-07-01T11:00:00Z')), 'Good afternoon');
    assert.equal(greeting(new Date('2026-07-01T17:00:00Z')), 'Good evening');
    assert.equal(formatDay(new Date('2026-11-23T09:00:00Z')), 'Monday 23 November');
  });
  it('counts down as a clock', () => {
    assert.equal(formatClock(1937), '32:17');
    assert.equal(formatClock(3900), '1:05:00');
    assert.equal(formatClock(-4), '00:00');
  });
});

describe('numbers', () => {
  it('shows pence as pounds', () => {
    assert.equal(formatMoney(140400), '£1,404.00');
    assert.equal(formatMoney(5), '£0.05');
    assert.equal(formatMoney(-3650), '-£36.50');
    assert.equal(formatMoney(123456789012n), '£1,234,567,890.12');
  });
  it('counts with the right word', () => {
    assert.equal(plural(1, 'candidate'), '1 candidate');
    assert.equal(plural(0, 'candidate'), '0 candidates');
    assert.equal(plural(1200, 'reply', 'replies'), '1,200 replies');
    assert.equal(formatCount(-1234), '-1,234');
    assert.equal(formatCount(999), '999');
  });
});

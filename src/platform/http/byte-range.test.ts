import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseRange } from './byte-range.ts';

test('a range header names a part of the file, all of it, or nothing that it has', () => {
  const size = 1000;
  const cases: [string | undefined, ReturnType<typeof parseRange>][] = [
    [undefined, 'whole'],
    ['', 'whole'],
    ['bytes=0-', { first: 0, last: 999 }],
    ['bytes=0-0', { first: 0, last: 0 }],
    ['bytes=200-499', { first: 200, last: 499 }],
    ['bytes=990-5000', { first: 990, last: 999 }],
    ['bytes=-100', { first: 900, last: 999 }],
    ['bytes=-5000', { first: 0, last: 999 }],
    ['bytes=-0', 'outside'],
    ['bytes=1000-', 'outside'],
    ['bytes=1000-1001', 'outside'],
    ['bytes=5-2', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['items=0-1', 'whole'],
    ['bytes=a-b', 'whole'],
    ['bytes=0x1-2', 'whole'],
  ];
  for (const [header, expected] of cases) assert.deepEqual(parseRange(header, size), expected, String(header));
});

test('whatever is asked, a part lies within the file', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1 }),
      fc.constantFrom('from', 'to', 'both'),
      (a, b, size, form) => {
        const range = parseRange(`bytes=${form === 'to' ? '' : a}-${form === 'from' ? '' : b}`, size);
        return typeof range === 'string' || (range.first >= 0 && range.first <= range.last && range.last < size);
      },
    ),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOrder } from './all-attention.ts';

test('by urgency either way; by date with those without one last', () => {
  const rows = [
    { name: 'a', urgency: 5, until: '2026-12-01' },
    { name: 'b', urgency: 1, until: null },
    { name: 'c', urgency: 3, until: new Date('2026-11-25T13:30:00Z') },
    { name: 'd', urgency: 2, until: null },
  ];
  const names = (...by: ['urgency' | 'until', 'asc' | 'desc']) =>
    inOrder(rows, ...by)
      .map(({ name }) => name)
      .join('');
  assert.equal(names('urgency', 'asc'), 'bdca');
  assert.equal(names('urgency', 'desc'), 'acdb');
  assert.equal(names('until', 'asc'), 'cabd');
  assert.equal(names('until', 'desc'), 'acbd');
});

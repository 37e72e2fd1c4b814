import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { inOrder, LIST_PAGE_SIZE, listFields, listOf, pageOf, withWords } from './list.ts';

const schema = z.object({
  centre: z.string().optional(),
  ...listFields(['due', 'title'], 'desc'),
  state: z.enum(['open', 'met']).optional().catch(undefined),
  show: z.enum(['shown', 'all']).catch('shown'),
  done: z.enum(['set']).optional().catch(undefined),
});
const asked = (query: string) => schema.parse(Object.fromEntries(new URLSearchParams(query)));
const list = (query: string) => listOf('/things', schema, asked(query));
const pageHref = (query: string, page: number) => {
  const { paging } = list(query).shown(200);
  assert.ok('total' in paging);
  return paging.href(page);
};

it('reads nonsense as nothing said', () => {
  const { sort, order, page, state } = asked('sort=colour&order=sideways&page=0&state=lost');
  assert.deepEqual({ sort, order, page, state }, { sort: 'due', order: 'desc', page: 1, state: undefined });
});

it('writes only what differs from the list that nobody has changed, and what was done but once', () => {
  assert.equal(pageHref('sort=due&order=desc&show=shown&done=set&page=3', 2), '/things?page=2');
  assert.equal(
    pageHref('sort=title&order=asc&centre=04417&q=gas&state=open', 2),
    '/things?centre=04417&q=gas&state=open&sort=title&order=asc&page=2',
  );
});

it('leads by a chip to the first page of the same list, and knows the chip it stands on', () => {
  const { chip } = list('state=open&page=4&q=gas&show=all');
  assert.deepEqual(chip('Open', { state: 'open' }, 3), {
    label: 'Open',
    count: 3,
    href: '/things?q=gas&state=open&show=all',
    current: true,
  });
  assert.equal(chip('All', { state: undefined }, 9).href, '/things?q=gas&show=all');
  assert.equal(chip('All', { state: undefined }, 9).current, false);
  assert.equal(chip('Shown', { show: 'shown' }, 2).href, '/things?q=gas&state=open');
});

it('finds rows by words in any order and letters', () => {
  const rows = ['Gas cylinder', 'Fire blanket'];
  assert.deepEqual(withWords(rows, 'CYL gas', String), ['Gas cylinder']);
  assert.deepEqual(withWords(rows, undefined, String), rows);
});

it('orders by the key of the sort, and leaves rows that are alike as they came', () => {
  const rows = [
    { id: 1, due: 'b' },
    { id: 2, due: 'a' },
    { id: 3, due: 'b' },
  ];
  const ids = (order: 'asc' | 'desc') =>
    inOrder(rows, { sort: 'due', order }, { due: (row) => row.due }).map(({ id }) => id);
  assert.deepEqual(ids('asc'), [2, 1, 3]);
  assert.deepEqual(ids('desc'), [1, 3, 2]);
});

it('shows each row on exactly one page', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 240 }), (count) => {
      const rows = Array.from({ length: count }, (_, index) => index);
      const pages = Array.from({ length: Math.ceil(count / LIST_PAGE_SIZE) }, (_, index) =>
        pageOf(rows, { page: index + 1 }),
      );
      assert.deepEqual(pages.flat(), rows);
      assert.ok(pages.every(({ length }) => length > 0 && length <= LIST_PAGE_SIZE));
    }),
  );
});

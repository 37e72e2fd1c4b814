import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameName } from './same-name.ts';

test('a name is the same whatever its case, spaces, accents, hyphens, apostrophes and dots', () => {
  for (const typed of ['zoë o’neill-brand', "ZOE  O'Neill-Brand", ' Zoé ONeillBrand. '])
    assert.ok(sameName(typed, "Zoë O'Neill-Brand"), typed);
});

test('other letters are another name, and nothing is nobody’s', () => {
  for (const typed of ['Zoe O’Neil-Brand', 'Zoe', '', ' ', '.'])
    assert.ok(!sameName(typed, "Zoë O'Neill-Brand"), typed);
  assert.ok(!sameName('-', '.'));
});

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ukprnProblem } from './ukprn.ts';

it('a UKPRN has 8 digits and begins with 1', () => {
  assert.equal(ukprnProblem('10001234'), null);
  assert.equal(ukprnProblem(' 1000 1234 '), null);
  for (const wrong of ['1000123', '100012345', '1000123x', '１0001234'])
    assert.match(ukprnProblem(wrong) ?? '', /8 digits/, wrong);
  assert.match(ukprnProblem('20001234') ?? '', /begins with 1/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mannWhitney } from './mann-whitney.ts';

const near = (found: number, wanted: number) =>
  assert.ok(Math.abs(found - wanted) < wanted * 1e-6, `${found} instead of ${wanted}`);

test('the p of published examples, with and without ties', () => {
  // Diagnosis ages of diabetics by sex: U = 17, p = 0.1113 (asymptotic, with continuity correction).
  near(mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12]).p, 0.11134688653314041);
  near(mannWhitney([20, 11, 17, 12], [19, 22, 16, 29, 24]).p, 0.11134688653314041);
  near(mannWhitney([1, 1, 2, 3, 3, 7], [2, 3, 4, 4, 5, 9, 9]).p, 0.0830174329605808);
  near(mannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]).p, 0.0121857803553448);
  assert.equal(mannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]).share, 0);
});

test('equal samples are not told apart, shifted ones are', () => {
  const sample = [...Array(500).keys()].map((index) => (index * 7919) % 500);
  assert.deepEqual(mannWhitney(sample, sample), { p: 1, share: 0.5 });
  assert.deepEqual(mannWhitney([4, 4, 4], [4, 4, 4]), { p: 1, share: 0.5 });
  const shifted = sample.map((value) => value + 60);
  const { p, share } = mannWhitney(shifted, sample);
  assert.ok(p < 1e-6 && p > 0, String(p));
  assert.ok(share > 0.5);
  assert.ok(
    mannWhitney(
      sample.map((value) => value + 2),
      sample,
    ).p > 0.01,
  );
});

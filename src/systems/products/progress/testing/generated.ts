/** Versions and achievements made from a seed: the same for the tests and the benchmark. */
import type { Aggregation } from '../../grading/grading.ts';
import { GRADES } from '../../grading/grading.ts';
import type { RuleGroup, RulePart } from '../../rule-of-combination/rule.ts';
import type { ProgressAchievement, ProgressSource, ProgressUnit, ProgressVersion } from '../progress.ts';

/** Numbers from 0 to below 1, from a seed (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
const upTo = (random: Random, most: number): number => Math.floor(random() * (most + 1));
const oneOf = <T>(random: Random, list: readonly T[]): T => list[upTo(random, list.length - 1)] as T;
const someOf = <T>(random: Random, list: readonly T[], share: number): T[] => list.filter(() => random() < share);

/** A version of `size` units with a tree, barred pairs, floors and a rule for the grade. */
export function generatedVersion(random: Random, size: number): ProgressVersion {
  const units = Array.from(
    { length: size },
    (_, index): ProgressUnit => ({
      code: `U${String(index + 1).padStart(2, '0')}`,
      title: `Unit ${index + 1}`,
      level: 1 + upTo(random, 3),
      credits: random() < 0.1 ? null : 1 + upTo(random, 5),
      assessedBy: random() < 0.5 ? 'online_test' : 'portfolio',
    }),
  );
  const codes = units.map(({ code }) => code);
  const root = generatedGroup(random, codes, 3);
  const pairs = Array.from({ length: upTo(random, 3) }, () => [oneOf(random, codes), oneOf(random, codes)] as const);
  const rule = {
    root,
    barred: pairs.filter(([one, other]) => one !== other),
    ...(random() < 0.3 && { minimumCredits: 1 + upTo(random, size * 2) }),
    ...(random() < 0.3 && { creditFloors: [{ level: 2 + upTo(random, 2), credits: 1 + upTo(random, size) }] }),
  };
  return { rule, units, aggregation: generatedAggregation(random, size) };
}

function generatedGroup(random: Random, codes: readonly string[], depth: number): RuleGroup {
  const many = Math.max(1, Math.min(codes.length, 2 + upTo(random, 4)));
  const kind = oneOf(random, ['all', 'choose', 'at_least_one', 'credits', 'choose', 'all'] as const);
  if (kind === 'credits') {
    const of = Array.from({ length: many }, () => oneOf(random, codes));
    return { kind, minimum: 1 + upTo(random, many * 3), of };
  }
  const of = Array.from({ length: many }, (): RulePart => {
    if (depth > 0 && random() < 0.4) return generatedGroup(random, codes, depth - 1);
    return oneOf(random, codes);
  });
  if (kind === 'choose') return { kind, count: 1 + upTo(random, of.length - 1), of };
  return { kind, of };
}

function generatedAggregation(random: Random, size: number): Aggregation {
  const per = oneOf(random, ['unit', 'credit'] as const);
  const merit = upTo(random, 60);
  switch (oneOf(random, ['pass', 'lowest', 'points', 'share'] as const)) {
    case 'pass':
      return { kind: 'pass' };
    case 'lowest':
      return { kind: 'lowest' };
    case 'points': {
      const pass = upTo(random, 3);
      const points = { pass, merit: pass + 2, distinction: pass + 4 };
      const least = upTo(random, size * 4);
      return { kind: 'points', per, points, merit: least, distinction: least + upTo(random, size * 3) };
    }
    case 'share':
      return { kind: 'share', per, merit: 1 + merit, distinction: 1 + upTo(random, 80) };
  }
}

const SOURCES: readonly ProgressSource[] = ['sitting', 'portfolio', 'recognition_of_prior_learning', 'credit_transfer'];

/** What a candidate has achieved: each unit with the probability `share`, some of them twice. */
export function generatedAchievements(random: Random, version: ProgressVersion, share: number): ProgressAchievement[] {
  const codes = someOf(
    random,
    version.units.map(({ code }) => code),
    share,
  );
  const again = codes.length > 0 && random() < 0.3 ? [oneOf(random, codes)] : [];
  return [...codes, ...again].map((code) => ({
    code,
    grade: oneOf(random, GRADES),
    source: oneOf(random, SOURCES),
    on: `2026-0${1 + upTo(random, 8)}-1${upTo(random, 9)}`,
  }));
}

/**
 * A million candidates re-evaluated by `progressOf`, prepared once a version as a run over all candidates would do it;
 * trees, grades and achievements are generated from a seed. The reference is the obvious implementation, which tries
 * every set of units, on a part of the same candidates; both must answer the same.
 */
import { type Progress, prepareProgress } from '../src/systems/products/progress/progress.ts';
import {
  generatedAchievements,
  generatedVersion,
  numbersFrom,
} from '../src/systems/products/progress/testing/generated.ts';
import { slowProgress } from '../src/systems/products/progress/testing/slow-progress.ts';
import { report } from './figure.ts';

const SEED = 29;
const CANDIDATES = 1_000_000;
const VERSIONS = 200;
/** Units of a version; the reference takes 2 to this power steps a candidate at most. */
const SIZE = 14;
/** Sets of achievements made for each version; candidates beyond them repeat a set. */
const SETS = 250;
const COMPARED = 400;

export async function measureRules(): Promise<void> {
  const random = numbersFrom(SEED);
  const versions = Array.from({ length: VERSIONS }, () => {
    const version = generatedVersion(random, SIZE);
    const sets = Array.from({ length: SETS }, (_, index) =>
      generatedAchievements(random, version, [0.3, 0.6, 0.9][index % 3] as number),
    );
    return { version, sets, evaluate: prepareProgress(version) };
  });
  type Case = (typeof versions)[number];
  const caseAt = (index: number): readonly [Case, Case['sets'][number]] => {
    const one = versions[index % VERSIONS] as Case;
    return [one, one.sets[Math.floor(index / VERSIONS) % SETS] as Case['sets'][number]];
  };

  const rateOf = (count: number, evaluate: (index: number) => boolean): { perSecond: number; complete: number } => {
    let complete = 0;
    const begun = performance.now();
    for (let index = 0; index < count; index++) if (evaluate(index)) complete++;
    return { perSecond: (count / (performance.now() - begun)) * 1000, complete };
  };
  const fast = (index: number): Progress => {
    const [{ evaluate }, achievements] = caseAt(index);
    return evaluate(achievements);
  };
  const slow = (index: number) => {
    const [{ version }, achievements] = caseAt(index);
    return slowProgress(version, achievements);
  };
  rateOf(CANDIDATES / 20, (index) => fast(index).complete);
  const measured = rateOf(CANDIDATES, (index) => fast(index).complete);
  // Spread over all versions and all shares of achievements.
  const step = 1 + Math.floor((VERSIONS * SETS) / COMPARED);
  const reference = rateOf(COMPARED, (index) => slow(index * step).complete);
  let differing = 0;
  for (let index = 0; index < COMPARED; index++) {
    const { complete, completeSince, grade } = fast(index * step);
    if (JSON.stringify({ complete, completeSince, grade }) !== JSON.stringify(slow(index * step))) differing++;
  }

  report({
    name: 'rules: candidates re-evaluated',
    value: measured.perSecond,
    unit: 'candidates/s',
    reference: { what: `every set of units tried, ${COMPARED} of the same candidates`, value: reference.perSecond },
    goal: 'a million candidates in under a minute, with the same answers as the obvious way',
    seed: SEED,
  });
  report({
    name: 'rules: time for a million candidates',
    value: CANDIDATES / measured.perSecond,
    unit: 's',
    reference: { what: 'a minute', value: 60 },
    goal: 'under 60 s',
    seed: SEED,
  });
  report({
    name: 'rules: share of candidates that are complete',
    value: (measured.complete / CANDIDATES) * 100,
    unit: '%',
    reference: { what: 'the obvious way on its part of them', value: (reference.complete / COMPARED) * 100 },
    goal: 'neither nobody nor everybody, so that both answers are measured',
    seed: SEED,
  });
  report({
    name: 'rules: answers that differ from the obvious way',
    value: differing,
    unit: 'answers',
    reference: { what: 'compared', value: COMPARED },
    goal: '0',
    seed: SEED,
  });
}

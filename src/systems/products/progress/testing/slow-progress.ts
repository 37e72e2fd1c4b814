/**
 * The second, obvious implementation of what `progressOf` answers: every set of achieved units is tried. It shares no
 * code with the first. Tests compare both, and the benchmark takes it as its reference.
 */
import type { Grade } from '../../grading/grading.ts';
import type { RulePart } from '../../rule-of-combination/rule.ts';
import type { ProgressAchievement, ProgressVersion } from '../progress.ts';

const ORDER: readonly Grade[] = ['pass', 'merit', 'distinction'];

export interface SlowAnswer {
  readonly complete: boolean;
  readonly completeSince: string | null;
  readonly grade: Grade | null;
}

/** Complete, since when and with which grade, by trying everything: 2 to the number of achieved units. */
export function slowProgress(version: ProgressVersion, achievements: readonly ProgressAchievement[]): SlowAnswer {
  const fulfilling = subsetsThatFulfil(version, achievements);
  if (fulfilling.length === 0) return { complete: false, completeSince: null, grade: null };
  const days = [...new Set(achievements.map(({ on }) => on))].sort();
  const since = days.find(
    (day) =>
      subsetsThatFulfil(
        version,
        achievements.filter(({ on }) => on <= day),
      ).length > 0,
  );
  return { complete: true, completeSince: since ?? null, grade: bestGrade(version, achievements, fulfilling) };
}

function subsetsThatFulfil(version: ProgressVersion, achievements: readonly ProgressAchievement[]): string[][] {
  const named = namesIn(version.rule.root);
  const mine = [...new Set(achievements.map(({ code }) => code))].filter((code) => named.has(code));
  const found: string[][] = [];
  for (let mask = 0; mask < 2 ** mine.length; mask++) {
    const subset = mine.filter((_, index) => Math.floor(mask / 2 ** index) % 2 === 1);
    if (fulfils(version, subset)) found.push(subset);
  }
  return found;
}

function namesIn(part: RulePart): Set<string> {
  return new Set(typeof part === 'string' ? [part] : part.of.flatMap((each: RulePart) => [...namesIn(each)]));
}

function creditsOf(version: ProgressVersion, codes: Iterable<string>, level = 0): number {
  return [...codes]
    .map((code) => version.units.find((unit) => unit.code === code))
    .reduce((sum, unit) => sum + (unit && unit.level >= level ? (unit.credits ?? 0) : 0), 0);
}

const barred = (version: ProgressVersion, codes: readonly string[]): boolean =>
  version.rule.barred.some(([one, other]) => one !== other && codes.includes(one) && codes.includes(other));

function fulfils(version: ProgressVersion, codes: readonly string[]): boolean {
  const { rule } = version;
  const holds = (part: RulePart): boolean => {
    if (typeof part === 'string') return codes.includes(part);
    if (part.kind === 'all') return part.of.every(holds);
    if (part.kind === 'at_least_one') return part.of.some(holds);
    if (part.kind === 'choose') return part.of.filter(holds).length >= part.count;
    return creditsOf(version, new Set(part.of.filter((code) => codes.includes(code)))) >= part.minimum;
  };
  return (
    !barred(version, codes) &&
    holds(rule.root) &&
    creditsOf(version, codes) >= (rule.minimumCredits ?? 0) &&
    (rule.creditFloors ?? []).every(({ level, credits }) => creditsOf(version, codes, level) >= credits)
  );
}

function bestGrade(
  version: ProgressVersion,
  achievements: readonly ProgressAchievement[],
  fulfilling: readonly string[][],
): Grade {
  const rule = version.aggregation;
  const gradeOf = (code: string): number =>
    Math.max(...achievements.filter((one) => one.code === code).map(({ grade }) => ORDER.indexOf(grade)));
  const mine = [...new Set(achievements.map(({ code }) => code))].filter((code) =>
    namesIn(version.rule.root).has(code),
  );
  const weigh = (codes: readonly string[]): number =>
    'per' in rule && rule.per === 'credit' ? creditsOf(version, codes) : codes.length;
  const gradeOfSubset = (codes: string[]): number => {
    if (rule.kind === 'pass') return 0;
    if (rule.kind === 'lowest') return codes.length === 0 ? 0 : Math.min(...codes.map(gradeOf));
    if (rule.kind === 'points') {
      const sum = codes.reduce((all, code) => all + weigh([code]) * rule.points[ORDER[gradeOf(code)] as Grade], 0);
      return sum >= rule.distinction ? 2 : sum >= rule.merit ? 1 : 0;
    }
    // The share is that of everything that can count at once: no unit more fits beside it.
    if (mine.some((code) => !codes.includes(code) && !barred(version, [...codes, code]))) return 0;
    const whole = weigh(codes);
    const reaches = (least: number, percent: number) =>
      weigh(codes.filter((code) => gradeOf(code) >= least)) * 100 >= percent * whole;
    if (whole === 0) return 0;
    return reaches(2, rule.distinction) ? 2 : reaches(1, rule.merit) ? 1 : 0;
  };
  return ORDER[Math.max(...fulfilling.map(gradeOfSubset))] as Grade;
}

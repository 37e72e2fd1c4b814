/**
 * The one answer about a candidate and a version of a product: is it complete, since when, with which grade, what is
 * missing, and whose move is it? Pure; stands on the rule of combination and on the rule for the grade.
 */
import { type Aggregation, GRADES, type Grade, type Graded, rankOf, weighedRank } from '../grading/grading.ts';
import { answerFor, bestAnswer, type RuleAnswer } from '../rule-of-combination/check-rule.ts';
import { type PreparedRule, prepareRule } from '../rule-of-combination/prepare-rule.ts';
import type { Missing, Rule, RuleUnit } from '../rule-of-combination/rule.ts';

/** Where an achievement comes from. */
export type ProgressSource = 'sitting' | 'portfolio' | 'recognition_of_prior_learning' | 'credit_transfer' | 'transfer';

export interface ProgressAchievement {
  readonly code: string;
  readonly grade: Grade;
  readonly source: ProgressSource;
  /** The day it was achieved, YYYY-MM-DD. */
  readonly on: string;
}

/** What has begun on a unit that is not achieved yet. */
export interface UnderWay {
  readonly code: string;
  readonly at: 'test_booked' | 'result_awaited' | 'portfolio_begun' | 'portfolio_handed_in' | 'recognition_asked';
}

export type Mover = 'centre' | 'candidate' | 'awarding_body';

/** The words a person reads for each mover. */
export const MOVERS: Record<Mover, string> = {
  centre: 'The centre',
  candidate: 'The candidate',
  awarding_body: 'The awarding body',
};

/** The next step towards what is missing, and who takes it. */
export interface Move {
  readonly who: Mover;
  readonly sentence: string;
}

export interface ProgressUnit extends RuleUnit {
  readonly assessedBy: 'online_test' | 'portfolio';
}

export interface ProgressVersion {
  readonly rule: Rule;
  readonly aggregation: Aggregation;
  readonly units: readonly ProgressUnit[];
}

export interface Progress {
  readonly complete: boolean;
  /** The day of the achievement that fulfilled the rule. */
  readonly completeSince: string | null;
  /** Null until it is complete. */
  readonly grade: Grade | null;
  readonly missing: readonly Missing[];
  readonly moves: readonly Move[];
  readonly counted: RuleAnswer['counted'];
  readonly notCounted: RuleAnswer['notCounted'];
  readonly credits: number;
}

/** The answer for one candidate. Of several achievements of a unit the best grade and the earliest day count. */
export function progressOf(
  version: ProgressVersion,
  achievements: readonly ProgressAchievement[],
  underWay: readonly UnderWay[] = [],
): Progress {
  return prepareProgress(version)(achievements, underWay);
}

/** The same for many candidates of one version. */
export function prepareProgress(
  version: ProgressVersion,
): (achievements: readonly ProgressAchievement[], underWay?: readonly UnderWay[]) => Progress {
  const { aggregation, units } = version;
  const rule = prepareRule(version.rule, units);
  const placeOf = new Map(rule.codes.map((code, index) => [code, index]));
  const unitOf = new Map(units.map((unit) => [unit.code, unit]));
  const creditsOf = rule.codes.map((code) => unitOf.get(code)?.credits ?? 0);
  const firstStep = new Map(rule.codes.map((code) => [code, stepFor(unitOf.get(code), code, undefined)]));

  return (achievements, underWay = []) => {
    const have = new Uint8Array(rule.codes.length);
    const ranks = new Uint8Array(rule.codes.length);
    const days: string[] = new Array(rule.codes.length).fill('');
    for (const { code, grade, on } of achievements) {
      const place = placeOf.get(code);
      if (place === undefined) continue;
      const rank = rankOf(grade);
      if (!have[place] || rank > (ranks[place] as number)) ranks[place] = rank;
      if (!have[place] || on < (days[place] as string)) days[place] = on;
      have[place] = 1;
    }
    const best = bestWay(rule, aggregation, have, ranks, creditsOf);
    if (best) {
      const { satisfied: complete, missing, counted, notCounted, credits } = answerFor(rule, have, best.way, []);
      const completeSince = dayOfCompletion(rule, have, days);
      const grade = GRADES[best.rank] as Grade;
      return { complete, completeSince, grade, missing, moves: CLAIM, counted, notCounted, credits };
    }
    const { missing, counted, notCounted, credits } = bestAnswer(rule, have);
    const begun = new Map(underWay.map(({ code, at }) => [code, at]));
    const moves = movesFor(
      missing,
      (code) => {
        const at = begun.get(code);
        return at ? stepFor(unitOf.get(code), code, at) : null;
      },
      firstStep,
    );
    return { complete: false, completeSince: null, grade: null, missing, moves, counted, notCounted, credits };
  };
}

const CLAIM: readonly Move[] = [{ who: 'centre', sentence: 'Claim the certificate.' }];

/** The way of counting that fulfils the rule with the highest grade; null: no way fulfils it. */
function bestWay(
  rule: PreparedRule,
  aggregation: Aggregation,
  have: Uint8Array,
  ranks: Uint8Array,
  creditsOf: readonly number[],
): { way: Uint8Array; rank: number } | null {
  let best: { way: Uint8Array; rank: number } | null = null;
  for (const way of rule.ways(have)) {
    if (!rule.met(way)) continue;
    const rank = rankOfWay(rule, aggregation, way, ranks, creditsOf);
    if (best === null || rank > best.rank) best = { way, rank };
    if (aggregation.kind === 'pass') break;
  }
  return best;
}

function rankOfWay(
  rule: PreparedRule,
  aggregation: Aggregation,
  way: Uint8Array,
  ranks: Uint8Array,
  creditsOf: readonly number[],
): number {
  switch (aggregation.kind) {
    case 'pass':
      return 0;
    case 'lowest':
      for (const rank of [2, 1]) {
        if (rule.met(way.map((counts, place) => (counts && (ranks[place] as number) >= rank ? 1 : 0)))) return rank;
      }
      return 0;
    case 'points':
    case 'share': {
      const counted: Graded[] = [];
      for (let place = 0; place < way.length; place++)
        if (way[place]) counted.push({ rank: ranks[place] as number, credits: creditsOf[place] as number });
      return weighedRank(aggregation, counted);
    }
  }
}

/** The first day on which what was achieved by then fulfilled the rule: more never unfulfils it, so halves are tried. */
function dayOfCompletion(rule: PreparedRule, have: Uint8Array, days: readonly string[]): string {
  const known = [...new Set(days.filter((_, place) => have[place]))].sort();
  let low = 0;
  let high = known.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const day = known[middle] as string;
    const then = have.map((achieved, place) => (achieved && (days[place] as string) <= day ? 1 : 0));
    if (rule.ways(then).some((way) => rule.met(way))) high = middle;
    else low = middle + 1;
  }
  return known[low] as string;
}

function stepFor(unit: ProgressUnit | undefined, code: string, at: UnderWay['at'] | undefined): Move {
  const name = unit ? `${code} ${unit.title}` : code;
  switch (at) {
    case 'test_booked':
      return { who: 'candidate', sentence: `Sit the test of ${name}.` };
    case 'result_awaited':
      return { who: 'awarding_body', sentence: `Release the result of ${name}.` };
    case 'portfolio_begun':
      return { who: 'candidate', sentence: `Hand in the evidence for ${name}.` };
    case 'portfolio_handed_in':
      return { who: 'centre', sentence: `Assess and sign off ${name}.` };
    case 'recognition_asked':
      return { who: 'awarding_body', sentence: `Decide the recognition of prior learning for ${name}.` };
    default:
      return {
        who: 'centre',
        sentence: unit?.assessedBy === 'online_test' ? `Book the test of ${name}.` : `Begin the portfolio of ${name}.`,
      };
  }
}

/** What has begun is gone on with; else the centre begins a unit, or agrees with the candidate which. */
function movesFor(
  missing: readonly Missing[],
  begunStep: (code: string) => Move | null,
  firstStep: ReadonlyMap<string, Move>,
): Move[] {
  const moves = new Map<string, Move>();
  const add = (move: Move) => moves.set(`${move.who} ${move.sentence}`, move);
  for (const lack of missing) {
    if (lack.kind === 'unit') {
      add(begunStep(lack.code) ?? (firstStep.get(lack.code) as Move));
      continue;
    }
    const from = 'from' in lack ? lack.from : [];
    const begun = from.flatMap((code) => begunStep(code) ?? []);
    const only = from.length === 1 ? firstStep.get(from[0] as string) : undefined;
    if (begun.length > 0) begun.forEach(add);
    else if (only) add(only);
    else add({ who: 'centre', sentence: `Agree with the candidate what comes next: ${lower(lack.sentence)}` });
  }
  return [...moves.values()];
}

const lower = (sentence: string): string => (sentence[0] ?? '').toLowerCase() + sentence.slice(1);

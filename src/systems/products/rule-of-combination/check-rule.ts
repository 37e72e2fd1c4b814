import { type PreparedRule, prepareRule } from './prepare-rule.ts';
import type { Missing, Rule, RuleUnit } from './rule.ts';

export interface RuleAnswer {
  readonly satisfied: boolean;
  /** Empty when satisfied. */
  readonly missing: readonly Missing[];
  /** Codes of the achieved units that count, in the order of the rule. */
  readonly counted: readonly string[];
  /** Codes of achieved units left out because a unit of equal content counts. */
  readonly notCounted: readonly string[];
  /** Credits of the units that count. */
  readonly credits: number;
}

/**
 * Whether the achieved units fulfil a rule of combination, and if not, what is missing. Units that the rule does not
 * name are ignored. Where both units of a barred pair are achieved, the one counts that serves the candidate best.
 * An achievement more never turns a fulfilled rule into an unfulfilled one, and their order does not matter.
 */
export function checkRule(rule: Rule, units: readonly RuleUnit[], achieved: Iterable<string>): RuleAnswer {
  const prepared = prepareRule(rule, units);
  return bestAnswer(prepared, prepared.have(achieved));
}

/** The answer for units of a rule that is prepared: the first way of counting that fulfils it, else the nearest. */
export function bestAnswer(prepared: PreparedRule, have: Uint8Array): RuleAnswer {
  const ways = prepared.ways(have);
  const met = ways.find((way) => prepared.met(way));
  if (met) return answerFor(prepared, have, met, []);
  let best: { way: Uint8Array; missing: Missing[]; short: number } | undefined;
  for (const way of ways) {
    const missing = prepared.missing(way);
    const short = missing.reduce((sum, each) => sum + (each.kind === 'unit' ? 1 : each.more), 0);
    if (!best || short < best.short) best = { way, missing, short };
  }
  const { way, missing } = best as NonNullable<typeof best>;
  return answerFor(prepared, have, way, missing);
}

/** The answer where a way of counting is chosen already. */
export function answerFor(
  { codes, credits }: PreparedRule,
  have: Uint8Array,
  way: Uint8Array,
  missing: readonly Missing[],
): RuleAnswer {
  const counted: string[] = [];
  const notCounted: string[] = [];
  for (let index = 0; index < codes.length; index++) {
    if (way[index]) counted.push(codes[index] as string);
    else if (have[index]) notCounted.push(codes[index] as string);
  }
  return { satisfied: missing.length === 0, missing, counted, notCounted, credits: credits(way) };
}

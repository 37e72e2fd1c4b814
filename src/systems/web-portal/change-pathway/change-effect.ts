/** What another choice of pathway and units does to a registration. Pure. */
import { checkRule, type Missing, type RuleUnit, ruleWithPathway, type Version } from '#products';
import type { Choice } from '../pathway-choice/choice.ts';
import { unitsNeeded } from '../units-needed/units-needed.ts';

export interface ChangeEffect {
  /** Codes of achieved units that counted and no longer do; that count now and did not. */
  readonly noLonger: readonly string[];
  readonly newly: readonly string[];
  /** Achieved units that the rule and the plan have no place for. */
  readonly outsidePlan: readonly string[];
  readonly metBefore: boolean;
  readonly metAfter: boolean;
  readonly missingAfter: readonly Missing[];
  readonly countedAfter: number;
  readonly neededAfter: number;
}

/** The effect of a change, by what is achieved now. */
export function changeEffect(
  version: Pick<Version, 'rule' | 'pathways'>,
  units: readonly RuleUnit[],
  achieved: readonly string[],
  { from, to }: { readonly from: Choice; readonly to: Choice },
): ChangeEffect {
  const before = checkRule(ruleWithPathway(version, from.pathway), units, achieved);
  const rule = ruleWithPathway(version, to.pathway);
  const after = checkRule(rule, units, achieved);
  const planned = new Set(from.units);
  return {
    noLonger: before.counted.filter((code) => !after.counted.includes(code)),
    newly: after.counted.filter((code) => !before.counted.includes(code)),
    outsidePlan: achieved.filter((code) => planned.has(code) && !to.units.includes(code)),
    metBefore: before.satisfied,
    metAfter: after.satisfied,
    missingAfter: after.missing,
    countedAfter: after.counted.length,
    neededAfter: unitsNeeded(rule, units),
  };
}

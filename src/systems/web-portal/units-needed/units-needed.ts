import type { Rule, RulePart, RuleUnit } from '#products';

/**
 * The fewest units that a rule of combination can be met with: what a list shows as "3 of 7 units". Looks at the groups
 * and at the floor of credits; whether the rule is met is decided by the rule itself, never by this number.
 */
export function unitsNeeded(rule: Rule, units: readonly RuleUnit[]): number {
  const creditsOf = new Map(units.map((unit) => [unit.code, unit.credits ?? 0]));
  const byGroups = fewest(rule.root, creditsOf);
  return Math.max(1, byGroups, fewestForCredits([...creditsOf.values()], rule.minimumCredits ?? 0));
}

function fewest(part: RulePart, credits: ReadonlyMap<string, number>): number {
  if (typeof part === 'string') return 1;
  if (part.kind === 'credits') {
    return fewestForCredits(
      part.of.map((code) => credits.get(code) ?? 0),
      part.minimum,
    );
  }
  const sizes = part.of.map((each) => fewest(each, credits)).sort((a, b) => a - b);
  const wanted = part.kind === 'all' ? sizes.length : part.kind === 'choose' ? part.count : 1;
  return sizes.slice(0, wanted).reduce((sum, size) => sum + size, 0);
}

/** How many of the units with most credits reach a floor. */
function fewestForCredits(credits: readonly number[], minimum: number): number {
  let sum = 0;
  let count = 0;
  for (const each of [...credits].sort((a, b) => b - a)) {
    if (sum >= minimum) break;
    sum += each;
    count++;
  }
  return count;
}

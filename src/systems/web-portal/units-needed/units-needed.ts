import { neededByAll, type Rule, type RulePart, type RuleUnit } from '#products';

/**
 * The fewest units that a rule of combination can be met with: what a list shows as "3 of 7 units". Looks at the groups
 * and at the floor of credits; whether the rule is met is decided by the rule itself, never by this number. A unit that
 * everybody needs counts once, also where a choice could take it.
 */
export function unitsNeeded(rule: Rule, units: readonly RuleUnit[]): number {
  const creditsOf = new Map(units.map((unit) => [unit.code, unit.credits ?? 0]));
  const needed = new Set(neededByAll(rule));
  const byGroups = needed.size + fewest(rule.root, creditsOf, needed);
  return Math.max(1, byGroups, fewestForCredits([...creditsOf.values()], rule.minimumCredits ?? 0));
}

/** The fewest units of a part besides those that are needed anyway. */
function fewest(part: RulePart, credits: ReadonlyMap<string, number>, needed: ReadonlySet<string>): number {
  if (typeof part === 'string') return needed.has(part) ? 0 : 1;
  const worth = (code: string) => credits.get(code) ?? 0;
  if (part.kind === 'credits') {
    const anyway = part.of.filter((code) => needed.has(code)).reduce((sum, code) => sum + worth(code), 0);
    return fewestForCredits(part.of.filter((code) => !needed.has(code)).map(worth), part.minimum - anyway);
  }
  const sizes = part.of.map((each) => fewest(each, credits, needed)).sort((a, b) => a - b);
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

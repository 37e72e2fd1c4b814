import { type Rule, type RuleGroup, type RulePart, type RuleUnit, unitCodesOf } from './rule.ts';

/** One thing a candidate still lacks: a sentence for people, and the same for programs. */
export type Missing = { readonly sentence: string } & (
  | { readonly kind: 'unit'; readonly code: string }
  /** `more` further parts of the group are needed; `from` are the codes of units that could fill it. */
  | { readonly kind: 'choose'; readonly title: string | null; readonly more: number; readonly from: readonly string[] }
  | { readonly kind: 'credits'; readonly title: string | null; readonly more: number; readonly from: readonly string[] }
  | { readonly kind: 'total_credits'; readonly more: number }
  | { readonly kind: 'credits_at_level'; readonly level: number; readonly more: number }
);

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
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const named = unitCodesOf(rule.root);
  const have = new Set(achieved);
  const mine = named.filter((code) => have.has(code));
  let best: { answer: RuleAnswer; short: number } | undefined;
  for (const counted of waysOfCounting(new Set(mine), rule.barred)) {
    const { missing, short } = lookAt(rule, byCode, counted);
    if (best && best.short <= short) continue;
    best = {
      short,
      answer: {
        satisfied: missing.length === 0,
        missing,
        counted: mine.filter((code) => counted.has(code)),
        notCounted: mine.filter((code) => !counted.has(code)),
        credits: creditsOf(byCode, counted),
      },
    };
    if (short === 0) break;
  }
  return (best as { answer: RuleAnswer }).answer;
}

/** Every way to leave out one unit of each barred pair of which both are achieved; always the same ways in the same order. */
function waysOfCounting(achieved: ReadonlySet<string>, barred: Rule['barred']): ReadonlySet<string>[] {
  const pairs = barred
    .map((pair) => [...pair].sort() as [string, string])
    .filter(([one, other]) => one !== other && achieved.has(one) && achieved.has(other))
    .sort((a, b) => a.join().localeCompare(b.join()));
  let ways: ReadonlySet<string>[] = [achieved];
  for (const [one, other] of pairs) {
    ways = ways.flatMap((way) => (way.has(one) && way.has(other) ? [without(way, other), without(way, one)] : [way]));
  }
  return ways;
}

function without(codes: ReadonlySet<string>, code: string): ReadonlySet<string> {
  const rest = new Set(codes);
  rest.delete(code);
  return rest;
}

type Units = ReadonlyMap<string, RuleUnit>;

function creditsOf(units: Units, codes: Iterable<string>, level = 0): number {
  let sum = 0;
  for (const code of codes) {
    const unit = units.get(code);
    if (unit && unit.level >= level) sum += unit.credits ?? 0;
  }
  return sum;
}

/** What is missing for one way of counting; `short` measures how much, so that ways can be compared. */
function lookAt(rule: Rule, units: Units, counted: ReadonlySet<string>): { missing: Missing[]; short: number } {
  const missing = missingOf(rule.root, units, counted);
  const total = creditsOf(units, counted);
  if (rule.minimumCredits && total < rule.minimumCredits) {
    const more = rule.minimumCredits - total;
    missing.push({
      kind: 'total_credits',
      more,
      sentence: `${credits(more)} more in all: ${total} of ${rule.minimumCredits} so far.`,
    });
  }
  const floor = rule.minimumCreditsAtLevel;
  if (floor) {
    const atLevel = creditsOf(units, counted, floor.level);
    const more = floor.credits - atLevel;
    if (more > 0) {
      missing.push({
        kind: 'credits_at_level',
        level: floor.level,
        more,
        sentence: `${credits(more)} more at level ${floor.level} or above: ${atLevel} of ${floor.credits} so far.`,
      });
    }
  }
  return { missing, short: missing.reduce((sum, each) => sum + (each.kind === 'unit' ? 1 : each.more), 0) };
}

const credits = (count: number) => (count === 1 ? '1 credit' : `${count} credits`);

function missingOf(part: RulePart, units: Units, counted: ReadonlySet<string>): Missing[] {
  if (typeof part === 'string') {
    if (counted.has(part)) return [];
    return [{ kind: 'unit', code: part, sentence: `${nameOf(units, part)} is not achieved yet.` }];
  }
  switch (part.kind) {
    case 'all':
      return part.of.flatMap((each) => missingOf(each, units, counted));
    case 'choose':
      return missingChoice(part, part.count, units, counted);
    case 'at_least_one':
      return missingChoice(part, 1, units, counted);
    case 'credits': {
      const have = creditsOf(units, new Set(part.of.filter((code) => counted.has(code))));
      if (have >= part.minimum) return [];
      const more = part.minimum - have;
      const sentence = `${credits(more)} more from ${part.title ? `"${part.title}"` : listOf(units, part.of)}: ${have} of ${part.minimum} so far.`;
      return [{ kind: 'credits', title: part.title ?? null, more, from: openCodes(part.of, counted), sentence }];
    }
  }
}

function missingChoice(group: RuleGroup, count: number, units: Units, counted: ReadonlySet<string>): Missing[] {
  const open = group.of.filter((each) => missingOf(each, units, counted).length > 0);
  const done = group.of.length - open.length;
  if (done >= count) return [];
  const more = count - done;
  const from = [
    ...new Set(open.flatMap((each) => openCodes(typeof each === 'string' ? [each] : unitCodesOf(each), counted))),
  ];
  const choices = group.title ? `"${group.title}"` : open.map((each) => partInWords(units, each)).join('; ');
  const sentence = `${more} more of ${choices}: ${done} of ${count} so far.`;
  return [{ kind: 'choose', title: group.title ?? null, more, from, sentence }];
}

const openCodes = (codes: readonly string[], counted: ReadonlySet<string>) =>
  codes.filter((code) => !counted.has(code));

function nameOf(units: Units, code: string): string {
  const unit = units.get(code);
  return unit ? `${code} ${unit.title}` : code;
}

function listOf(units: Units, codes: readonly string[]): string {
  return codes.map((code) => nameOf(units, code)).join('; ');
}

function partInWords(units: Units, part: RulePart): string {
  if (typeof part === 'string') return nameOf(units, part);
  return part.title ?? unitCodesOf(part).join(' with ');
}

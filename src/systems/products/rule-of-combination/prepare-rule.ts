import { type Missing, type Rule, type RuleGroup, type RulePart, type RuleUnit, unitCodesOf } from './rule.ts';

/** A rule made ready to be asked many times. Sets of units are arrays of 0 and 1 over `codes`. */
export interface PreparedRule {
  /** All units that the rule names, in its order. */
  readonly codes: readonly string[];
  have(achieved: Iterable<string>): Uint8Array;
  /** Every largest set of these units without both of a barred pair; always the same ones in the same order. */
  ways(have: Uint8Array): readonly Uint8Array[];
  /** Whether these units, none of them barred by another, fulfil the rule. */
  met(counted: Uint8Array): boolean;
  /** What these units lack; empty exactly when they fulfil the rule. */
  missing(counted: Uint8Array): Missing[];
  credits(counted: Uint8Array, level?: number): number;
}

/** A part of the tree: the place of a unit in `codes`, or a group. */
type Part = number | Group;
interface Group {
  readonly kind: RuleGroup['kind'];
  readonly title: string | null;
  /** Parts needed of `of`; for a group of credits, credits. */
  readonly needed: number;
  readonly of: readonly Part[];
  /** All units beneath, each once, in the order of the rule. */
  readonly units: readonly number[];
}

/** Prepares a rule for the units of its version. A unit that the rule names and nobody describes counts no credits. */
export function prepareRule(rule: Rule, units: readonly RuleUnit[]): PreparedRule {
  const codes = unitCodesOf(rule.root);
  const placeOf = new Map(codes.map((code, index) => [code, index]));
  const unitOf = new Map(units.map((unit) => [unit.code, unit]));
  const creditsOf = codes.map((code) => unitOf.get(code)?.credits ?? 0);
  const levels = codes.map((code) => unitOf.get(code)?.level ?? -1);
  const names = codes.map((code) => (unitOf.has(code) ? `${code} ${unitOf.get(code)?.title}` : code));
  const root = groupOf(rule.root, placeOf);
  const pairs = pairsOf(rule.barred, placeOf);
  const floors = rule.creditFloors ?? [];
  const total = rule.minimumCredits ?? 0;

  const credits = (counted: Uint8Array, level = -1): number => {
    let sum = 0;
    for (let index = 0; index < counted.length; index++)
      if (counted[index] && (levels[index] as number) >= level) sum += creditsOf[index] as number;
    return sum;
  };
  const creditsIn = (places: readonly number[], counted: Uint8Array): number => {
    let sum = 0;
    for (const place of places) if (counted[place]) sum += creditsOf[place] as number;
    return sum;
  };
  const holds = (part: Part, counted: Uint8Array): boolean => {
    if (typeof part === 'number') return counted[part] === 1;
    if (part.kind === 'credits') return creditsIn(part.units, counted) >= part.needed;
    let done = 0;
    let left = part.of.length;
    for (const each of part.of) {
      if (holds(each, counted)) done++;
      left--;
      if (done >= part.needed) return true;
      if (done + left < part.needed) return false;
    }
    return done >= part.needed;
  };
  const met = (counted: Uint8Array): boolean => {
    if (!holds(root, counted)) return false;
    if (total > 0 && credits(counted) < total) return false;
    for (const floor of floors) if (credits(counted, floor.level) < floor.credits) return false;
    return true;
  };

  const open = (places: readonly number[], counted: Uint8Array) =>
    places.filter((place) => !counted[place]).map((place) => codes[place] as string);
  const partInWords = (part: Part): string => {
    if (typeof part === 'number') return names[part] as string;
    return part.title ?? part.units.map((place) => codes[place]).join(' with ');
  };
  const lookInto = (part: Part, counted: Uint8Array, found: Missing[]): void => {
    if (typeof part === 'number') {
      if (!counted[part])
        found.push({ kind: 'unit', code: codes[part] as string, sentence: `${names[part]} is not achieved yet.` });
      return;
    }
    if (part.kind === 'all') {
      for (const each of part.of) lookInto(each, counted, found);
      return;
    }
    const { title, needed } = part;
    if (part.kind === 'credits') {
      const so = creditsIn(part.units, counted);
      if (so >= needed) return;
      const from = title ? `"${title}"` : part.units.map((place) => names[place]).join('; ');
      const sentence = `${inCredits(needed - so)} more from ${from}: ${so} of ${needed} so far.`;
      found.push({ kind: 'credits', title, more: needed - so, from: open(part.units, counted), sentence });
      return;
    }
    const lacking = part.of.filter((each) => !holds(each, counted));
    const done = part.of.length - lacking.length;
    if (done >= needed) return;
    const places = new Set(lacking.flatMap((each) => (typeof each === 'number' ? [each] : each.units)));
    const choices = title ? `"${title}"` : lacking.map(partInWords).join('; ');
    const sentence = `${needed - done} more of ${choices}: ${done} of ${needed} so far.`;
    found.push({ kind: 'choose', title, more: needed - done, from: open([...places], counted), sentence });
  };
  const missing = (counted: Uint8Array): Missing[] => {
    const found: Missing[] = [];
    lookInto(root, counted, found);
    const sum = credits(counted);
    if (sum < total) {
      const more = total - sum;
      const sentence = `${inCredits(more)} more in all: ${sum} of ${total} so far.`;
      found.push({ kind: 'total_credits', more, sentence });
    }
    for (const { level, credits: wanted } of floors) {
      const so = credits(counted, level);
      if (so >= wanted) continue;
      const sentence = `${inCredits(wanted - so)} more at level ${level} or above: ${so} of ${wanted} so far.`;
      found.push({ kind: 'credits_at_level', level, more: wanted - so, sentence });
    }
    return found;
  };

  return {
    codes,
    have: (achieved) => {
      const have = new Uint8Array(codes.length);
      for (const code of achieved) {
        const place = placeOf.get(code);
        if (place !== undefined) have[place] = 1;
      }
      return have;
    },
    ways: (have) => waysOfCounting(have, pairs),
    met,
    missing,
    credits,
  };
}

const inCredits = (count: number) => (count === 1 ? '1 credit' : `${count} credits`);

function groupOf(group: RuleGroup, placeOf: ReadonlyMap<string, number>): Group {
  const of = (group.of as readonly RulePart[]).map((part) =>
    typeof part === 'string' ? (placeOf.get(part) as number) : groupOf(part, placeOf),
  );
  const units = [...new Set(of.flatMap((part) => (typeof part === 'number' ? [part] : part.units)))];
  const needed = { all: of.length, choose: 0, at_least_one: 1, credits: 0 }[group.kind];
  return {
    kind: group.kind,
    title: group.title ?? null,
    needed: group.kind === 'choose' ? group.count : group.kind === 'credits' ? group.minimum : needed,
    of,
    units,
  };
}

/** Barred pairs as places, each pair and their order always the same however the rule was written. */
function pairsOf(barred: Rule['barred'], placeOf: ReadonlyMap<string, number>): (readonly [number, number])[] {
  return barred
    .map((pair) => [...pair].sort() as [string, string])
    .filter(([one, other]) => one !== other && placeOf.has(one) && placeOf.has(other))
    .sort((a, b) => (a.join() < b.join() ? -1 : 1))
    .map(([one, other]) => [placeOf.get(one) as number, placeOf.get(other) as number]);
}

function waysOfCounting(have: Uint8Array, pairs: readonly (readonly [number, number])[]): readonly Uint8Array[] {
  let ways: Uint8Array[] = [have];
  for (const [one, other] of pairs) {
    if (!have[one] || !have[other]) continue;
    const next: Uint8Array[] = [];
    for (const way of ways) {
      if (way[one] && way[other]) next.push(without(way, other), without(way, one));
      else next.push(way);
    }
    ways = next;
  }
  if (new Set(pairs.flat()).size === pairs.length * 2) return ways;
  // Pairs that share a unit also make ways that leave out more than they must, and the same way twice.
  return ways.filter(
    (way, index) =>
      !ways.some((other, at) => at !== index && within(way, other) && (at < index || !within(other, way))),
  );
}

function without(set: Uint8Array, place: number): Uint8Array {
  const rest = set.slice();
  rest[place] = 0;
  return rest;
}

/** Every unit of `one` is in `other` too. */
function within(one: Uint8Array, other: Uint8Array): boolean {
  for (let place = 0; place < one.length; place++) if (one[place] && !other[place]) return false;
  return true;
}

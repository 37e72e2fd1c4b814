import { type Rule, type RuleGroup, type RulePart, type RuleUnit, unitCodesOf } from './rule.ts';

/** A sentence, and what belongs beneath it. */
export interface Words {
  readonly text: string;
  readonly items: readonly Words[];
}

/** The rule as a reader understands it: a sentence for each group, its units beneath, then floors and barred pairs. */
export function ruleInWords(rule: Rule, units: readonly RuleUnit[]): readonly Words[] {
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const name = (code: string) => {
    const unit = byCode.get(code);
    return unit ? `${code} ${unit.title}` : code;
  };
  const words: Words[] =
    rule.root.kind === 'all' && rule.root.of.every((part) => typeof part !== 'string')
      ? rule.root.of.map((part) => partInWords(part, name))
      : [partInWords(rule.root, name)];
  if (rule.minimumCredits) words.push({ text: `At least ${rule.minimumCredits} credits in all.`, items: [] });
  const floor = rule.minimumCreditsAtLevel;
  if (floor)
    words.push({ text: `At least ${floor.credits} of the credits at level ${floor.level} or above.`, items: [] });
  if (rule.barred.length > 0) {
    words.push({
      text: 'Units of equal content, of which one of each pair counts:',
      items: rule.barred.map(([one, other]) => ({ text: `${name(one)}, or ${name(other)}`, items: [] })),
    });
  }
  return words;
}

function partInWords(part: RulePart, name: (code: string) => string): Words {
  if (typeof part === 'string') return { text: name(part), items: [] };
  return { text: groupSentence(part), items: part.of.map((each: RulePart) => partInWords(each, name)) };
}

function groupSentence(group: RuleGroup): string {
  const opening = group.title ? `${group.title}: ` : '';
  const pieces = group.of.every((part: RulePart) => typeof part === 'string') ? 'units' : 'groups';
  const say = (text: string) => (opening ? opening + text : text[0]?.toUpperCase() + text.slice(1));
  const size = group.of.length;
  switch (group.kind) {
    case 'all':
      return say(size === 1 ? 'this unit.' : `all ${size} ${pieces}.`);
    case 'choose':
      return say(`${group.count} of these ${size} ${pieces}.`);
    case 'at_least_one':
      return say(`at least one of these ${size} ${pieces}.`);
    case 'credits':
      return say(`units worth at least ${group.minimum} credits of these ${unitCodesOf(group).length}.`);
  }
}

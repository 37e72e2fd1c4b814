import { type Rule, type RuleGroup, type RulePart, unitCodesOf } from './rule.ts';

/** A sentence, the codes of the units it is about, and what belongs beneath it. */
export interface Words {
  readonly text: string;
  readonly units: readonly string[];
  readonly items: readonly Words[];
}

/** The rule as a reader understands it: a sentence for each group, its units and groups beneath, then floors and barred pairs. */
export function ruleInWords(rule: Rule): readonly Words[] {
  const { root } = rule;
  if (root.of.length === 0) return [sentence('Nothing is asked for yet.')];
  const words =
    root.kind === 'all' && root.of.every((part) => typeof part !== 'string') ? root.of.map(inWords) : [inWords(root)];
  if (rule.minimumCredits) words.push(sentence(`At least ${rule.minimumCredits} credits in all.`));
  for (const floor of rule.creditFloors ?? [])
    words.push(sentence(`At least ${floor.credits} of the credits at level ${floor.level} or above.`));
  for (const pair of rule.barred)
    words.push({ text: 'Equal content, of which one unit counts:', units: pair, items: [] });
  return words;
}

const sentence = (text: string): Words => ({ text, units: [], items: [] });

function inWords(group: RulePart): Words {
  if (typeof group === 'string') return { text: '', units: [group], items: [] };
  const parts: readonly RulePart[] = group.of;
  // Beside groups, a unit alone is one of the choices and stands on a line of its own.
  const plain = parts.every((part) => typeof part === 'string');
  return {
    text: groupSentence(group),
    units: plain ? parts.filter((part) => typeof part === 'string') : [],
    items: plain ? [] : parts.map(inWords),
  };
}

/** What a group asks for, in a sentence. */
export function groupSentence(group: RuleGroup): string {
  const opening = group.title ? `${group.title}: ` : '';
  const pieces = group.of.every((part: RulePart) => typeof part === 'string') ? 'units' : 'groups';
  const say = (text: string) => (opening ? opening + text : text[0]?.toUpperCase() + text.slice(1));
  const size = group.of.length;
  if (size === 0) return say('empty so far.');
  switch (group.kind) {
    case 'all':
      return say(
        size === 1 ? `this ${pieces.slice(0, -1)}.` : size === 2 ? `both ${pieces}.` : `all ${size} ${pieces}.`,
      );
    case 'choose':
      return say(`${group.count} of these ${size}.`);
    case 'at_least_one':
      return say(`at least one of these ${size} ${pieces}.`);
    case 'credits':
      return say(`units worth at least ${group.minimum} credits of these ${unitCodesOf(group).length}.`);
  }
}

/** What a pathway adds to the rule of combination (decision 020: its units are needed besides). Pure. */
import type { Version } from '../catalogue/catalogue.ts';
import type { Rule, RuleGroup, RulePart } from '../rule-of-combination/rule.ts';

/** Stands in what is missing until a pathway is chosen. */
const PATHWAY = 'Pathway';

/**
 * The rule that holds for a candidate. With a pathway its units are needed besides. While none is chosen and the version
 * has some, the units of one of them are needed besides, whichever it is. A title that the version does not have counts
 * as none chosen.
 */
export function ruleWithPathway({ rule, pathways }: Pick<Version, 'rule' | 'pathways'>, chosen: string | null): Rule {
  const open = pathways.filter(({ units }) => units.length > 0);
  if (open.length === 0) return rule;
  const pathway = pathways.find(({ title }) => title === chosen);
  const parts: readonly RulePart[] = pathway
    ? pathway.units
    : [
        {
          kind: 'choose',
          title: PATHWAY,
          count: 1,
          of: open.map(({ title, units }) => ({ kind: 'all', title, of: units })),
        },
      ];
  return { ...rule, root: withParts(rule.root, parts) };
}

function withParts(root: RuleGroup, parts: readonly RulePart[]): RuleGroup {
  if (root.kind !== 'all') return { kind: 'all', of: [root, ...parts] };
  return { ...root, of: [...root.of, ...parts.filter((part) => !root.of.includes(part))] };
}

/** The units that everybody needs: those beneath the rule with no choice between. */
export function neededByAll(rule: Rule): string[] {
  const needed = (group: RuleGroup): string[] =>
    group.kind === 'all' ? group.of.flatMap((part) => (typeof part === 'string' ? [part] : needed(part))) : [];
  return [...new Set(needed(rule.root))];
}

/** The groups of a rule among which somebody chooses, the outermost ones. */
export function groupsToChoose(rule: Rule): RuleGroup[] {
  const open = (group: RuleGroup): RuleGroup[] =>
    group.kind === 'all' ? group.of.flatMap((part) => (typeof part === 'string' ? [] : open(part))) : [group];
  return open(rule.root);
}

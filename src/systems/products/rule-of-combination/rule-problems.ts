import { checkRule } from './check-rule.ts';
import { type Missing, type Rule, type RuleGroup, type RulePart, type RuleUnit, unitCodesOf } from './rule.ts';

/** Why nobody can meet a rule, a sentence for each reason; empty: somebody can. Also says what is not finished in it. */
export function ruleProblems(rule: Rule, units: readonly RuleUnit[]): string[] {
  const named = unitCodesOf(rule.root);
  if (named.length === 0) return ['The rule of combination asks for nothing yet. Add units or groups to it.'];
  const unfinished = [...unfinishedIn(rule.root), ...unknownIn(rule, units)];
  if (unfinished.length > 0) return unfinished;
  const answer = checkRule(rule, units, named);
  return answer.missing.map((lack) => `Nobody can meet the rule: ${reasonFor(lack, rule, answer.credits)}`);
}

function reasonFor(lack: Missing, rule: Rule, counted: number): string {
  const all = 'even with every unit achieved';
  const name = 'title' in lack && lack.title ? `"${lack.title}"` : 'a group';
  switch (lack.kind) {
    case 'unit': {
      const partner = rule.barred.find((pair) => pair.includes(lack.code))?.find((code) => code !== lack.code);
      return `it needs both ${lack.code} and ${partner ?? 'another unit'}, of which only one counts.`;
    }
    case 'choose':
      return `${name} asks for ${lack.more} more than there can be, ${all}.`;
    case 'credits':
      return `${name} asks for ${lack.more} credits more than its units give, ${all}.`;
    case 'total_credits':
      return `it asks for ${rule.minimumCredits} credits in all, and ${all} ${counted} count.`;
    case 'credits_at_level':
      return `it asks for ${lack.more} credits more at level ${lack.level} or above than there are, ${all}.`;
  }
}

function unfinishedIn(group: RuleGroup): string[] {
  const name = group.title ? `"${group.title}"` : 'A group';
  const parts: readonly RulePart[] = group.of;
  const problems = parts.flatMap((part) => (typeof part === 'string' ? [] : unfinishedIn(part)));
  if (parts.length === 0) problems.push(`${name} is empty. Add units to it or remove it.`);
  else if (group.kind === 'choose' && group.count > parts.length)
    problems.push(`${name} asks for ${group.count} parts and has ${parts.length}. Add parts or ask for fewer.`);
  return problems;
}

function unknownIn(rule: Rule, units: readonly RuleUnit[]): string[] {
  const known = new Set(units.map(({ code }) => code));
  return [...new Set([...unitCodesOf(rule.root), ...rule.barred.flat()])]
    .filter((code) => !known.has(code))
    .map(
      (code) => `The rule names ${code}, and the product has no such unit. Add the unit or take it out of the rule.`,
    );
}

/** The rule for those who take a pathway: its units are needed besides. */
export function ruleForPathway(
  rule: Rule,
  pathway: { readonly title: string; readonly units: readonly string[] },
): Rule {
  if (pathway.units.length === 0) return rule;
  const own: RuleGroup = { kind: 'all', title: pathway.title, of: pathway.units };
  return { ...rule, root: { kind: 'all', of: [rule.root, own] } };
}

/**
 * The choice of pathway and optional units for a registration: what there is to choose, whether a choice meets the rule of
 * combination, and what is missing in view of it. Pure; the rule alone decides about a certificate, never the plan.
 */
import type { FieldError } from '#platform/http/answers.ts';
import {
  checkRule,
  groupSentence,
  groupsToChoose,
  type Missing,
  neededByAll,
  type RuleUnit,
  ruleWithPathway,
  unitCodesOf,
  type Version,
} from '#products';

export interface Choice {
  /** Title of a pathway of the version; null: not chosen yet. */
  readonly pathway: string | null;
  /** Codes of optional units that are planned. */
  readonly units: readonly string[];
}

export const NO_CHOICE: Choice = { pathway: null, units: [] };

type Rules = Pick<Version, 'rule' | 'pathways'>;

/** Units to choose among, with the sentence of the rule that asks for some of them. */
interface Alternatives {
  readonly words: string;
  readonly codes: readonly string[];
}

/** What a version leaves open; both empty: every unit is needed. A unit stands in the first group that has it. */
export function whatToChoose({ rule, pathways }: Rules): {
  readonly pathways: Version['pathways'];
  readonly alternatives: readonly Alternatives[];
} {
  const taken = new Set(neededByAll(rule));
  const alternatives = groupsToChoose(rule).map((group) => {
    const codes = unitCodesOf(group).filter((code) => !taken.has(code));
    for (const code of codes) taken.add(code);
    return { words: groupSentence(group), codes };
  });
  return { pathways, alternatives: alternatives.filter(({ codes }) => codes.length > 0) };
}

/** Whether nothing was chosen. */
export const isOpen = ({ pathway, units }: Choice): boolean => pathway === null && units.length === 0;

/** What refuses a choice: a pathway or unit the version does not leave open, and units of equal content. */
export function choiceProblems(version: Rules, units: readonly RuleUnit[], choice: Choice): FieldError[] {
  const problems: FieldError[] = [];
  const { pathways, alternatives } = whatToChoose(version);
  const refuse = (field: string, message: string) => problems.push({ field, message });
  if (choice.pathway !== null && !pathways.some(({ title }) => title === choice.pathway))
    refuse('pathway', 'Choose one of the pathways shown');
  const offered = new Set(alternatives.flatMap(({ codes }) => codes));
  const strange = choice.units.filter((code) => !offered.has(code));
  if (strange.length > 0)
    refuse('unit', `${strange.join(', ')}: not among the optional units. Choose from those shown`);
  const all = plannedUnits(version, choice);
  const nameOf = new Map(units.map(({ code, title }) => [code, `${code} ${title}`]));
  for (const [one, other] of version.rule.barred) {
    // Units of equal content that everybody needs are the product's own affair.
    if (!all.has(one) || !all.has(other) || ![one, other].some((code) => choice.units.includes(code))) continue;
    const names = `${nameOf.get(one) ?? one} and ${nameOf.get(other) ?? other}`;
    refuse('unit', `${names} have equal content, and one of them counts. Leave one of the two out`);
  }
  return problems;
}

/** Every unit that the candidate would achieve by the choice. */
function plannedUnits(version: Rules, { pathway, units }: Choice): Set<string> {
  const ofPathway = version.pathways.find(({ title }) => title === pathway)?.units ?? [];
  return new Set([...neededByAll(version.rule), ...ofPathway, ...units]);
}

/** What the rule would still ask for when all that is chosen is achieved; empty: the choice meets it. */
export function stillToChoose(version: Rules, units: readonly RuleUnit[], choice: Choice): readonly Missing[] {
  return checkRule(ruleWithPathway(version, choice.pathway), units, plannedUnits(version, choice)).missing;
}

/** The same in a sentence, for the form; null where the version leaves nothing open. */
export function choiceInWords(version: Rules, units: readonly RuleUnit[], choice: Choice): string | null {
  const { pathways, alternatives } = whatToChoose(version);
  if (pathways.length === 0 && alternatives.length === 0) return null;
  const [problem] = choiceProblems(version, units, choice);
  if (problem) return `${problem.message}.`;
  const lacks = stillToChoose(version, units, choice);
  if (lacks.length === 0) return 'With these the rule of combination is met.';
  return `Still to be chosen, now or later: ${lacks.map(({ sentence }) => sentence).join(' ')}`;
}

/** What is missing, in view of the plan: planned units first, and named. */
export function inViewOf(
  missing: readonly Missing[],
  planned: readonly string[],
  units: readonly RuleUnit[],
): Missing[] {
  const titles = new Map(units.map(({ code, title }) => [code, title]));
  const seen = missing.map((lack): { readonly lack: Missing; readonly first: boolean } => {
    if (!('from' in lack)) return { lack, first: false };
    const own = planned.filter((code) => lack.from.includes(code));
    if (own.length === 0) return { lack, first: false };
    const names = own.map((code) => `${code} ${titles.get(code) ?? ''}`.trim()).join('; ');
    const from = [...own, ...lack.from.filter((code) => !own.includes(code))];
    return { lack: { ...lack, from, sentence: `${lack.sentence} Planned: ${names}.` }, first: true };
  });
  return [...seen.filter(({ first }) => first), ...seen.filter(({ first }) => !first)].map(({ lack }) => lack);
}

/** A version or draft in words, and what changes between two, for those who compare and publish. */
import { formatDate } from '#ui';
import { PRODUCT_KINDS } from '../catalogue/catalogue.ts';
import { aggregationInWords } from '../grading/grading.ts';
import { outcomeLines } from '../outcomes/outcomes.ts';
import type { Rule } from '../rule-of-combination/rule.ts';
import { ruleInWords, type Words } from '../rule-of-combination/rule-in-words.ts';
import { type Content, type DraftUnit, LANGUAGES } from './content.ts';

export interface Difference {
  readonly about: string;
  /** Null: it is new. */
  readonly before: string | null;
  /** Null: it is taken away. */
  readonly after: string | null;
}

type Line = readonly [string, string];
const number = (value: number | null): string => (value === null ? '' : String(value));
const day = (value: string | null): string => (value === null ? '' : formatDate(value));

export function factLines(content: Content): Line[] {
  return [
    ['Title', content.title],
    ['Type', PRODUCT_KINDS[content.kind]],
    ['Qualification number', content.qualificationNumber ?? ''],
    ['Level', number(content.level)],
    ['Good for', validityInWords(content)],
    ['Languages of assessment', content.languages.map((one) => LANGUAGES[one]).join(', ')],
  ];
}

/** How long an achievement is good for, in words. */
export function validityInWords({ validityMonths, renewable }: Pick<Content, 'validityMonths' | 'renewable'>): string {
  if (validityMonths === null) return 'Without end';
  const length = validityMonths % 12 === 0 ? `${validityMonths / 12} years` : `${validityMonths} months`;
  return `${length}, ${renewable ? 'can be renewed' : 'cannot be renewed'}`.replace(/^1 years/, '1 year');
}

export function sizeLines(content: Content): Line[] {
  return [
    ['Total qualification time', number(content.totalQualificationTime)],
    ['Guided learning hours', number(content.guidedLearningHours)],
    ['Credits', number(content.credits)],
    ['Operational start', day(content.operationalStart)],
    ['Last registration', day(content.operationalEnd)],
    ['Last certification', day(content.certificationEnd)],
    ['Review', day(content.reviewOn)],
    ['Figures', content.figuresInvented ? 'Made up' : ''],
  ];
}

export const gradingLines = ({ aggregation }: Content): Line[] => [['Grading', aggregationInWords(aggregation)]];

export const pathwayLines = ({ pathways }: Content): Line[] =>
  pathways.map(({ title, units }) => [`Pathway ${title}`, units.join(', ')]);

export function unitLines(unit: DraftUnit): Line[] {
  return [
    ['Code', unit.code],
    ['Title', unit.title],
    ['Reference', unit.reference ?? ''],
    ['Level', number(unit.level)],
    ['Credits', number(unit.credits)],
    ['Guided learning hours', number(unit.guidedLearningHours)],
    ['Assessed by', unit.assessedBy === 'online_test' ? 'Online test' : 'Portfolio'],
    ['Outcomes and criteria', outcomeLines(unit.outcomes)],
    ['Source', unit.figuresInvented ? 'Made up' : ''],
  ];
}

/** The whole rule as one text, a line for each sentence. */
export function ruleText(rule: Rule): string {
  const lines = (words: readonly Words[], depth: number): string[] =>
    words.flatMap(({ text, units, items }) => [
      `${'  '.repeat(depth)}${[text, units.join(', ')].filter(Boolean).join(' ')}`,
      ...lines(items, depth + 1),
    ]);
  return lines(ruleInWords(rule), 0).join('\n');
}

const oneText = (unit: DraftUnit): string =>
  unitLines(unit)
    .filter(([, words]) => words !== '')
    .map(([label, words]) => `${label}: ${words}`)
    .join('\n');

/** All differences; empty: both state the same. Units are matched by code. */
export function differences(before: Content | null, after: Content): Difference[] {
  const found: Difference[] = [];
  const compare = (about: string, was: string | null, is: string | null) => {
    if ((was ?? '') !== (is ?? '')) found.push({ about, before: was || null, after: is || null });
  };
  const lines = (content: Content) => [
    ...factLines(content),
    ...sizeLines(content),
    ...gradingLines(content),
    ...pathwayLines(content),
  ];
  const was = new Map(before ? lines(before) : []);
  const is = new Map(lines(after));
  for (const [label, words] of is) compare(label, was.get(label) ?? null, words);
  for (const [label, words] of was) if (!is.has(label)) compare(label, words, null);
  const unitsBefore = new Map((before?.units ?? []).map((unit) => [unit.code, unit]));
  for (const unit of after.units) {
    const old = unitsBefore.get(unit.code);
    compare(`Unit ${unit.code}`, old ? oneText(old) : null, oneText(unit));
  }
  const kept = new Set(after.units.map(({ code }) => code));
  for (const [code, unit] of unitsBefore) if (!kept.has(code)) compare(`Unit ${code}`, oneText(unit), null);
  const order = (content: Content, other: ReadonlySet<string>) =>
    content.units
      .map(({ code }) => code)
      .filter((code) => other.has(code))
      .join(', ');
  if (before) compare('Order of units', order(before, kept), order(after, new Set(unitsBefore.keys())));
  compare('Rule of combination', before && ruleText(before.rule), ruleText(after.rule));
  return found;
}

/**
 * What stands in the way of publishing a draft, and what to look at again. Conditions E2 (title), E7 (total
 * qualification time covers guided learning), E8.2 (credit is total qualification time / 10, rounded), E9 (levels).
 */
import { isRegulated } from '../catalogue/catalogue.ts';
import { aggregationProblem } from '../grading/grading.ts';
import { qualificationNumberWarning } from '../qualification-number/qualification-number.ts';
import { unitCodesOf } from '../rule-of-combination/rule.ts';
import { ruleForPathway, ruleProblems } from '../rule-of-combination/rule-problems.ts';
import type { Content } from './content.ts';

export interface Problem {
  /** The page of the draft where it is mended: 'facts'. */
  readonly page: 'facts' | 'size' | 'grading' | 'pathways' | 'units' | 'rule';
  readonly message: string;
}

/** Credit as condition E8.2 reckons it. */
export const creditFor = (totalQualificationTime: number): number => Math.round(totalQualificationTime / 10);

/** Every reason why the draft cannot be published yet. */
export function publishProblems(content: Content): Problem[] {
  return [
    ...factProblems(content),
    ...sizeProblems(content),
    ...dateProblems(content),
    ...unitProblems(content),
    ...ruleProblems(content.rule, content.units).map((message) => ({ page: 'rule' as const, message })),
    ...pathwayProblems(content),
    ...gradingProblems(content),
  ];
}

function factProblems({ title, level, kind, qualificationNumber, languages }: Content): Problem[] {
  const found: Problem[] = [];
  const say = (message: string) => found.push({ page: 'facts', message });
  if (title.trim() === '') say('Enter the title as it stands on the register.');
  if (level === null) say('Enter the level (condition E9).');
  if (isRegulated(kind) && qualificationNumber === null)
    say('Enter the qualification number: a regulated qualification is published once it is on the register.');
  if (languages.length === 0) say('Choose at least one language of assessment.');
  return found;
}

/** Total qualification time, guided learning and credit against each other. */
export function sizeProblems(content: Content): Problem[] {
  const { totalQualificationTime: total, guidedLearningHours: guided, credits } = content;
  const found: Problem[] = [];
  const say = (message: string) => found.push({ page: 'size', message });
  if (isRegulated(content.kind) && content.kind === 'qualification') {
    if (total === null) say('Enter the total qualification time (condition E7).');
    if (guided === null) say('Enter the guided learning hours (condition E7).');
  }
  if (total !== null && guided !== null && guided > total)
    say(
      `Total qualification time is ${total} hours and guided learning ${guided}: the total includes guided learning, so it cannot be less (condition E7).`,
    );
  if (total !== null && credits !== null && credits !== creditFor(total))
    say(
      `Credit must be ${creditFor(total)}: total qualification time of ${total} hours divided by 10 and rounded to the nearest whole number (condition E8.2). It is entered as ${credits}.`,
    );
  return found;
}

function dateProblems({ operationalStart: start, operationalEnd: end, certificationEnd: claims }: Content): Problem[] {
  const found: Problem[] = [];
  const say = (message: string) => found.push({ page: 'size', message });
  if (start === null) say('Enter the operational start: the first day of registration.');
  if (start !== null && end !== null && end < start) say('The last registration lies before the operational start.');
  if (claims !== null && end === null)
    say(
      'Enter the last registration too: there is a last certification, and nobody should register without end before it.',
    );
  if (claims !== null && end !== null && claims < end) say('The last certification lies before the last registration.');
  return found;
}

function unitProblems({ units, kind }: Content): Problem[] {
  const found: Problem[] = [];
  if (units.length === 0) found.push({ page: 'units', message: 'Add at least one unit.' });
  for (const { code, credits, level } of units)
    if (kind === 'qualification' && credits !== null && level === null)
      found.push({ page: 'units', message: `Enter the level of ${code}: it has credits (condition E9).` });
  return found;
}

function pathwayProblems({ pathways, rule, units }: Content): Problem[] {
  if (ruleProblems(rule, units).length > 0) return [];
  const named = new Set(unitCodesOf(rule.root));
  return pathways.flatMap((pathway) => {
    const page = 'pathways' as const;
    const strange = pathway.units.filter((code) => !named.has(code));
    if (strange.length > 0)
      return [
        { page, message: `The pathway "${pathway.title}" has ${strange.join(', ')}, which the rule does not name.` },
      ];
    const problems = ruleProblems(ruleForPathway(rule, pathway), units);
    return problems.map((message) => ({ page, message: `The pathway "${pathway.title}": ${message}` }));
  });
}

function gradingProblems({ aggregation, units }: Content): Problem[] {
  const problem = aggregationProblem(aggregation);
  const found: Problem[] = problem ? [{ page: 'grading', message: `${problem}.` }] : [];
  if ('per' in aggregation && aggregation.per === 'credit' && units.every(({ credits }) => !credits))
    found.push({ page: 'grading', message: 'The grade is weighed by credits, and no unit has any.' });
  return found;
}

/** What may be right and deserves another look. */
export function draftWarnings(content: Content): Problem[] {
  const { qualificationNumber, title, level, kind, rule, units, totalQualificationTime, credits } = content;
  const found: Problem[] = [];
  const number = qualificationNumber && qualificationNumberWarning(qualificationNumber);
  if (number) found.push({ page: 'facts', message: `${number}.` });
  if (isRegulated(kind) && level !== null && !new RegExp(`\\blevel ${level}\\b`, 'i').test(title))
    found.push({
      page: 'facts',
      message: `The title does not say "Level ${level}": compare it with the register (condition E2).`,
    });
  if (totalQualificationTime !== null && credits === null && kind === 'qualification')
    found.push({
      page: 'size',
      message: `Credit would be ${creditFor(totalQualificationTime)} (condition E8.2); none is entered.`,
    });
  const named = new Set(unitCodesOf(rule.root));
  const idle = units.filter(({ code }) => !named.has(code)).map(({ code }) => code);
  if (idle.length > 0 && named.size > 0)
    found.push({
      page: 'rule',
      message: `${idle.join(', ')} ${idle.length === 1 ? 'counts' : 'count'} for nothing: the rule names ${idle.length === 1 ? 'it' : 'them'} nowhere.`,
    });
  return found;
}

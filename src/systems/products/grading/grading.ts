/**
 * How the grade of a product is worked out from those of its units. Kept with each version, because it must be stated
 * how a result came about (General Condition H5.4).
 */
import { z } from 'zod';

export const GRADES = ['pass', 'merit', 'distinction'] as const;
export type Grade = (typeof GRADES)[number];

/** The words a person reads for each grade. */
export const GRADE_WORDS: Record<Grade, string> = { pass: 'Pass', merit: 'Merit', distinction: 'Distinction' };

const per = z.enum(['unit', 'credit']);
const points = z.number().int().min(0).max(1000);
const percent = z.number().int().min(1).max(100);

/** What each weighing of units is counted by. */
export type Weight = z.infer<typeof per>;

export const aggregationSchema = z.discriminatedUnion('kind', [
  /** Pass only. */
  z.object({ kind: z.literal('pass') }),
  /** The highest grade that the units of that grade and above would earn the product with: in a rule of all units, the lowest. */
  z.object({ kind: z.literal('lowest') }),
  /** Points of the units that count, per unit or per credit, summed; the least sums for merit and distinction. */
  z.object({
    kind: z.literal('points'),
    per,
    points: z.object({ pass: points, merit: points, distinction: points }),
    merit: points,
    distinction: points,
  }),
  /** The least share in percent of the units or credits that count with merit or above, and with distinction. */
  z.object({ kind: z.literal('share'), per, merit: percent, distinction: percent }),
]);
export type Aggregation = z.infer<typeof aggregationSchema>;

const NOUN: Record<Weight, string> = { unit: 'unit', credit: 'credit' };

/** The rule in a sentence, as candidates read it. */
export function aggregationInWords(rule: Aggregation): string {
  switch (rule.kind) {
    case 'pass':
      return 'Pass, when every unit that is needed is achieved.';
    case 'lowest':
      return 'The highest grade for which enough units are achieved at that grade or above. Where every unit is needed, that is the lowest grade of a unit.';
    case 'points': {
      const { pass, merit, distinction } = rule.points;
      return `Points for each ${NOUN[rule.per]}: pass ${pass}, merit ${merit}, distinction ${distinction}. Merit from ${rule.merit} points in all, distinction from ${rule.distinction}.`;
    }
    case 'share':
      return `Merit when at least ${rule.merit}% of the ${NOUN[rule.per]}s that count are merit or above, distinction when at least ${rule.distinction}% are distinction.`;
  }
}

/** What is wrong with a rule for the grade, or null. */
export function aggregationProblem(rule: Aggregation): string | null {
  if (rule.kind === 'points') {
    const { pass, merit, distinction } = rule.points;
    if (pass > merit || merit > distinction) return 'A higher grade of a unit must not earn fewer points';
    if (rule.merit > rule.distinction) return 'Distinction must not need fewer points than merit';
  }
  return null;
}

/** Pass 0, merit 1, distinction 2. */
export const rankOf = (grade: Grade): number => GRADES.indexOf(grade);

/** One unit that counts: its weight by units is 1. */
export interface Graded {
  readonly rank: number;
  readonly credits: number;
}

/** The rank of the grade by points or share. Throws for rules that look at the combination too. */
export function weighedRank(rule: Extract<Aggregation, { kind: 'points' | 'share' }>, units: Iterable<Graded>): number {
  let whole = 0;
  let merit = 0;
  let distinction = 0;
  let sum = 0;
  const table = rule.kind === 'points' ? [rule.points.pass, rule.points.merit, rule.points.distinction] : [0, 0, 0];
  for (const { rank, credits } of units) {
    const weight = rule.per === 'unit' ? 1 : credits;
    whole += weight;
    if (rank >= 1) merit += weight;
    if (rank >= 2) distinction += weight;
    sum += weight * (table[rank] as number);
  }
  if (rule.kind === 'points') return sum >= rule.distinction ? 2 : sum >= rule.merit ? 1 : 0;
  if (whole === 0) return 0;
  return distinction * 100 >= rule.distinction * whole ? 2 : merit * 100 >= rule.merit * whole ? 1 : 0;
}

/**
 * What a certificate says, as printed. The front of a qualification or credit certificate shows the fields that General
 * Condition I3 asks for; a certificate of a product that is not regulated has its own template without them, so that
 * the two are never mixed (I4.1).
 */
import { z } from 'zod';
import type { Product, Unit } from '#products';
import type { Grade, RegistrationForClaim, UnitAchievement } from '#web-portal';

/** `qualification`: the whole award. `credit`: credit for single units. `accreditation`: a product that is not regulated. */
const TEMPLATES = ['qualification', 'credit', 'accreditation'] as const;

const dateOfLaw = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** The stored form. A new layout or field is a new format: old certificates keep theirs. */
export const contentSchema = z.strictObject({
  format: z.literal(1),
  template: z.enum(TEMPLATES),
  /** Certificate number, 12 symbols without hyphens. */
  serial: z.string(),
  /** Full name of the awarding body. */
  awardingBody: z.string(),
  /** The name as registered. */
  holder: z.strictObject({ givenNames: z.string(), familyName: z.string(), candidateNumber: z.string() }),
  /** As on the register. */
  title: z.string(),
  /** Null on an accreditation. */
  qualificationNumber: z.string().nullable(),
  /** Null on an accreditation. */
  level: z.number().int().nullable(),
  /** "Pass", "Merit", "Distinction". */
  grade: z.string(),
  /** The day on which the awarding body confirms the attainment by issue, YYYY-MM-DD. */
  awardedOn: dateOfLaw,
  units: z.array(
    z.strictObject({
      /** The unit's number on the register, or our code where it has none. */
      reference: z.string(),
      title: z.string(),
      level: z.number().int(),
      credits: z.number().int().nullable(),
      grade: z.string(),
    }),
  ),
  /** Sum over the units; null where the units carry none. */
  credits: z.number().int().nullable(),
  /** On a credit certificate: that credit was awarded. */
  creditStatement: z.string().nullable(),
  /** The language of assessment where it was not English (I3.4). */
  assessmentLanguage: z.string().nullable(),
  centre: z.strictObject({ number: z.string(), name: z.string() }),
  /** The address of the public check, as the printed code opens it. */
  checkAt: z.string(),
});
export type Content = z.infer<typeof contentSchema>;
export type Template = Content['template'];

const GRADE_WORDS: Record<Grade, string> = { pass: 'Pass', merit: 'Merit', distinction: 'Distinction' };
const LANGUAGE_WORDS = { en: null, cy: 'Welsh', ga: 'Irish' } as const;

export interface ContentFacts {
  readonly kind: 'full' | 'partial';
  readonly serial: string;
  readonly awardingBody: string;
  readonly awardedOn: string;
  readonly publicUrl: string;
  readonly product: Pick<Product, 'title' | 'level' | 'qualificationNumber' | 'regulated'>;
  /** The units that count, in the order of the specification. */
  readonly units: readonly Unit[];
  readonly achievements: readonly UnitAchievement[];
  /** Of the whole, by the rule of the version. */
  readonly grade: Grade;
  readonly registration: Pick<RegistrationForClaim, 'assessmentLanguage' | 'candidate'>;
  readonly centre: { readonly number: string; readonly name: string };
}

/** The template for a product and a kind of claim. */
function templateFor(product: Pick<Product, 'regulated'>, kind: 'full' | 'partial'): Template {
  if (!product.regulated) return 'accreditation';
  return kind === 'full' ? 'qualification' : 'credit';
}

/** Puts a certificate together. Pure: the same facts give the same content. */
export function contentOf(facts: ContentFacts): Content {
  const { kind, product, units, achievements, registration } = facts;
  const template = templateFor(product, kind);
  const gradeOf = (unit: Unit) => achievements.find((one) => one.unitId === unit.id)?.grade ?? 'pass';
  const withCredit = template !== 'accreditation' && units.some((unit) => unit.credits !== null);
  const credits = withCredit ? units.reduce((sum, unit) => sum + (unit.credits ?? 0), 0) : null;
  const { candidate } = registration;
  return {
    format: 1,
    template,
    serial: facts.serial,
    awardingBody: facts.awardingBody,
    holder: {
      givenNames: candidate.givenNames,
      familyName: candidate.familyName,
      candidateNumber: candidate.number,
    },
    title: product.title,
    qualificationNumber: template === 'accreditation' ? null : product.qualificationNumber,
    level: template === 'accreditation' ? null : product.level,
    grade: GRADE_WORDS[facts.grade],
    awardedOn: facts.awardedOn,
    units: units.map((unit) => ({
      reference: unit.reference ?? unit.code,
      title: unit.title,
      level: unit.level,
      credits: template === 'accreditation' ? null : unit.credits,
      grade: GRADE_WORDS[gradeOf(unit)],
    })),
    credits,
    creditStatement: template === 'credit' ? creditStatement(credits, units.length) : null,
    assessmentLanguage: LANGUAGE_WORDS[registration.assessmentLanguage],
    centre: { number: facts.centre.number, name: facts.centre.name },
    checkAt: `${facts.publicUrl}/verify`,
  };
}

function creditStatement(credits: number | null, units: number): string {
  const amount = credits === null ? 'Credit' : credits === 1 ? '1 credit' : `${credits} credits`;
  const verb = credits === null || credits === 1 ? 'has' : 'have';
  return `${amount} ${verb} been awarded for ${units === 1 ? 'this unit' : 'these units'}.`;
}

/** The holder's name in one line. */
export function holderName({ holder }: Pick<Content, 'holder'>): string {
  return `${holder.givenNames} ${holder.familyName}`;
}

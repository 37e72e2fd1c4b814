/** The content of a draft: all that a version will state, with whatever may still be missing. */
import { z } from 'zod';
import { PRODUCT_KINDS, type ProductKind, type Unit, type Version } from '../catalogue/catalogue.ts';
import { aggregationSchema } from '../grading/grading.ts';
import { outcomesSchema } from '../outcomes/outcomes.ts';
import type { Rule, RuleGroup, RulePart } from '../rule-of-combination/rule.ts';

/** Languages that assessment is offered in; English always can be. */
export const LANGUAGES = { en: 'English', cy: 'Welsh', ga: 'Irish' } as const;
export type Language = keyof typeof LANGUAGES;

const code = z.string().min(1).max(40);
const title = z.string().max(200).optional();
const part: z.ZodType<RulePart> = z.lazy(() => z.union([code, group]));
// As the published rule, but a group may still be empty or ask for more than it has.
const group: z.ZodType<RuleGroup> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all'), title, of: z.array(part) }),
    z.object({ kind: z.literal('choose'), title, count: z.number().int().min(1), of: z.array(part) }),
    z.object({ kind: z.literal('at_least_one'), title, of: z.array(part) }),
    z.object({ kind: z.literal('credits'), title, minimum: z.number().int().min(1), of: z.array(code) }),
  ]),
);
const draftRule: z.ZodType<Rule> = z.object({
  root: group,
  barred: z.array(z.tuple([code, code])).max(12),
  minimumCredits: z.number().int().min(1).optional(),
  creditFloors: z.array(z.object({ level: z.number().int(), credits: z.number().int().min(1) })).optional(),
});

const figure = z.number().int().min(0).nullable();
const day = z.iso.date().nullable();

const unit = z.object({
  code,
  reference: z.string().nullable(),
  title: z.string().min(1),
  level: z.number().int().min(0).max(8),
  credits: figure,
  guidedLearningHours: figure,
  assessedBy: z.enum(['online_test', 'portfolio']),
  outcomes: outcomesSchema,
  figuresInvented: z.boolean(),
});
export type DraftUnit = z.infer<typeof unit>;

const pathway = z.object({ title: z.string().min(1).max(120), units: z.array(code) });
export type Pathway = z.infer<typeof pathway>;
export const pathwaysSchema = z.array(pathway);

export const contentSchema = z.object({
  title: z.string(),
  kind: z.enum(Object.keys(PRODUCT_KINDS) as [ProductKind, ...ProductKind[]]),
  level: z.number().int().min(0).max(8).nullable(),
  qualificationNumber: z.string().nullable(),
  validityMonths: z.number().int().min(1).max(240).nullable(),
  renewable: z.boolean(),
  languages: z.array(z.enum(Object.keys(LANGUAGES) as [Language, ...Language[]])),
  credits: figure,
  guidedLearningHours: figure,
  totalQualificationTime: figure,
  figuresInvented: z.boolean(),
  operationalStart: day,
  operationalEnd: day,
  certificationEnd: day,
  reviewOn: day,
  aggregation: aggregationSchema,
  units: z.array(unit).max(120),
  rule: draftRule,
  pathways: pathwaysSchema,
});
export type Content = z.infer<typeof contentSchema>;

/** The beginning of a new product. An IMI Accreditation is good for three years and is renewed. */
export function emptyContent(title: string, kind: ProductKind): Content {
  return {
    title,
    kind,
    level: null,
    qualificationNumber: null,
    validityMonths: kind === 'accreditation' ? 36 : null,
    renewable: kind === 'accreditation',
    languages: ['en'],
    credits: null,
    guidedLearningHours: null,
    totalQualificationTime: null,
    figuresInvented: false,
    operationalStart: null,
    operationalEnd: null,
    certificationEnd: null,
    reviewOn: null,
    aggregation: { kind: 'pass' },
    units: [],
    rule: { root: { kind: 'all', of: [] }, barred: [] },
    pathways: [],
  };
}

/** What a published version states, as a draft that changes nothing yet. */
export function contentOf(version: Version, units: readonly Unit[]): Content {
  const { id: _, productId: __, version: ___, grading: ____, ...facts } = version;
  return contentSchema.parse({
    ...facts,
    units: units.map(({ id: _id, versionId: _version, ...one }) => one),
  });
}

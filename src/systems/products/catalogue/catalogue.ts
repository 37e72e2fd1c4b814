import type { Reader } from '#platform/database/database.ts';
import { type Aggregation, aggregationSchema } from '../grading/grading.ts';
import type { Outcome } from '../outcomes/outcomes.ts';
import { type Rule, ruleSchema } from '../rule-of-combination/rule.ts';

export interface Product {
  readonly id: string;
  /** Short and ours: "ARH". */
  readonly code: string;
  /** The number on the register, "500/6771/0"; null where the product is not on it. */
  readonly qualificationNumber: string | null;
  readonly title: string;
  readonly kind: ProductKind;
  readonly level: number;
  /** On the register of the regulator: its certificates carry the regulator's fields. */
  readonly regulated: boolean;
}

export type ProductKind = 'qualification' | 'accreditation' | 'quality_assured_programme' | 'end_point_assessment';

/** The words a person reads for each kind. */
export const PRODUCT_KINDS: Record<ProductKind, string> = {
  qualification: 'Qualification',
  accreditation: 'Accreditation',
  quality_assured_programme: 'Quality assured programme',
  end_point_assessment: 'End-point assessment',
};

/** Kinds that the regulator has on its register: their certificates carry its fields. */
export const isRegulated = (kind: ProductKind): boolean => kind === 'qualification' || kind === 'end_point_assessment';

/** One version of a product. Never overwritten: registrations point at the version they were made for. */
export interface Version {
  readonly id: string;
  readonly productId: string;
  readonly version: number;
  /** As published with it: the product carries those of its newest version. */
  readonly title: string;
  readonly kind: ProductKind;
  readonly level: number;
  readonly qualificationNumber: string | null;
  /** How long an achievement is good for; null: without end. */
  readonly validityMonths: number | null;
  readonly renewable: boolean;
  /** Codes of languages: "en". */
  readonly languages: readonly string[];
  /** Dates of law, YYYY-MM-DD. */
  readonly operationalStart: string;
  readonly operationalEnd: string | null;
  readonly certificationEnd: string | null;
  readonly reviewOn: string | null;
  readonly credits: number | null;
  readonly guidedLearningHours: number | null;
  readonly totalQualificationTime: number | null;
  /** The figures are made up for the demonstration, and pages say so. */
  readonly figuresInvented: boolean;
  readonly rule: Rule;
  readonly grading: 'pass' | 'pass_merit_distinction';
  /** How the grade is worked out from the units. */
  readonly aggregation: Aggregation;
  /** Named choices, each with the units that it makes mandatory. */
  readonly pathways: readonly { readonly title: string; readonly units: readonly string[] }[];
}

export interface Unit {
  readonly id: string;
  readonly versionId: string;
  /** "LVP-K03": unique within the version; the rule names units by it. */
  readonly code: string;
  /** The unit's number on the register, "R/601/3719". */
  readonly reference: string | null;
  readonly title: string;
  readonly level: number;
  readonly credits: number | null;
  readonly guidedLearningHours: number | null;
  readonly figuresInvented: boolean;
  readonly assessedBy: 'online_test' | 'portfolio';
  readonly outcomes: readonly Outcome[];
}

const PRODUCT = [
  'id',
  'code',
  'qualification_number as qualificationNumber',
  'title',
  'kind',
  'level',
  'regulated',
] as const;
const VERSION = [
  'id',
  'product_id as productId',
  'version',
  'title',
  'kind',
  'level',
  'qualification_number as qualificationNumber',
  'validity_months as validityMonths',
  'renewable',
  'languages',
  'operational_start as operationalStart',
  'operational_end as operationalEnd',
  'certification_end as certificationEnd',
  'review_on as reviewOn',
  'credits',
  'guided_learning_hours as guidedLearningHours',
  'total_qualification_time as totalQualificationTime',
  'figures_invented as figuresInvented',
  'rule',
  'grading',
  'aggregation',
  'pathways',
] as const;
const UNIT = [
  'id',
  'version_id as versionId',
  'code',
  'reference',
  'title',
  'level',
  'credits',
  'guided_learning_hours as guidedLearningHours',
  'figures_invented as figuresInvented',
  'assessed_by as assessedBy',
  'outcomes',
] as const;

/** What is stored as JSON, read as what it is. */
function versionOf<Row extends { rule: unknown; aggregation: unknown; pathways: unknown }>(row: Row) {
  return {
    ...row,
    rule: ruleSchema.parse(row.rule),
    aggregation: aggregationSchema.parse(row.aggregation),
    pathways: row.pathways as Version['pathways'],
  };
}

/** The product of a code such as "ARH", or null. */
export async function productByCode(reader: Pick<Reader, 'db'>, code: string): Promise<Product | null> {
  return (
    (await reader.db.selectFrom('products.products').select(PRODUCT).where('code', '=', code).executeTakeFirst()) ??
    null
  );
}

/** The product of an id, or null. */
export async function productById(reader: Pick<Reader, 'db'>, id: string): Promise<Product | null> {
  return (
    (await reader.db.selectFrom('products.products').select(PRODUCT).where('id', '=', id).executeTakeFirst()) ?? null
  );
}

/** All products, or those of the given ids, by title. */
export async function allProducts(reader: Pick<Reader, 'db'>, ids?: readonly string[]): Promise<Product[]> {
  if (ids?.length === 0) return [];
  let query = reader.db.selectFrom('products.products').select(PRODUCT).orderBy('title');
  if (ids) query = query.where('id', 'in', [...ids]);
  return query.execute();
}

/** The newest published version of a product: the one new registrations are made for. Null before the first. */
export async function currentVersion(reader: Pick<Reader, 'db' | 'now'>, productId: string): Promise<Version | null> {
  const row = await reader.db
    .selectFrom('products.versions')
    .select(VERSION)
    .where('product_id', '=', productId)
    .where('published_at', '<=', reader.now)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? versionOf(row) : null;
}

/** The published version of an id, or null. */
export async function versionById(reader: Pick<Reader, 'db'>, versionId: string): Promise<Version | null> {
  const row = await reader.db
    .selectFrom('products.versions')
    .select(VERSION)
    .where('id', '=', versionId)
    .where('published_at', 'is not', null)
    .executeTakeFirst();
  return row ? versionOf(row) : null;
}

/** The units of a version, in the order of its specification. */
export async function unitsOf(reader: Pick<Reader, 'db'>, versionId: string): Promise<Unit[]> {
  const rows = await reader.db
    .selectFrom('products.units')
    .select(UNIT)
    .where('version_id', '=', versionId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ ...row, outcomes: row.outcomes as unknown as Unit['outcomes'] }));
}

/** The published versions of a product, the newest first. */
export async function versionsOf(reader: Pick<Reader, 'db' | 'now'>, productId: string): Promise<Version[]> {
  const rows = await reader.db
    .selectFrom('products.versions')
    .select(VERSION)
    .where('product_id', '=', productId)
    .where('published_at', '<=', reader.now)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(versionOf);
}

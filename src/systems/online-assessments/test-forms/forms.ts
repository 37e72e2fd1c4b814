/** Test forms as stored, for this system and, through its door, for others. */
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';

/** How many questions of a group a paper draws. */
export interface BlueprintPart {
  readonly group: string;
  readonly count: number;
}

const blueprintSchema = z.array(z.strictObject({ group: z.string(), count: z.int().min(1) })).min(1);

/** The blueprint of a form as stored. Throws when it does not fit. */
function blueprintFrom(stored: unknown): BlueprintPart[] {
  return blueprintSchema.parse(stored);
}

/** `draft`: may still change; `published`: never changes, sittings are booked on it; `withdrawn`: no new bookings. */
export type FormState = 'draft' | 'published' | 'withdrawn';

export const FORM_STATES: Record<FormState, string> = {
  draft: 'Draft',
  published: 'Published',
  withdrawn: 'Withdrawn',
};

export interface TestForm {
  readonly id: string;
  /** Stays the same over the versions of a form. */
  readonly code: string;
  readonly version: number;
  readonly title: string;
  readonly bankId: string;
  readonly productId: string | null;
  readonly unitCode: string | null;
  readonly blueprint: readonly BlueprintPart[];
  /** Questions of a paper: the sum of the blueprint. */
  readonly questions: number;
  readonly passMark: number;
  /** Time without access arrangements, in seconds. */
  readonly baseSeconds: number;
  /** Hours that must pass from registration to the first sitting, and from a fail to the next. */
  readonly hoursAfterRegistration: number;
  readonly hoursAfterFail: number;
  /** Null: as many as it takes. */
  readonly sittingsAllowed: number | null;
  readonly state: FormState;
  readonly createdBy: string | null;
  readonly publishedAt: Date | null;
  readonly withdrawnAt: Date | null;
}

const FORM = [
  'id',
  'code',
  'version',
  'title',
  'bank_id',
  'product_id',
  'unit_code',
  'blueprint',
  'questions',
  'pass_mark',
  'base_seconds',
  'hours_after_registration',
  'hours_after_fail',
  'sittings_allowed',
  'created_by',
  'published_at',
  'withdrawn_at',
] as const;

/** The form of an id in any state, or null. Centres, candidates and seats see published and withdrawn ones only. */
export async function formById(reader: Pick<Reader, 'db'>, id: string): Promise<TestForm | null> {
  const row = await forms(reader).where('id', '=', id).executeTakeFirst();
  return row ? formOf(row) : null;
}

/** The form on which a unit of a product is sat today: the newest published and not withdrawn one, or null. */
export async function publishedFormFor(
  reader: Pick<Reader, 'db'>,
  productId: string,
  unitCode: string,
): Promise<TestForm | null> {
  const row = await forms(reader)
    .where('product_id', '=', productId)
    .where('unit_code', '=', unitCode)
    .where('published_at', 'is not', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? formOf(row) : null;
}

/** All forms in all states, by title, the newest version of each first. */
export async function allForms(reader: Pick<Reader, 'db'>): Promise<TestForm[]> {
  const rows = await forms(reader).orderBy('title').orderBy('code').orderBy('version', 'desc').execute();
  return rows.map(formOf);
}

function forms(reader: Pick<Reader, 'db'>) {
  return reader.db.selectFrom('online_assessments.test_forms').select(FORM);
}

type FormRow = Awaited<ReturnType<ReturnType<typeof forms>['execute']>>[number];

function formOf(row: FormRow): TestForm {
  return {
    id: row.id,
    code: row.code,
    version: row.version,
    title: row.title,
    bankId: row.bank_id,
    productId: row.product_id,
    unitCode: row.unit_code,
    blueprint: blueprintFrom(row.blueprint),
    questions: row.questions,
    passMark: row.pass_mark,
    baseSeconds: row.base_seconds,
    hoursAfterRegistration: row.hours_after_registration,
    hoursAfterFail: row.hours_after_fail,
    sittingsAllowed: row.sittings_allowed,
    state: row.withdrawn_at ? 'withdrawn' : row.published_at ? 'published' : 'draft',
    createdBy: row.created_by,
    publishedAt: row.published_at,
    withdrawnAt: row.withdrawn_at,
  };
}

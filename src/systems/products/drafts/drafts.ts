/** Drafts as they are stored, and the versions that come of them. */
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import {
  currentVersion,
  isRegulated,
  type Product,
  productByCode,
  unitsOf,
  type Version,
} from '../catalogue/catalogue.ts';
import { ruleSchema } from '../rule-of-combination/rule.ts';
import { type Content, contentOf, contentSchema } from './content.ts';

export interface Draft {
  readonly id: string;
  readonly content: Content;
  readonly revision: number;
  readonly savedAt: Date;
  /** The name of whoever saved last; null: it came with the demonstration. */
  readonly savedBy: string | null;
}

/** A product as its editors see it: the draft under work, and the version in force. One of both at least. */
export interface Edited {
  readonly code: string;
  readonly product: Product | null;
  readonly draft: Draft | null;
  readonly version: Version | null;
  /** What the version in force states; null before the first. */
  readonly inForce: Content | null;
}

/** The product of a code with its draft; 404 when there is neither. */
export async function editedByCode(reader: Pick<Reader, 'db' | 'rows' | 'now'>, code: string): Promise<Edited> {
  const product = await productByCode(reader, code);
  const [row] = await reader.rows(sql<Draft>`
    select d.id, d.content, d.revision, d.saved_at as "savedAt",
      (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = d.saved_by) as "savedBy"
    from products.drafts d where d.code = ${code}`);
  if (!product && !row) throw new NotFound();
  const version = product && (await currentVersion(reader, product.id));
  const inForce = version && contentOf(version, await unitsOf(reader, version.id));
  return { code, product, draft: row ? { ...row, content: contentSchema.parse(row.content) } : null, version, inForce };
}

/** The same, with the draft locked until the end of the transaction. */
export async function lockEdited(writer: Writer, code: string): Promise<Edited> {
  await writer.rows(sql`select id from products.products where code = ${code} for update`);
  await writer.rows(sql`select id from products.drafts where code = ${code} for update`);
  return editedByCode(writer, code);
}

/** A draft where there is none. False: somebody was quicker. */
export async function beginDraft(
  writer: Writer,
  { code, productId, content }: { code: string; productId: string | null; content: Content },
): Promise<boolean> {
  const made = await writer.db
    .insertInto('products.drafts')
    .values({
      code,
      product_id: productId,
      content: JSON.stringify(contentSchema.parse(content)),
      made_at: writer.now,
      made_by: writer.identity.personId,
      saved_at: writer.now,
      saved_by: writer.identity.personId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return made !== undefined;
}

/** Stores the draft under the next revision. It must be locked. */
export async function storeDraft(writer: Writer, draft: Draft, content: Content): Promise<void> {
  await writer.db
    .updateTable('products.drafts')
    .set({
      content: JSON.stringify(contentSchema.parse(content)),
      revision: draft.revision + 1,
      saved_at: writer.now,
      saved_by: writer.identity.personId,
    })
    .where('id', '=', draft.id)
    .execute();
}

export async function dropDraft(writer: Writer, draft: Draft): Promise<void> {
  await writer.db.deleteFrom('products.drafts').where('id', '=', draft.id).execute();
}

/** Writes what the draft states as the next version, which nobody changes again. It must be locked and free of problems. */
export async function storeVersion(
  writer: Writer,
  { code, product, version }: Edited,
  content: Content,
  reason: string,
) {
  const { title, kind, units } = content;
  const level = content.level as number;
  const facts = { title, kind, level, qualification_number: content.qualificationNumber, regulated: isRegulated(kind) };
  let productId = product?.id;
  if (productId) await writer.db.updateTable('products.products').set(facts).where('id', '=', productId).execute();
  else {
    const made = await writer.db
      .insertInto('products.products')
      .values({ code, ...facts, created_at: writer.now })
      .returning('id')
      .executeTakeFirstOrThrow();
    productId = made.id;
  }
  const number = (version?.version ?? 0) + 1;
  const { id: versionId } = await writer.db
    .insertInto('products.versions')
    .values({
      product_id: productId,
      version: number,
      published_at: writer.now,
      published_by: writer.identity.personId,
      publish_reason: reason,
      title,
      kind,
      level,
      qualification_number: content.qualificationNumber,
      validity_months: content.validityMonths,
      renewable: content.renewable,
      languages: [...content.languages],
      operational_start: content.operationalStart as string,
      operational_end: content.operationalEnd,
      certification_end: content.certificationEnd,
      review_on: content.reviewOn,
      credits: content.credits,
      guided_learning_hours: content.guidedLearningHours,
      total_qualification_time: content.totalQualificationTime,
      figures_invented: content.figuresInvented,
      rule: JSON.stringify(ruleSchema.parse(content.rule)),
      grading: content.aggregation.kind === 'pass' ? 'pass' : 'pass_merit_distinction',
      aggregation: JSON.stringify(content.aggregation),
      pathways: JSON.stringify(content.pathways),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await writer.db
    .insertInto('products.units')
    .values(
      units.map((unit, position) => ({
        version_id: versionId,
        code: unit.code,
        reference: unit.reference,
        title: unit.title,
        level: unit.level,
        credits: unit.credits,
        guided_learning_hours: unit.guidedLearningHours,
        figures_invented: unit.figuresInvented,
        assessed_by: unit.assessedBy,
        outcomes: JSON.stringify(unit.outcomes),
        position,
      })),
    )
    .execute();
  return { number, productId, versionId };
}

import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { draftOf, outcomes } from '../../../content/demonstration/product-editing.ts';
import { products } from '../../../content/demonstration/products.ts';
import { contentSchema } from './drafts/content.ts';
import { beginDraft, editedByCode } from './drafts/drafts.ts';
import { checkRule } from './rule-of-combination/check-rule.ts';
import { ruleSchema, unitCodesOf } from './rule-of-combination/rule.ts';

/** Writes the products of the demonstration, one published version each, and a draft that nobody has published. */
export async function demonstrate(services: Services): Promise<void> {
  await services.database.write(SYSTEM, async (writer) => {
    const { db } = writer;
    const written = await db
      .insertInto('products.products')
      .values(
        products.map((product) => ({
          code: product.code,
          qualification_number: product.qualificationNumber,
          title: product.title,
          kind: product.kind,
          level: product.level,
          regulated: product.kind === 'qualification',
        })),
      )
      .returning(['id', 'code'])
      .execute();
    const idOf = new Map(written.map(({ id, code }) => [code, id]));
    const versions = await db
      .insertInto('products.versions')
      .values(
        products.map((product) => {
          const credits = creditsAtLeast(product);
          return {
            product_id: idOf.get(product.code) as string,
            version: 1,
            title: product.title,
            kind: product.kind,
            level: product.level,
            qualification_number: product.qualificationNumber,
            // IMI Accreditation is good for three years and is renewed.
            validity_months: product.kind === 'accreditation' ? 36 : null,
            renewable: product.kind === 'accreditation',
            published_at: `${product.operationalStart}T08:00:00Z`,
            operational_start: product.operationalStart,
            operational_end: product.operationalEnd,
            certification_end: product.certificationEnd,
            credits,
            guided_learning_hours: Math.round(credits * 7.5),
            // Credit is total qualification time divided by 10 (General Condition E8.2).
            total_qualification_time: credits * 10,
            figures_invented: true,
            rule: JSON.stringify(ruleSchema.parse(product.rule)),
          };
        }),
      )
      .returning(['id', 'product_id'])
      .execute();
    const versionOf = new Map(versions.map(({ id, product_id }) => [product_id, id]));
    await db
      .insertInto('products.units')
      .values(
        products.flatMap((product) =>
          product.units.map((unit, position) => ({
            version_id: versionOf.get(idOf.get(product.code) as string) as string,
            code: unit.code,
            reference: unit.reference,
            title: unit.title,
            level: unit.level,
            credits: unit.credits,
            guided_learning_hours: unit.guidedLearningHours,
            figures_invented: unit.invented,
            assessed_by: unit.assessedBy,
            outcomes: JSON.stringify(outcomes[unit.code] ?? []),
            position,
          })),
        ),
      )
      .execute();
    await demonstrateDraft(writer);
  });
}

/** The credits of the qualification: the floor of its rule, else those of all its units. Throws where the rule cannot be fulfilled. */
function creditsAtLeast(product: (typeof products)[number]): number {
  const everything = checkRule(product.rule, product.units, unitCodesOf(product.rule.root));
  if (!everything.satisfied)
    throw new Error(`${product.code} asks for more than its units give: ${everything.missing[0]?.sentence}`);
  return product.rule.minimumCredits ?? everything.credits;
}

/** A next version under work: graded, with pathways, and reviewed in two years. */
async function demonstrateDraft(writer: Writer): Promise<void> {
  const { product, inForce } = await editedByCode(writer, draftOf.code);
  if (!product || !inForce) throw new Error(`${draftOf.code} is not published`);
  const content = contentSchema.parse({
    ...inForce,
    aggregation: draftOf.aggregation,
    pathways: draftOf.pathways,
    reviewOn: '2028-08-31',
  });
  await beginDraft(writer, { code: draftOf.code, productId: product.id, content });
}

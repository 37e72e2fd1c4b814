import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { NotFound, page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { currentVersion, productByCode, unitsOf } from '../catalogue/catalogue.ts';
import { ownStanding } from '../contributions.ts';
import { contentOf } from '../drafts/content.ts';
import { offeringOn } from '../offering/offering.ts';
import { productPage } from './page.ts';

const params = z.object({ code: z.string().regex(/^[A-Za-z0-9-]{1,20}$/) });

/** GET /products/:code */
export const viewProduct = handler({ params }, async (context) => {
  const found = await context.read(async (reader) => {
    const product = await productByCode(reader, context.params.code.toUpperCase());
    const version = product && (await currentVersion(reader, product.id));
    if (!version) throw new NotFound();
    const standing = await ownStanding(reader);
    return {
      product,
      version,
      content: contentOf(version, await unitsOf(reader, version.id)),
      offering: offeringOn(version, dayInLondon(reader.now)),
      standing: standing && (standing.get(product.id) ?? ('not_approved' as const)),
    };
  });
  return page(productPage(await context.frame(), found));
});

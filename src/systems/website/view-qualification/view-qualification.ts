import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { NotFound, page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { currentVersion, productByCode, productCards, unitsOf } from '#products';
import { crumbs, pageHead, publicPage } from '#ui';

const params = z.object({ code: z.string().regex(/^[A-Za-z0-9-]{1,20}$/) });

/** GET /find-a-qualification/:code: what the version in force states, for anyone (condition E3). */
export const viewQualification = handler({ params }, async (context) => {
  const found = await context.read(async (reader) => {
    const product = await productByCode(reader, context.params.code.toUpperCase());
    const version = product && (await currentVersion(reader, product.id));
    if (!version) throw new NotFound();
    return { product, version, units: await unitsOf(reader, version.id) };
  });
  const { main, beside } = productCards(found.version, found.units);
  return page(
    publicPage(
      { ...(await context.frame()), title: found.product.title },
      html`<div class="wrap band">${crumbs([{ label: 'Find a qualification', href: '/find-a-qualification' }, { label: found.product.title }])}
${pageHead({ title: found.product.title })}
<div class="split"><div class="stack">${main}</div><div class="stack">${beside}</div></div></div>`,
    ),
  );
});

import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { may } from '#platform/permissions/principal.ts';
import { card, codeText, crumbs, linkButton, note, pageHead, plural, staffPage } from '#ui';
import { PRODUCT_KINDS, type Product, type Version } from '../catalogue/catalogue.ts';
import type { CentreStanding } from '../contributions.ts';
import type { Content } from '../drafts/content.ts';
import { editHref, productTabs, SYSTEM_NAME } from '../editing-page/editing-page.ts';
import { OFFERINGS, type Offering } from '../offering/offering.ts';
import { factsList, INVENTED, isInvented, outcomesCard, ruleCard, unitsTable } from '../product-parts/product-parts.ts';

export interface ProductPage {
  readonly product: Product;
  readonly version: Version;
  /** All that the version states. */
  readonly content: Content;
  readonly offering: Offering;
  /** Null for the awarding body, which needs no approval. */
  readonly standing: CentreStanding | 'not_approved' | null;
}

/** One product: what it is, which units it asks for, and what the centre may do with it. */
export function productPage(frame: Frame, data: ProductPage): Safe {
  const { product, version, content, offering } = data;
  const { units } = content;
  return staffPage(
    { ...frame, title: product.title, system: { name: SYSTEM_NAME, tabs: productTabs(frame.principal) } },
    html`${crumbs([{ label: 'Products', href: '/products' }, { label: product.title }])}
${pageHead({
  title: product.title,
  lead: html`${PRODUCT_KINDS[product.kind]}${product.qualificationNumber && html` ${codeText(product.qualificationNumber)}`}, level ${product.level}`,
  actions: may(frame.principal, 'products.edit')
    ? linkButton('Edit', editHref(product.code), { look: 'quiet' })
    : undefined,
})}
<div class="stack">
${isInvented(content) && note(INVENTED)}
${standingNote(data)}
<div class="split">
<div class="stack">${card({ title: plural(units.length, 'unit'), id: 'units', flush: true }, unitsTable(units))}${outcomesCard(units)}</div>
<div class="stack">${card(
      { title: 'About it', id: 'about' },
      factsList(content, [
        ['Code', codeText(product.code)],
        ['Version', version.version],
        ['Offered', OFFERINGS[offering]],
      ]),
    )}
${ruleCard(content)}
${card(
  { title: 'Documents', id: 'documents' },
  html`<p>The specification, assessment criteria and guidance of this product are not in IMI Connect yet. Until they are, ask the awarding body for them.</p>`,
)}</div>
</div></div>`,
  );
}

function standingNote({ standing, product }: ProductPage): Safe | null {
  if (standing === null) return null;
  if (standing === 'not_approved') {
    return note('Your centre is not approved for this product, so it cannot register candidates for it.', {
      action: linkButton('See your approvals', '/centres-hub/approvals', { look: 'quiet', small: true }),
    });
  }
  if (standing.registrationStopped !== null) {
    return note(standing.registrationStopped, { tone: 'warn', title: 'Your centre cannot register candidates today.' });
  }
  return note(`Your centre is approved and may register candidates for ${product.code}.`, { tone: 'ok' });
}

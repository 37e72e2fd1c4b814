import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import {
  card,
  codeText,
  crumbs,
  formatDate,
  linkButton,
  note,
  pageHead,
  plural,
  staffPage,
  summaryList,
  table,
  tag,
} from '#ui';
import { PRODUCT_KINDS, type Product, type Unit, type Version } from '../catalogue/catalogue.ts';
import type { CentreStanding } from '../contributions.ts';
import { SYSTEM_NAME } from '../list-products/page.ts';
import { OFFERINGS, type Offering } from '../offering/offering.ts';
import { qualificationNumberWarning } from '../qualification-number/qualification-number.ts';
import { ruleInWords, type Words } from '../rule-of-combination/rule-in-words.ts';

export interface ProductPage {
  readonly product: Product;
  readonly version: Version;
  readonly units: readonly Unit[];
  readonly offering: Offering;
  /** Null for the awarding body, which needs no approval. */
  readonly standing: CentreStanding | 'not_approved' | null;
}

/** One product: what it is, which units it asks for, and what the centre may do with it. */
export function productPage(frame: Frame, data: ProductPage): Safe {
  const { product, version, units } = data;
  const invented = version.figuresInvented || units.some((unit) => unit.figuresInvented);
  return staffPage(
    { ...frame, title: product.title, system: { name: SYSTEM_NAME } },
    html`${crumbs([{ label: 'Products', href: '/products' }, { label: product.title }])}
${pageHead({
  title: product.title,
  lead: html`${PRODUCT_KINDS[product.kind]}${product.qualificationNumber && html` ${codeText(product.qualificationNumber)}`}, level ${product.level}`,
})}
<div class="stack">
${invented && note('Titles and numbers of qualifications are real. Credits, hours, dates and the units marked "Demonstration" are made up for this demonstration.')}
${standingNote(data)}
<div class="split">
<div class="stack">${card({ title: plural(units.length, 'unit'), id: 'units', flush: true }, unitsTable(units))}</div>
<div class="stack">${facts(data)}
${card({ title: 'How the units combine', id: 'combine' }, html`<ul>${ruleInWords(version.rule).map(wordsItem)}</ul>`)}
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

function facts({ product, version, offering }: ProductPage): Safe {
  const warning = product.qualificationNumber && qualificationNumberWarning(product.qualificationNumber);
  const figure = (value: number | null, unit: string) =>
    value !== null && html`${plural(value, unit)}${version.figuresInvented && html` ${tag('Demonstration')}`}`;
  return card(
    { title: 'About it', id: 'about' },
    summaryList([
      [
        'Type',
        product.regulated
          ? `${PRODUCT_KINDS[product.kind]}, regulated`
          : `${PRODUCT_KINDS[product.kind]}, not regulated`,
      ],
      [
        'Qualification number',
        product.qualificationNumber
          ? codeText(product.qualificationNumber)
          : 'None: it is not on the register of regulated qualifications',
      ],
      warning ? ['Check the number', warning] : null,
      ['Code', codeText(product.code)],
      ['Level', product.level],
      ['Version', version.version],
      ['Offered', OFFERINGS[offering]],
      version.credits !== null && ['Credits', figure(version.credits, 'credit')],
      version.guidedLearningHours !== null && ['Guided learning', figure(version.guidedLearningHours, 'hour')],
      version.totalQualificationTime !== null && [
        'Total qualification time',
        figure(version.totalQualificationTime, 'hour'),
      ],
      ['Grading', version.grading === 'pass' ? 'Pass' : 'Pass, merit or distinction'],
      ['Registration from', formatDate(version.operationalStart)],
      ['Last registration', version.operationalEnd ? formatDate(version.operationalEnd) : 'No end set'],
      ['Last claim', version.certificationEnd ? formatDate(version.certificationEnd) : 'No end set'],
    ]),
  );
}

function unitsTable(units: readonly Unit[]): Safe {
  return table<Unit>({
    caption: 'Units',
    rows: units,
    columns: [
      {
        label: 'Unit',
        header: true,
        cell: (unit) => html`${unit.title}${unit.figuresInvented && html` ${tag('Demonstration')}`}`,
      },
      { label: 'Code', code: true, cell: (unit) => unit.code },
      {
        label: 'Reference',
        cell: (unit) => (unit.reference ? codeText(unit.reference) : html`<span class="muted">None</span>`),
      },
      { label: 'Level', numeric: true, cell: (unit) => unit.level },
      { label: 'Credits', numeric: true, cell: (unit) => unit.credits ?? '' },
      { label: 'Hours', numeric: true, cell: (unit) => unit.guidedLearningHours ?? '' },
      { label: 'Assessed by', cell: (unit) => (unit.assessedBy === 'online_test' ? 'Online test' : 'Portfolio') },
    ],
  });
}

function wordsItem({ text, units, items }: Words): Safe {
  return html`<li>${text}${units.length > 0 && html` <span class="small">${units.map((code, index) => html`${index > 0 && ', '}${codeText(code)}`)}</span>`}${
    items.length > 0 && html`<ul>${items.map(wordsItem)}</ul>`
  }</li>`;
}

/** Parts of the pages that show what a version states: to centres, the public, and those who edit. */
import { html, type Safe } from '#platform/html/html.ts';
import { card, codeText, details, formatDate, note, plural, summaryList, table, tag } from '#ui';
import { isRegulated, PRODUCT_KINDS, type Unit, type Version } from '../catalogue/catalogue.ts';
import { type Content, contentOf, type DraftUnit, LANGUAGES } from '../drafts/content.ts';
import { validityInWords } from '../drafts/differences.ts';
import { aggregationInWords } from '../grading/grading.ts';
import { CRITERION_KINDS, type Outcome } from '../outcomes/outcomes.ts';
import { qualificationNumberWarning } from '../qualification-number/qualification-number.ts';
import { ruleInWords, type Words } from '../rule-of-combination/rule-in-words.ts';

/** What a page says of which something is made up. */
export const INVENTED =
  'Titles and numbers of qualifications are real. Credits, hours, dates, learning outcomes and the units marked "Demonstration" are made up for this demonstration.';

const DEMONSTRATION = html` ${tag('Demonstration')}`;

/** Something in what the version states is made up, and the page must say so. */
export const isInvented = (content: Content): boolean =>
  content.figuresInvented || content.units.some((unit) => unit.figuresInvented);

/** The facts as pairs of words. `more` stands after the level: code, version, what is offered. */
export function factsList(content: Content, more: readonly (readonly [string, Safe | string | number])[] = []): Safe {
  const { kind, qualificationNumber, figuresInvented } = content;
  const warning = qualificationNumber && qualificationNumberWarning(qualificationNumber);
  const figure = (value: number | null, unit: string) =>
    value === null
      ? html`<span class="muted">Not said</span>`
      : html`${plural(value, unit)}${figuresInvented && DEMONSTRATION}`;
  const day = (value: string | null) => (value === null ? 'No end set' : formatDate(value));
  return summaryList([
    ['Type', `${PRODUCT_KINDS[kind]}, ${isRegulated(kind) ? 'regulated' : 'not regulated'}`],
    [
      'Qualification number',
      qualificationNumber
        ? codeText(qualificationNumber)
        : 'None: it is not on the register of regulated qualifications',
    ],
    warning ? ['Check the number', warning] : null,
    ['Level', content.level ?? html`<span class="muted">Not said</span>`],
    ...more.map(([label, words]): [string, Safe | string | number] => [label, words]),
    ['Credits', figure(content.credits, 'credit')],
    ['Guided learning', figure(content.guidedLearningHours, 'hour')],
    ['Total qualification time', figure(content.totalQualificationTime, 'hour')],
    ['Grading', aggregationInWords(content.aggregation)],
    ['Good for', validityInWords(content)],
    ['Languages of assessment', content.languages.map((one) => LANGUAGES[one]).join(', ')],
    [
      'Registration from',
      content.operationalStart ? formatDate(content.operationalStart) : html`<span class="muted">Not said</span>`,
    ],
    ['Last registration', day(content.operationalEnd)],
    ['Last certification', day(content.certificationEnd)],
    content.reviewOn !== null && ['Review', formatDate(content.reviewOn)],
  ]);
}

/** How the units combine, and the pathways. */
export function ruleCard({ rule, pathways }: Content): Safe {
  return card(
    { title: 'How the units combine', id: 'combine' },
    html`${wordsList(ruleInWords(rule))}${
      pathways.length > 0 &&
      html`<h3>Pathways</h3><ul>${pathways.map(({ title, units }) => html`<li>${title}: these units are needed besides <span class="small">${codes(units)}</span></li>`)}</ul>`
    }`,
  );
}

export function unitsTable(units: readonly DraftUnit[]): Safe {
  return table<DraftUnit>({
    caption: 'Units',
    rows: units,
    columns: [
      {
        label: 'Unit',
        header: true,
        cell: (unit) => html`${unit.title}${unit.figuresInvented && DEMONSTRATION}`,
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

/** Learning outcomes and criteria of each unit that has them; nothing where none has. */
export function outcomesCard(units: readonly DraftUnit[]): Safe | null {
  const with_ = units.filter(({ outcomes }) => outcomes.length > 0);
  if (with_.length === 0) return null;
  const mixed = with_.some(({ outcomes }) => outcomes.some(({ criteria }) => criteria.some(({ kind }) => kind)));
  return card(
    { title: 'Learning outcomes and assessment criteria', id: 'outcomes' },
    html`${mixed && html`<p class="muted">K is a criterion of knowledge, S one of skills.</p>`}${with_.map((unit) =>
      with_.length === 1
        ? html`<h3>${codeText(unit.code)} ${unit.title}${unit.figuresInvented && DEMONSTRATION}</h3>${outcomesList(unit.outcomes)}`
        : details(
            html`${codeText(unit.code)} ${unit.title}${unit.figuresInvented && DEMONSTRATION}`,
            outcomesList(unit.outcomes),
          ),
    )}`,
  );
}

function outcomesList(outcomes: readonly Outcome[]): Safe {
  return html`<ul class="ao-outcomes">${outcomes.map(
    ({ number, text, criteria }) =>
      html`<li><strong>${number} ${text}</strong>${
        criteria.length > 0 &&
        html`<ul>${criteria.map((one) => html`<li>${one.number} ${one.kind && `${CRITERION_KINDS[one.kind]} `}${one.text}</li>`)}</ul>`
      }</li>`,
  )}</ul>`;
}

/** A rule in words, as a list in lists. */
export function wordsList(words: readonly Words[]): Safe {
  return html`<ul>${words.map(wordsItem)}</ul>`;
}

function wordsItem({ text, units, items }: Words): Safe {
  return html`<li>${text}${units.length > 0 && html` <span class="small">${codes(units)}</span>`}${
    items.length > 0 && html`<ul>${items.map(wordsItem)}</ul>`
  }</li>`;
}

const codes = (units: readonly string[]): Safe =>
  html`${units.map((code, index) => html`${index > 0 && ', '}${codeText(code)}`)}`;

/** All that a published version states, for pages of other systems: the units, and the facts beside them. */
export function productCards(version: Version, units: readonly Unit[]): { readonly main: Safe; readonly beside: Safe } {
  const content = contentOf(version, units);
  const count = plural(content.units.length, 'unit');
  return {
    main: html`${isInvented(content) && note(INVENTED)}${card({ title: count, id: 'units', flush: true }, unitsTable(content.units))}${outcomesCard(content.units)}`,
    beside: html`${card({ title: 'About it', id: 'about' }, factsList(content))}${ruleCard(content)}`,
  };
}

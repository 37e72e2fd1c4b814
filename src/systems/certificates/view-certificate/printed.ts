/** What a certificate says, as pages show it. */
import { html, type Safe } from '#platform/html/html.ts';
import { codeText, formatDate, summaryList, table } from '#ui';
import { type Content, holderName } from '../content/content.ts';

/** The printed fields as pairs of words. */
export function printedFacts(content: Content): Safe {
  return summaryList([
    ['Name as registered', html`<span class="strong">${holderName(content)}</span>`],
    [content.template === 'credit' ? 'Credit towards' : 'Title', content.title],
    content.qualificationNumber ? ['Qualification number', codeText(content.qualificationNumber)] : null,
    content.level !== null ? ['Level', String(content.level)] : null,
    ['Grade', content.grade],
    content.credits !== null ? ['Credit', String(content.credits)] : null,
    content.creditStatement ? ['Statement', content.creditStatement] : null,
    ['Date of award', formatDate(content.awardedOn)],
    content.assessmentLanguage ? ['Language of assessment', content.assessmentLanguage] : null,
    ['Awarding organisation', content.awardingBody],
    ['Centre', html`${content.centre.name}, ${codeText(content.centre.number)}`],
    ['Candidate number', codeText(content.holder.candidateNumber)],
    content.template === 'accreditation'
      ? ['Regulation', 'Not a regulated qualification: it has no regulator’s number']
      : null,
  ]);
}

/** The printed units. */
export function printedUnits(content: Content): Safe {
  const units = table({
    caption: 'Units as printed',
    columns: [
      {
        label: 'Unit',
        header: true,
        cell: (unit) => html`<span class="strong">${unit.title}</span><span class="sub code">${unit.reference}</span>`,
      },
      { label: 'Level', numeric: true, cell: (unit) => unit.level },
      ...(content.template === 'accreditation'
        ? []
        : [{ label: 'Credit', numeric: true, cell: (unit: Content['units'][number]) => unit.credits ?? '' }]),
      { label: 'Grade', cell: (unit) => unit.grade },
    ],
    rows: content.units,
  });
  return html`<div class="mt">${units}</div>`;
}

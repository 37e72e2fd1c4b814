/** How questions are written as CSV, and an example to begin from. The library checks its own page of the same content. */
import { html } from '#platform/html/html.ts';
import { type Answer, file, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { card, crumbs, linkButton, pageHead, prose, table } from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';

/** The columns as the importer knows them, with what each holds. */
const CSV_COLUMNS: readonly { readonly name: string; readonly needed: string; readonly holds: string }[] = [
  {
    name: 'code',
    needed: 'Yes',
    holds:
      'Your identifier of the question, used once in the file: 1 to 64 letters, digits or . _ - / : that begin with a letter or digit.',
  },
  {
    name: 'group',
    needed: '',
    holds: 'The group from which a test form draws. A question without one is never drawn.',
  },
  { name: 'topic', needed: '', holds: 'The heading under which marks are reported back.' },
  {
    name: 'kind',
    needed: '',
    holds: 'choice: one option is right (also when empty). multiple: a set of options is right, all or nothing.',
  },
  {
    name: 'question',
    needed: 'Yes',
    holds: 'The text. A line break within the cell is kept; a blank line begins a new paragraph.',
  },
  {
    name: 'option_a to option_f',
    needed: 'a and b',
    holds: 'The options, filled from the left, at least two, all different. kHz is not KHZ.',
  },
  { name: 'key', needed: 'Yes', holds: 'The letter of the right option: C. For multiple all of them: A;C.' },
  { name: 'picture', needed: '', holds: 'The name of a picture in the same zip, with its folder: img/fig1.png.' },
  {
    name: 'picture_alt',
    needed: 'With a picture',
    holds: 'What a person who cannot see the picture needs in order to answer.',
  },
  { name: 'rationale', needed: '', holds: 'Why the key is right. Candidates never see it.' },
  { name: 'fixed', needed: '', holds: 'Letters of options that keep their place when the others are shuffled: D.' },
];

export const EXAMPLE_CSV = `code,group,topic,kind,question,option_a,option_b,option_c,option_d,key,rationale,fixed
BRK-001,BRK-HYD,Hydraulics,choice,What does brake fluid take up from the air as it ages?,Water,Oxygen,Dust,Nitrogen,A,"Brake fluid is hygroscopic: the water that it takes up lowers its boiling point.",
BRK-002,BRK-HYD,Hydraulics,choice,Which fault makes a brake pedal feel spongy?,Air in the system,A seized caliper,Worn discs,None of these,A,Air can be compressed and brake fluid cannot.,D
BRK-003,BRK-SAF,Safety,multiple,Choose the TWO things to do before a wheel is taken off.,Support the vehicle on stands,Start the engine,Chock the other wheels,Release the bonnet,A;C,A jack alone may slip or sink.,
`;

/** GET /online-assessments/item-bank/csv */
export async function showCsvFormat(context: Context): Promise<Answer> {
  const body = html`${crumbs([{ label: 'Item bank', href: '/online-assessments/item-bank' }, { label: 'Questions as CSV' }])}${pageHead(
    {
      title: 'Questions as CSV',
      lead: 'One row is one question. The first row holds the names of the columns, in any order.',
      actions: linkButton('Download an example', '/online-assessments/item-bank/csv/example', {
        icon: 'download',
        download: true,
      }),
    },
  )}${card(
    { title: 'Columns', id: 'columns', flush: true },
    table<(typeof CSV_COLUMNS)[number]>({
      caption: 'Columns of the CSV',
      rows: CSV_COLUMNS,
      columns: [
        { label: 'Column', header: true, class: 'code nw', cell: ({ name }) => name },
        { label: 'Needed', class: 'nw', cell: ({ needed }) => needed },
        { label: 'Holds', phone: 'plain', cell: ({ holds }) => holds },
      ],
    }),
  )}<div class="mt">${prose(
    html`<h2>The file</h2><ul><li>Save as "CSV UTF-8". Commas, semicolons and tabs are understood.</li><li>With pictures: a zip that holds the one CSV and its pictures. Names of pictures count from the folder of the CSV; capital letters count. PNG, JPEG, GIF and WebP that stand still are taken; SVG is not, because it can carry script.</li><li>At most 2,000 questions and 2 MB of CSV; pictures of at most 4 MB, 6,000 pixels a side and 16 million pixels.</li><li>Nothing is half imported: with one fault nothing is taken, and each fault names its row and column.</li></ul><h2>Signs that spreadsheets take for formulas</h2><p>In the question, the options, the description of the picture and the rationale a text may begin with =, +, - or @. An apostrophe before such a sign is taken off. In the other columns =, + and @ at the start are a fault.</p><h2>What does not fit into CSV</h2><p>Bold text, subscripts, lists, tables, pictures in options, more than one picture or more than six options: use a QTI 3 package.</p>`,
    { card: true },
  )}</div>`;
  return page(await assessmentsPage(context, { title: 'Questions as CSV' }, body));
}

/** GET /online-assessments/item-bank/csv/example */
export async function downloadExample(): Promise<Answer> {
  return file(`\uFEFF${EXAMPLE_CSV.replaceAll('\n', '\r\n')}`, {
    type: 'text/csv; charset=utf-8',
    name: 'questions-example.csv',
  });
}

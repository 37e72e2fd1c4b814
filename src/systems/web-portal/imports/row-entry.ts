/** What a row of a file says, judged by the very rules of the form for one candidate. Pure. */
import type { FieldError } from '#platform/http/answers.ts';
import { parseForm } from '#platform/http/forms.ts';
import { plainText } from '../names/names.ts';
import { type RegistrationEntry, registrationForm } from '../register-candidate/form.ts';
import type { CommonField, CommonValues, ImportField } from './import-fields.ts';
import { readTypedDate } from './typed-date.ts';

/** What words in cells can stand for: the centre's products and sites. */
interface KnownWords {
  readonly products: readonly {
    readonly productId: string;
    readonly code: string;
    readonly title: string;
    readonly qualificationNumber: string | null;
  }[];
  readonly sites: readonly { readonly id: string; readonly name: string }[];
}

interface RowReader {
  readonly columns: readonly (ImportField | '')[];
  readonly common: CommonValues;
  readonly known: KnownWords;
  /** YYYY-MM-DD */
  readonly today: string;
}

export type RowEntry = Pick<RegistrationEntry, 'candidate' | 'programme'>;
type RowReading =
  | { readonly ok: true; readonly entry: RowEntry }
  | { readonly ok: false; readonly faults: readonly FieldError[] };

/** The fault of a row as a whole stands at this field. */
const WHOLE_ROW = 'row';

/** Makes the reading function of one file: the form is made once, not for each row. */
export function rowReader({ columns, common, known, today }: RowReader): (cells: readonly string[]) => RowReading {
  const schema = registrationForm(today);
  return (cells) => {
    const faults: FieldError[] = [];
    const shape = shapeProblem(cells, columns.length);
    if (shape) faults.push({ field: WHOLE_ROW, message: shape });
    const values: Record<string, string> = {};
    const refuse = (field: ImportField, message: string) => faults.push({ field, message });
    for (const [field, text] of fieldTexts(cells, columns)) fill(values, field, text, known, refuse);
    for (const [field, value] of Object.entries(common)) setCommon(values, field as CommonField, value);
    const parsed = parseForm(schema, values);
    if (!parsed.ok) {
      for (const { field, message } of parsed.errors) {
        // Parts of a date are one cell here; what could not be read has its own sentence.
        const whole = field.replace(/-(day|month|year)$/, '');
        if (!faults.some((fault) => fault.field === whole)) faults.push({ field: whole, message: forCell(message) });
      }
    }
    return parsed.ok && faults.length === 0 ? { ok: true, entry: parsed.value } : { ok: false, faults };
  };
}

/** The words of a form speak of a page with fields. */
const forCell = (message: string) =>
  message
    .replace('say below why there is none', 'say why there is none: in a column of its own, or once for all rows')
    .replace('such as 27 3 2007', 'such as 27/03/2007');

/** The text of each field that a column gives. */
function fieldTexts(cells: readonly string[], columns: readonly (ImportField | '')[]): [ImportField, string][] {
  return columns.flatMap((field, at) => (field === '' ? [] : [[field, (cells[at] ?? '').trim()]]));
}

function shapeProblem(cells: readonly string[], columns: number): string | null {
  if (cells.length === columns) return null;
  const more = cells.length - columns;
  const cellsWord = (count: number) => `${count} ${count === 1 ? 'cell' : 'cells'}`;
  if (more > 0)
    return `The row has ${cellsWord(more)} more than there are headings (${cells.slice(columns).join(', ').slice(0, 60)}). Check that every value stands in its column, and save the row`;
  return `The row has ${cellsWord(-more)} fewer than there are headings. Check that every value stands in its column, and save the row`;
}

type Refuse = (field: ImportField, message: string) => void;

function fill(
  values: Record<string, string>,
  field: ImportField,
  text: string,
  known: KnownWords,
  refuse: Refuse,
): void {
  if (text === '') return;
  switch (field) {
    case 'birthDate':
    case 'programmeStart': {
      const read = readTypedDate(text, field === 'birthDate' ? 'date of birth' : 'programme start');
      if (read.ok) setDate(values, field, read);
      else refuse(field, read.message);
      return;
    }
    case 'product': {
      const id = productOf(text, known);
      if (id) values.product = id;
      else
        refuse(
          field,
          `Your centre has no approved product "${text.slice(0, 60)}". Enter its code, its qualification number or its whole title`,
        );
      return;
    }
    case 'site': {
      const site = known.sites.find(({ name }) => plainText(name) === plainText(text));
      if (site) values.site = site.id;
      else refuse(field, `Your centre has no site "${text.slice(0, 60)}". Enter the name of one, or leave it empty`);
      return;
    }
    case 'assessmentLanguage': {
      const language = LANGUAGES[plainText(text)];
      if (language) values.assessmentLanguage = language;
      else
        refuse(
          field,
          `No product is assessed in "${text.slice(0, 40)}". Enter English, Welsh or Irish, as the product offers it`,
        );
      return;
    }
    case 'funding': {
      const funding = FUNDING[plainText(text)];
      if (funding) values.funding = funding;
      else
        refuse(field, `The funding "${text.slice(0, 40)}" is not known. Enter Funded or Not funded, or leave it empty`);
      return;
    }
    default:
      values[field] = text;
  }
}

const LANGUAGES: Record<string, string> = {
  en: 'en',
  eng: 'en',
  english: 'en',
  cy: 'cy',
  cym: 'cy',
  welsh: 'cy',
  cymraeg: 'cy',
  ga: 'ga',
  gle: 'ga',
  irish: 'ga',
  gaeilge: 'ga',
};
const FUNDING: Record<string, string> = {
  funded: 'funded',
  yes: 'funded',
  y: 'funded',
  'not funded': 'not_funded',
  unfunded: 'not_funded',
  'non funded': 'not_funded',
  no: 'not_funded',
  n: 'not_funded',
  'self funded': 'not_funded',
};

function productOf(text: string, { products }: KnownWords): string | null {
  const number = (value: string) => value.replace(/[/\s]/g, '').toLowerCase();
  const found = products.find(
    ({ code, title, qualificationNumber }) =>
      plainText(title) === plainText(text) ||
      code.toLowerCase() === text.toLowerCase() ||
      (qualificationNumber !== null && number(qualificationNumber) === number(text)),
  );
  return found?.productId ?? null;
}

function setDate(values: Record<string, string>, field: string, date: { day: string; month: string; year: string }) {
  values[`${field}-day`] = date.day;
  values[`${field}-month`] = date.month;
  values[`${field}-year`] = date.year;
}

/** A cell of the row counts more than what is set for all. */
function setCommon(values: Record<string, string>, field: CommonField, value: string): void {
  if (value === '') return;
  if (field === 'programmeStart') {
    // A column that is there but cannot be read has its fault already; an empty cell takes the value of all rows.
    if (values['programmeStart-year'] !== undefined) return;
    const [year = '', month = '', day = ''] = value.split('-');
    setDate(values, field, { day, month, year });
    return;
  }
  if (field === 'ulnAbsentReason' && (values.uln || values.scottishNumber)) return;
  values[field] ??= value;
}

/** What a column of an intake file can be, and how it is recognised by its heading. Pure. */
import { plainText } from '../names/names.ts';

export const IMPORT_FIELDS = [
  'givenNames',
  'familyName',
  'birthDate',
  'uln',
  'scottishNumber',
  'ulnAbsentReason',
  'email',
  'postcode',
  'centreReference',
  'product',
  'programmeStart',
  'site',
  'assessmentLanguage',
  'funding',
  'orderReference',
  'cohort',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

export const FIELD_WORDS: Record<ImportField, string> = {
  givenNames: 'Given names',
  familyName: 'Family name',
  birthDate: 'Date of birth',
  uln: 'ULN',
  scottishNumber: 'Scottish candidate number',
  ulnAbsentReason: 'Why there is no ULN',
  email: 'E-mail address',
  postcode: 'Postcode',
  centreReference: 'Your reference',
  product: 'Product',
  programmeStart: 'Programme start',
  site: 'Site',
  assessmentLanguage: 'Language of assessment',
  funding: 'Funding',
  orderReference: 'Order reference',
  cohort: 'Cohort',
};

/** What a registration cannot be without; a column or a value for all rows must give it. */
const NEEDED: readonly ImportField[] = ['givenNames', 'familyName', 'birthDate', 'product', 'programmeStart'];

/** What can be set once for all rows. */
export const COMMON_FIELDS = [
  'product',
  'programmeStart',
  'site',
  'assessmentLanguage',
  'funding',
  'orderReference',
  'cohort',
  'ulnAbsentReason',
] as const satisfies readonly ImportField[];
export type CommonField = (typeof COMMON_FIELDS)[number];
/** Values as forms of registration post them: ids, days as YYYY-MM-DD. */
export type CommonValues = Readonly<Partial<Record<CommonField, string>>>;

// As plainText leaves them.
const HEADINGS: Record<ImportField, string> = {
  givenNames:
    'given names|given name|first name|first names|firstname|forename|forenames|given|legal first name|learner first name|learner forename|student first name|candidate first name|candidate forename|candidate given names|name first',
  familyName:
    'family name|family names|surname|last name|last names|lastname|learner surname|learner last name|learner family name|student surname|student last name|candidate surname|candidate family name|legal surname|name last',
  birthDate:
    'date of birth|dob|d o b|birth date|birthdate|birthday|born|learner dob|date birth|candidate dob|learner date of birth',
  uln: 'uln|unique learner number|unique learner no|learner uln|uln number|learner number|unique learner number uln',
  scottishNumber: 'scottish candidate number|scn|scottish number|scottish candidate no',
  ulnAbsentReason: 'uln reason|reason for no uln|why no uln|no uln reason|uln absent reason|why there is no uln',
  email: 'email|e mail|email address|e mail address|learner email|personal email|contact email|mail',
  postcode: 'postcode|post code|postal code|home postcode|zip|zip code',
  centreReference:
    'centre reference|centre ref|your reference|reference|ref|learner reference|learner ref|learner ref number|learnrefnumber|student id|student number|student ref|learner id|centre candidate reference|candidate reference|mis reference|internal reference',
  product:
    'product|qualification|qualification number|qualification no|qan|qualification code|product code|course|programme code|award|aim|learning aim|learnaimref|qualification title|product title|scheme',
  programmeStart:
    'programme start|programme start date|start date|start|course start|course start date|programme begin|enrolment date|enrollment date|learnstartdate|date started|start of programme|learning start date',
  site: 'site|site name|location|campus|venue|delivery site|delivery location|satellite',
  assessmentLanguage: 'assessment language|language|language of assessment|test language|exam language',
  funding: 'funding|funded|funding type|funding status|funding model|funding source',
  orderReference:
    'order reference|order ref|purchase order|purchase order number|po|po number|po no|purchase order no|order number|order no|batch|batch reference|order',
  cohort: 'cohort|cohort name|group|group name|class|teaching group|tutor group|intake',
};
const BY_HEADING = new Map(
  IMPORT_FIELDS.flatMap((field) => HEADINGS[field].split('|').map((heading) => [heading, field] as const)),
);

/** The field of each heading, '' for one that is not known or whose field another column gives already. */
export function recogniseHeadings(headings: readonly string[]): (ImportField | '')[] {
  const taken = new Set<ImportField>();
  return headings.map((heading) => {
    const field = BY_HEADING.get(plainText(heading));
    if (!field || taken.has(field)) return '';
    taken.add(field);
    return field;
  });
}

/** What is wrong with columns and common values together, one sentence each at its field; empty when they will do. */
export function columnProblems(
  columns: readonly (ImportField | '')[],
  headings: readonly string[],
  common: CommonValues,
): { readonly field: string; readonly message: string }[] {
  const problems: { field: string; message: string }[] = [];
  columns.forEach((field, at) => {
    const first = columns.indexOf(field);
    if (field !== '' && first < at)
      problems.push({
        field: `column-${at}`,
        message: `${FIELD_WORDS[field]} is given by the column "${headings[first]}" already. Leave one of the two out`,
      });
  });
  for (const field of NEEDED) {
    if (columns.includes(field) || common[field as CommonField]) continue;
    const canBeSet = (COMMON_FIELDS as readonly string[]).includes(field);
    problems.push({
      field: canBeSet ? (field === 'programmeStart' ? 'programmeStart-day' : field) : 'column-0',
      message: `No column gives the ${FIELD_WORDS[field].toLowerCase()}. Choose one${canBeSet ? ', or set it for all rows' : ''}`,
    });
  }
  return problems;
}

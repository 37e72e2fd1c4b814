/** What of the form of registration a draft keeps, part by part as a person sees it. Pure. */
import { markOf } from '#platform/drafts/two-texts.ts';
import type { FormValues } from '#platform/http/context.ts';
import { readDate } from '#ui';

interface DraftPart {
  readonly key: string;
  readonly label: string;
  /** The fields of the form that belong to it. */
  readonly names: readonly string[];
}

const part = (key: string, label: string): DraftPart => ({ key, label, names: [key] });
const datePart = (key: string, label: string): DraftPart => ({
  key,
  label,
  names: [`${key}-day`, `${key}-month`, `${key}-year`],
});

export const DRAFT_PARTS: readonly DraftPart[] = [
  part('givenNames', 'Given names'),
  part('familyName', 'Family name'),
  datePart('birthDate', 'Date of birth'),
  part('uln', 'ULN'),
  part('scottishNumber', 'Scottish candidate number'),
  part('ulnAbsentReason', 'Why there is no ULN'),
  part('email', 'E-mail address'),
  part('postcode', 'Postcode'),
  part('centreReference', 'Your reference'),
  part('product', 'Product'),
  part('site', 'Site'),
  datePart('programmeStart', 'Programme start'),
  part('assessmentLanguage', 'Language of assessment'),
  part('funding', 'Funding'),
  part('orderReference', 'Order reference'),
  part('cohort', 'Cohort'),
  // Pathway and units are of the product that the page showed them for, and go with it.
  { key: 'pathway', label: 'Pathway', names: ['pathway', 'unitsOf'] },
  { key: 'unit', label: 'Optional units', names: ['unit', 'unitsOf'] },
];

/** Nobody typed it: the form begins with it. */
const BEGINS_WITH = ['assessmentLanguage', 'unitsOf'];
/** Longer than any field takes; what is longer is cut, so that a draft stays small. */
const MOST = 400;
const MOST_UNITS = 120;

/** What a draft keeps of the fields of a form; empty ones are left out. */
export function draftFields(fields: FormValues): FormValues {
  const kept: FormValues = {};
  for (const name of DRAFT_PARTS.flatMap(({ names }) => names)) {
    const value = fields[name];
    if (name === 'unit') {
      const units = [value ?? []]
        .flat()
        .slice(0, MOST_UNITS)
        .map((one) => one.slice(0, MOST));
      if (units.length > 0) kept[name] = units;
      continue;
    }
    const text = [value ?? ''].flat()[0]?.slice(0, MOST) ?? '';
    if (text !== '') kept[name] = text;
  }
  return kept;
}

/** Whether anybody typed anything. */
export function isEmpty(fields: FormValues): boolean {
  return Object.keys(fields).every((name) => BEGINS_WITH.includes(name));
}

/** The text of one part, '' when nothing was typed. */
export function partText(fields: FormValues, { names }: Pick<DraftPart, 'names'>): string {
  if (names[0] === 'unit') return [fields.unit ?? []].flat().join(', ');
  if (names.includes('unitsOf')) return [fields[names[0] as string] ?? ''].flat()[0] ?? '';
  const texts = names.map((name) => [fields[name] ?? ''].flat()[0] ?? '');
  // A day alone and a month alone are two texts.
  return texts.some((text) => text !== '') ? texts.join('/') : '';
}

/** The parts in which two texts differ. */
export function differingParts(mine: FormValues, theirs: FormValues): DraftPart[] {
  return DRAFT_PARTS.filter((one) => partText(mine, one) !== partText(theirs, one));
}

/** For each part the mark of what a page shows. */
export function marksOf(fields: FormValues): string {
  return JSON.stringify(Object.fromEntries(DRAFT_PARTS.map((one) => [one.key, markOf(partText(fields, one))])));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the list of drafts says of one, as far as it can be read. */
export function draftFacts(fields: FormValues): {
  readonly name: string;
  readonly productId: string | null;
  readonly programmeStart: string | null;
} {
  const text = (name: string) => String([fields[name] ?? ''].flat()[0] ?? '').trim();
  const start = readDate(fields, 'programmeStart', 'programme start');
  return {
    name: [text('familyName'), text('givenNames')].filter(Boolean).join(', '),
    productId: UUID.test(text('product')) ? text('product') : null,
    programmeStart: start.ok ? start.date : null,
  };
}

/** What the forms of registration say, read once: every field by its rule, one sentence for each error. */
import { z } from 'zod';
import type { FieldError } from '#platform/http/answers.ts';
import { LANGUAGES, type Language } from '#products';
import { readDate } from '#ui';
import type { NewCandidate } from '../candidates/candidates.ts';
import type { Choice } from '../pathway-choice/choice.ts';
import { readPostcode } from '../postcode/postcode.ts';
import { daysBetween, programmeStartProblem } from '../programme-days/programme-days.ts';
import type { Programme } from '../registrations/programme.ts';
import { readScottishNumber } from '../scottish-number/scottish-number.ts';
import { readUln } from '../uln/uln.ts';
import { cohortProblem } from './cohort-name.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const YOUNGEST = 10;
const OLDEST = 100;

/** Collects what is wrong while the fields are read. */
class Fields {
  readonly errors: FieldError[] = [];
  readonly #fields: Record<string, unknown>;
  constructor(fields: Record<string, unknown>) {
    this.#fields = fields;
  }
  get all(): Record<string, unknown> {
    return this.#fields;
  }
  refuse(field: string, message: string): void {
    this.errors.push({ field, message });
  }
  /** One line of text: composed, without spaces round it or in a row. */
  text(name: string, most: number, what: string): string {
    const value = [this.#fields[name]].flat()[0];
    const text = typeof value === 'string' ? value.normalize('NFC').replace(/\s+/g, ' ').trim() : '';
    if (text.length > most) this.refuse(name, `The ${what} is longer than ${most} characters. Shorten it`);
    return text;
  }
  date(name: string, what: string): string | null {
    const read = readDate(this.#fields, name, what, { required: true });
    if (read.ok) return read.date;
    this.errors.push(read.error);
    return null;
  }
}

/** A schema from a reading function: its errors, at their fields. */
function readBy<T>(read: (fields: Fields) => T): z.ZodType<T> {
  return z.record(z.string(), z.unknown()).transform((values, context) => {
    const fields = new Fields(values);
    const value = read(fields);
    for (const { field, message } of fields.errors) context.addIssue({ code: 'custom', path: [field], message });
    return fields.errors.length > 0 ? z.NEVER : value;
  }) as unknown as z.ZodType<T>;
}

export interface RegistrationEntry {
  readonly candidate: NewCandidate;
  readonly programme: Programme;
  /** What was said of the possible matches: the id of the same person, or that it is another. */
  readonly match: { readonly kind: 'same'; readonly candidateId: string } | { readonly kind: 'another' } | null;
  /** The matches the page showed, so that nobody decides about a list that has changed meanwhile. */
  readonly matchesShown: string;
  /** What was said of somebody known elsewhere, and the tokens of what was shown. */
  readonly elsewhere: 'same' | 'another' | null;
  readonly elsewhereShown: string;
}

/** The form that registers a new candidate. `today`: YYYY-MM-DD by the server's clock. */
export function registrationForm(today: string): z.ZodType<RegistrationEntry> {
  return readBy((fields) => ({
    candidate: readCandidate(fields, today),
    programme: readProgramme(fields, today),
    match: readMatch(fields),
    matchesShown: fields.text('matchesShown', 400, 'list of matches'),
    elsewhere: readElsewhere(fields),
    elsewhereShown: fields.text('elsewhereShown', 400, 'list of matches'),
  }));
}

/** The details of a candidate alone. `today`: YYYY-MM-DD by the server's clock. */
export function candidateForm(today: string): z.ZodType<NewCandidate> {
  return readBy((fields) => readCandidate(fields, today));
}

/** The form that registers a known candidate for a further product. */
export function programmeForm(today: string): z.ZodType<Programme> {
  return readBy((fields) => readProgramme(fields, today));
}

function readCandidate(fields: Fields, today: string): NewCandidate {
  const givenNames = name(fields, 'givenNames', 'given names');
  const familyName = name(fields, 'familyName', 'family name');
  const birthDate = fields.date('birthDate', 'date of birth') ?? '';
  const wrongAge = birthDate && ageProblem(birthDate, today);
  if (wrongAge) fields.refuse('birthDate', wrongAge);
  const learnerNumbers = readLearnerNumbers(fields);
  return {
    givenNames,
    familyName,
    birthDate,
    ...learnerNumbers,
    postcode: readTypedPostcode(fields),
    email: readEmail(fields),
    centreReference: fields.text('centreReference', 40, 'reference') || null,
  };
}

function name(fields: Fields, field: string, what: string): string {
  const text = fields.text(field, 100, what);
  if (text === '') fields.refuse(field, `Enter the ${what}, as on the identity document`);
  else if (!/\p{L}/u.test(text))
    fields.refuse(field, `There is no letter in the ${what}. Enter what the identity document says`);
  else {
    const problem = signProblem(text, what);
    if (problem) fields.refuse(field, problem);
  }
  return text;
}

/**
 * Why a text cannot be a name, or null. Names are letters of any script as given; markup, formulas and code are none, and
 * marks that turn the direction of text make a name that reads differently from what it is. The two joiners (ZWJ, ZWNJ)
 * belong to the spelling of names in several scripts.
 */
function signProblem(text: string, what: string): string | null {
  if (/(?![\u200c\u200d])\p{Cf}/u.test(text))
    return `There is an invisible mark in the ${what} that changes how it reads. Type the name anew`;
  const begins = /^[=+@-]/.exec(text)?.[0];
  if (begins)
    return `The ${what} may not begin with ${begins}: a formula does, and no name. Enter what the identity document says`;
  const sign = /[\p{Cc}<>=;{}[\]|\\]/u.exec(text)?.[0];
  if (sign && /\P{Cc}/u.test(sign)) return `There is a sign in the ${what} that no name has: ${sign} Take it out`;
  return sign ? `There is a control character in the ${what}. Type the name anew` : null;
}

/** Why a birth date cannot be that of a candidate, or null. */
export function ageProblem(birthDate: string, today: string): string | null {
  const [year, rest] = [Number(birthDate.slice(0, 4)), birthDate.slice(4)];
  const age = Number(today.slice(0, 4)) - year - (today.slice(4) < rest ? 1 : 0);
  if (daysBetween(birthDate, today) < 0) return 'The date of birth is in the future. Check the year';
  if (age < YOUNGEST) return `The date of birth makes the candidate ${age} years old. Check the year`;
  if (age > OLDEST) return `The date of birth makes the candidate ${age} years old. Check the year`;
  return null;
}

function readLearnerNumbers(fields: Fields): Pick<NewCandidate, 'uln' | 'ulnAbsentReason' | 'scottishNumber'> {
  const typed = fields.text('uln', 40, 'ULN');
  const typedScottish = fields.text('scottishNumber', 40, 'Scottish candidate number');
  const reason = fields.text('ulnAbsentReason', 200, 'reason');
  if (typed === '' && typedScottish === '' && reason === '')
    fields.refuse('uln', 'Enter the ULN or the Scottish candidate number, or say below why there is none');
  const reading = typed === '' ? null : readUln(typed);
  if (reading && !reading.ok) fields.refuse('uln', reading.message);
  const scottish = typedScottish === '' ? null : readScottishNumber(typedScottish);
  if (scottish && !scottish.ok) fields.refuse('scottishNumber', scottish.message);
  return {
    uln: reading?.ok ? reading.uln : null,
    scottishNumber: scottish?.ok ? scottish.scottishNumber : null,
    // A reason beside a number that is right says nothing any more.
    ulnAbsentReason: typed === '' && typedScottish === '' ? reason : null,
  };
}

function readTypedPostcode(fields: Fields): string | null {
  const typed = fields.text('postcode', 20, 'postcode');
  if (typed === '') return null;
  const postcode = readPostcode(typed);
  if (!postcode)
    fields.refuse(
      'postcode',
      'The postcode has not the form of one in the UK. Enter it such as ZZ4 4QT, or leave it empty',
    );
  return postcode;
}

function readEmail(fields: Fields): string | null {
  const typed = fields.text('email', 200, 'e-mail address');
  if (typed === '') return null;
  if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(typed)) {
    fields.refuse(
      'email',
      'The e-mail address has not the form of one. Enter it such as name@example.com, or leave it empty',
    );
  }
  return typed;
}

function readProgramme(fields: Fields, today: string): Programme {
  const productId = fields.text('product', 40, 'product');
  if (!UUID.test(productId)) fields.refuse('product', 'Choose the product that the candidate is registered for');
  const site = fields.text('site', 40, 'site');
  if (site !== '' && !UUID.test(site)) fields.refuse('site', 'Choose one of the sites of your centre');
  const programmeStart = fields.date('programmeStart', 'programme start') ?? '';
  const problem = programmeStart && programmeStartProblem(programmeStart, today);
  if (problem) fields.refuse('programmeStart', problem);
  const language = fields.text('assessmentLanguage', 10, 'language') || 'en';
  if (!isLanguage(language)) fields.refuse('assessmentLanguage', 'Choose one of the languages shown');
  const funding = fields.text('funding', 20, 'funding');
  if (funding !== '' && funding !== 'funded' && funding !== 'not_funded')
    fields.refuse('funding', 'Choose Funded or Not funded, or leave it open');
  const orderReference = fields.text('orderReference', 20, 'order reference');
  if (orderReference !== '' && !/^[\p{L}\p{N}][\p{L}\p{N} ./_-]*$/u.test(orderReference)) {
    fields.refuse(
      'orderReference',
      'The order reference may hold letters, digits, spaces and . / _ - and begins with a letter or digit',
    );
  }
  return {
    productId,
    siteId: site || null,
    programmeStart,
    assessmentLanguage: isLanguage(language) ? language : 'en',
    orderReference: orderReference || null,
    funding: funding === 'funded' || funding === 'not_funded' ? funding : null,
    cohort: readCohort(fields),
    choice: readChoice(fields, productId),
  };
}

const isLanguage = (text: string): text is Language => Object.hasOwn(LANGUAGES, text);

function readCohort(fields: Fields): string | null {
  const cohort = fields.text('cohort', 60, 'name of the cohort');
  const problem = cohortProblem(cohort);
  if (problem) fields.refuse('cohort', problem);
  return cohort || null;
}

/** Pathway and units belong to the product that the page showed them for. */
function readChoice(fields: Fields, productId: string): Choice | null {
  const pathway = fields.text('pathway', 120, 'pathway') || null;
  const units = [fields.all.unit ?? []].flat().filter((one) => typeof one === 'string' && one !== '') as string[];
  if (pathway === null && units.length === 0) return null;
  if (fields.text('unitsOf', 40, 'product') !== productId)
    fields.refuse(
      'units',
      'The pathway and units chosen are of another product. Choose again among those shown now, or choose none',
    );
  return { pathway, units: [...new Set(units)].slice(0, 120) };
}

function readMatch(fields: Fields): RegistrationEntry['match'] {
  const said = fields.text('match', 40, 'answer');
  if (said === 'another') return { kind: 'another' };
  return UUID.test(said) ? { kind: 'same', candidateId: said } : null;
}

function readElsewhere(fields: Fields): RegistrationEntry['elsewhere'] {
  const said = fields.text('elsewhere', 10, 'answer');
  return said === 'same' || said === 'another' ? said : null;
}

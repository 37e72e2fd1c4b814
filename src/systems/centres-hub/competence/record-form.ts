import { z } from 'zod';
import { formatDate } from '#ui';
import { dateAsTyped } from '../typed-fields/typed-fields.ts';
import type { CompetenceRecord, RecordKind } from './records.ts';
import { formWithDates, optionalText } from './typed-fields.ts';

const text = (missing: string, most = 200) =>
  z.string(missing).trim().min(1, missing).max(most, `Shorten it to ${most} characters`);

/** What each kind of record asks for. */
export interface KindFields {
  readonly title: string;
  readonly titleHint: string;
  /** Of the day it happened. */
  readonly date: string;
  readonly issuer: string | null;
  readonly hours: boolean;
  readonly words: string | null;
  readonly number: boolean;
  readonly licence: boolean;
}

export const KIND_FIELDS: Record<RecordKind, KindFields> = {
  qualification: {
    title: 'Title of the qualification',
    titleHint: 'Such as "Level 3 Certificate in Assessing Vocational Achievement"',
    date: 'Awarded on',
    issuer: 'Awarding body',
    hours: false,
    words: null,
    number: false,
    licence: false,
  },
  cv: {
    title: 'What it covers',
    titleHint: 'Such as "Work in vehicle repair and teaching since 2009"',
    date: 'As of',
    issuer: null,
    hours: false,
    words: null,
    number: false,
    licence: false,
  },
  cpd: {
    title: 'What was done',
    titleHint: 'Such as "High-voltage battery workshop"',
    date: 'Date',
    issuer: null,
    hours: true,
    words: 'What was learnt',
    number: false,
    licence: false,
  },
  standardisation: {
    title: 'What was standardised',
    titleHint: 'Such as "Judging of unit EV2, with three assessors"',
    date: 'Date',
    issuer: null,
    hours: false,
    words: 'What was agreed',
    number: false,
    licence: false,
  },
  licence: {
    title: 'Name of the licence',
    titleHint: 'Such as "Refrigerant handling"',
    date: 'Issued on',
    issuer: 'Issued by',
    hours: false,
    words: null,
    number: true,
    licence: true,
  },
};

/** "1.5" and "1,5" are ninety minutes. */
const hoursField = z
  .string('Enter the hours')
  .trim()
  .regex(/^\d{1,3}(?:[.,]\d{1,2})?$/, 'Enter the hours as a number, such as 2 or 1.5')
  .transform((given) => Math.round(Number(given.replace(',', '.')) * 60))
  .refine((minutes) => minutes > 0 && minutes <= 200 * 60, 'Enter between a quarter of an hour and 200 hours');

/** Of a kind that does not ask for it. */
const NONE = z.null().catch(null);

/** The form of one kind; `today` is the day in London. */
export function recordForm(kind: RecordKind, today: string) {
  const asks = KIND_FIELDS[kind];
  const fields = z.object({
    title: text(`Enter: ${asks.title.toLowerCase()}`),
    issuer: asks.issuer === null ? NONE : text(`Enter who ${kind === 'licence' ? 'issued' : 'awarded'} it`, 120),
    hours: asks.hours ? hoursField : NONE,
    words: asks.words === null ? NONE : text(`Enter: ${asks.words.toLowerCase()}`, 2000),
    number: asks.number ? optionalText(60) : NONE,
    productId: asks.licence
      ? z.union([z.literal('all').transform(() => null), z.uuid()], 'Choose what the licence is needed for')
      : NONE,
  });
  const dates = {
    happenedOn: { what: 'date', required: true },
    expiresOn: { what: 'last day of the licence', required: asks.licence },
  };
  return formWithDates(fields, dates, ({ happenedOn, expiresOn }) => {
    if (happenedOn !== null && happenedOn > today)
      return [{ field: 'happenedOn', message: 'The date lies in the future. Enter the day on which it happened' }];
    if (asks.licence && expiresOn !== null && happenedOn !== null && expiresOn < happenedOn)
      return [{ field: 'expiresOn', message: 'The last day is before the licence was issued. Enter a later day' }];
    return [];
  });
}

export const hoursInWords = (minutes: number) => `${Number((minutes / 60).toFixed(2))} h`;

/** A record as the form that corrects it begins. */
export function fieldsOfRecord(record: CompetenceRecord) {
  return {
    title: record.title,
    issuer: record.issuer ?? '',
    hours: record.minutes === null ? '' : String(Number((record.minutes / 60).toFixed(2))),
    words: record.words ?? '',
    number: record.number ?? '',
    productId: record.productId ?? 'all',
    ...dateAsTyped('happenedOn', record.happenedOn),
    ...dateAsTyped('expiresOn', record.expiresOn),
  };
}

/** A record's facts in one line. */
export function recordFacts(record: CompetenceRecord): string {
  return [
    record.issuer,
    record.number && `No. ${record.number}`,
    record.minutes !== null && hoursInWords(record.minutes),
    record.kind === 'licence' && (record.product ? `Needed for ${record.product}` : 'Needed for every product'),
    record.words,
    record.recordedBy && `Recorded ${formatDate(record.recordedAt, 'list')} by ${record.recordedBy}`,
  ]
    .flatMap((part) => (part ? [part.replace(/[.\s]+$/, '')] : []))
    .join('. ');
}

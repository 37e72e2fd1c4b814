/** The fields of a notice: what was typed, and what it means. */
import { z } from 'zod';
import type { FormValues } from '#platform/http/context.ts';
import type { Role } from '#platform/permissions/capabilities.ts';
import { readDate } from '#ui';
import { ALL_ROLES, audienceProblems, REACHES } from '../notices/audience.ts';
import type { NoticeContent, NoticeVersion } from '../notices/notice-records.ts';

const MOST = { title: 120, body: 6000, words: 300, correction: 300 };

const text = (ask: string, most: number) =>
  z.string(ask).trim().min(1, ask).max(most, `${ask}, in at most ${most} characters`);

const fieldsSchema = z.object({
  title: text('Enter a title', MOST.title),
  body: text('Enter the text of the notice', MOST.body),
  reach: z.enum(REACHES, 'Choose who reads the notice'),
  productId: z.union([z.uuid(), z.literal('')]).catch(''),
  roles: z.preprocess(
    (value) => (value === undefined ? [] : [value].flat()),
    z.array(z.enum(ALL_ROLES as [Role, ...Role[]])).catch([]),
  ),
  confirm: z.enum(['no', 'yes'], 'Choose whether readers must confirm the notice'),
  words: z.string().trim().max(MOST.words, `Use at most ${MOST.words} characters for the sentence`).catch(''),
  correction: z.string().trim().max(MOST.correction, `Say it in at most ${MOST.correction} characters`).catch(''),
  renewed: z.literal('yes').optional().catch(undefined),
});

/** Fields to content. For a correction, what it corrects must be said. */
export const noticeForm = (correcting: boolean) =>
  z.record(z.string(), z.unknown()).transform((fields, check): NoticeContent => {
    const parsed = fieldsSchema.safeParse(fields);
    const errors: { field: string; message: string }[] = [];
    if (!parsed.success)
      for (const { path, message } of parsed.error.issues) errors.push({ field: String(path[0]), message });
    const date = (name: string, what: string, required: boolean) => {
      const read = readDate(fields, name, what, { required });
      if (!read.ok) errors.push(read.error);
      return read.ok ? read.date : null;
    };
    const showsFrom = date('showsFrom', 'first day', true) ?? '';
    const showsUntil = date('showsUntil', 'last day', false);
    if (showsFrom && showsUntil && showsUntil < showsFrom)
      errors.push({ field: 'showsUntil', message: 'The last day is before the first. Enter a later day, or none' });
    const value = parsed.data;
    if (value) {
      errors.push(...audienceProblems({ ...value, productId: value.productId || null }));
      if (value.confirm === 'yes' && !value.words)
        errors.push({ field: 'words', message: 'Enter the sentence that readers confirm' });
      if (correcting && !value.correction)
        errors.push({ field: 'correction', message: 'Say what this version corrects' });
    }
    for (const { field, message } of errors) check.addIssue({ code: 'custom', path: [field], message });
    if (!value || errors.length > 0) return z.NEVER;
    const { title, body, reach, roles } = value;
    return {
      title,
      body,
      reach,
      productId: reach === 'product' ? value.productId || null : null,
      roles: reach === 'everybody' ? [] : roles,
      showsFrom,
      showsUntil,
      acknowledgeWords: value.confirm === 'yes' ? value.words : null,
      correction: correcting ? value.correction : null,
      renewed: value.renewed === 'yes',
    };
  });

const dateFields = (name: string, day: string | null): FormValues => {
  const [year = '', month = '', date = ''] = day?.split('-') ?? [];
  return {
    [`${name}-day`]: date && String(Number(date)),
    [`${name}-month`]: month && String(Number(month)),
    [`${name}-year`]: year,
  };
};

/** The form of an empty notice, shown from today. */
export function emptyForm(today: string): FormValues {
  return { confirm: 'no', ...dateFields('showsFrom', today) };
}

/** The form of a version that exists. */
export function formOf(version: NoticeVersion): FormValues {
  return {
    title: version.title,
    body: version.body,
    reach: version.reach,
    productId: version.productId ?? '',
    roles: [...version.roles],
    confirm: version.acknowledgeWords ? 'yes' : 'no',
    words: version.acknowledgeWords ?? '',
    correction: version.correction ?? '',
    ...(version.renewed ? { renewed: 'yes' } : {}),
    ...dateFields('showsFrom', version.showsFrom),
    ...dateFields('showsUntil', version.showsUntil),
  };
}

import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { buttonRow, crumbs, errorSummary, form, linkButton, pageHead, submitButton, textField } from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { bankCreated } from '../audit.ts';
import { BANK_CODE } from './banks.ts';

const PATH = '/online-assessments/item-bank/new';
const bankForm = z.object({
  title: z.string().trim().min(1, 'Enter a title').max(120, 'Enter a title of at most 120 characters'),
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(BANK_CODE, 'Enter a code of 2 to 20 letters, digits and hyphens that begins with a letter, such as ARH'),
});

/** GET /online-assessments/item-bank/new */
export async function showNewBank(context: Context): Promise<Answer> {
  return page(await newBankPage(context, await context.keptFields(), []));
}

/** POST /online-assessments/item-bank/new: makes an empty bank and goes on to its import. */
export function createBank(context: Context): Promise<Answer> {
  return submitForm(context, {
    schema: bankForm,
    page: (values, errors) => newBankPage(context, values, errors),
    action: async (writer, { title, code }) => {
      const bank = await writer.db
        .insertInto('online_assessments.item_banks')
        .values({ code, title, created_at: writer.now, created_by: context.person().personId })
        .onConflict((conflict) => conflict.column('code').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!bank)
        throw new Refused([{ field: 'code', message: `There is a bank ${code} already. Choose another code` }]);
      await writer.audit(bankCreated, { kind: 'item-bank', id: bank.id }, { code, title }, null);
      return `/online-assessments/item-bank/${code}/import`;
    },
  });
}

function newBankPage(context: Context, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  return assessmentsPage(
    context,
    { title: 'New bank', form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'Item bank', href: '/online-assessments/item-bank' }, { label: 'New bank' }])}${errorSummary(errors)}
${pageHead({ title: 'New bank', lead: 'A bank holds the questions of one subject; test forms draw from one bank.' })}
${form(
  { action: PATH, submissionId: crypto.randomUUID(), class: 'ao-card wrap-s m0' },
  html`${textField({ name: 'title', label: 'Title', value: text('title'), errors, maxlength: 120 })}
${textField({ name: 'code', label: 'Code', hint: 'Short, such as ARH. It stands in the address of the bank and cannot be changed.', value: text('code'), errors, width: 20, code: true, spellcheck: false, autocapitalize: 'characters' })}
${buttonRow(submitButton('Make the bank'), linkButton('Cancel', '/online-assessments/item-bank', { look: 'text' }))}`,
)}`,
  );
}

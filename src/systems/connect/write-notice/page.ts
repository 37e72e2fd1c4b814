import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import type { Product } from '#products';
import {
  buttonRow,
  card,
  checkboxes,
  crumbs,
  dateField,
  errorSummary,
  form,
  linkButton,
  pageHead,
  radios,
  selectField,
  singleCheckbox,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { ALL_ROLES } from '../notices/audience.ts';
import { noticesPage, WRITTEN_PATH } from '../notices/notices-page.ts';

export interface NoticeFormPage {
  readonly title: string;
  readonly action: string;
  readonly cancel: string;
  readonly correcting: boolean;
  readonly products: readonly Product[];
}

/** The form of a notice or of its correction; its draft is shown as readers will see it before it is published. */
export function noticeFormPage(
  context: Context<unknown, unknown>,
  options: NoticeFormPage,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const typed = (name: string) => String(values[name] ?? '');
  const day = (name: string) => ({
    day: typed(`${name}-day`),
    month: typed(`${name}-month`),
    year: typed(`${name}-year`),
  });
  return noticesPage(
    context,
    { title: options.title, form: true, hasErrors: errors.length > 0 },
    html`<div class="wrap-m">${errorSummary(errors)}${crumbs([{ label: 'Write notices', href: WRITTEN_PATH }, { label: options.title }])}
${pageHead({ title: options.title, lead: 'It is saved as a draft first. You see it as its readers will, and then publish it.' })}
${form(
  { action: options.action, submissionId: crypto.randomUUID() },
  html`${
    options.correcting &&
    card(
      { title: 'The correction', id: 'the-correction', class: 'mb' },
      html`${textField({ name: 'correction', label: 'What does this version correct?', hint: 'Readers see it above the text, such as "The date of the visit is 4 March, not 3 March."', value: typed('correction'), errors })}${singleCheckbox({ name: 'renewed', label: 'Show it as new to everyone, and ask again for confirmation', hint: 'Leave it empty for a slip of the pen', checked: typed('renewed') === 'yes', errors })}`,
    )
  }${card(
    { title: 'What it says', id: 'what' },
    html`${textField({ name: 'title', label: 'Title', value: typed('title'), errors })}${textareaField({ name: 'body', label: 'Text', hint: 'A blank line begins a paragraph; lines that begin with "- " become a list; addresses that begin with https:// become links.', value: typed('body'), errors, rows: 10, maxlength: 6000 })}`,
  )}${card(
    { title: 'Who reads it', id: 'who', class: 'mt' },
    html`${radios({
      name: 'reach',
      label: 'The notice is for',
      value: typed('reach') || null,
      errors,
      items: [
        { value: 'centres', label: 'All centres' },
        { value: 'product', label: 'Centres approved for a product', hint: 'Who is approved when it is read' },
        { value: 'roles', label: 'People with certain roles', hint: 'At any centre, or at the awarding body' },
        { value: 'everybody', label: 'Everybody with an account', hint: 'Candidates and members of the public too' },
      ],
    })}${selectField({
      name: 'productId',
      label: 'Product (only for centres approved for one)',
      placeholder: 'No product',
      value: typed('productId'),
      errors,
      choices: options.products.map(({ id, title }) => ({ value: id, label: title })),
    })}${checkboxes({
      name: 'roles',
      label: 'Roles',
      hint: 'For centres: leave all empty for every user of the centre, candidates left out.',
      values: [values.roles ?? []].flat(),
      errors,
      items: ALL_ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] })),
    })}`,
  )}${card(
    { title: 'When', id: 'when', class: 'mt' },
    html`${dateField({ name: 'showsFrom', label: 'First day', value: day('showsFrom'), errors })}${dateField({ name: 'showsUntil', label: 'Last day (optional)', hint: 'Without one it is shown until you end it.', value: day('showsUntil'), errors })}`,
  )}${card(
    { title: 'Confirmation', id: 'confirmation', class: 'mt' },
    html`${radios({
      name: 'confirm',
      label: 'Must readers confirm it?',
      value: typed('confirm') || null,
      errors,
      items: [
        { value: 'no', label: 'No, reading is enough' },
        {
          value: 'yes',
          label: 'Yes',
          hint: 'It stands under "Needs attention" until each reader has, and you see who has not',
        },
      ],
    })}${textField({ name: 'words', label: 'The sentence they confirm', hint: 'Such as "I have read the new rules and follow them from 1 March."', value: typed('words'), errors })}`,
  )}${buttonRow(submitButton('Save and preview'), linkButton('Cancel', options.cancel, { look: 'quiet' }))}`,
)}</div>`,
  );
}

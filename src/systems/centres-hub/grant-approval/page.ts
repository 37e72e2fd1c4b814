import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import type { Product } from '#products';
import { buttonRow, card, dateField, form, linkButton, radios, selectField, submitButton } from '#ui';
import { formPage } from '../hub-page/form-page.ts';
import type { Hub } from '../hub-page/hub-page.ts';
import { typed, typedDate } from '../typed-fields/typed-fields.ts';

/** The form by which the awarding body approves a centre for a product. */
export function grantPage(
  frame: Frame,
  hub: Hub,
  products: readonly Product[],
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const list = hub.href('/centres-hub/approvals');
  return formPage(
    frame,
    hub,
    {
      title: 'Grant an approval',
      crumbs: [{ label: 'Approvals', href: list }, { label: 'Grant an approval' }],
      errors,
      mayChooseCentre: true,
    },
    html`${card(
      { label: 'The approval' },
      form(
        { action: hub.href('/centres-hub/approvals/grant'), submissionId: crypto.randomUUID() },
        html`${selectField({
          name: 'productId',
          label: 'Product',
          placeholder: 'Choose a product',
          value: typed(values, 'productId'),
          errors,
          choices: products.map((product) => ({
            value: product.id,
            label: `${product.title}${product.qualificationNumber ? ` (${product.qualificationNumber})` : ''}`,
          })),
        })}
${dateField({ name: 'approvedFrom', label: 'Approved from', value: typedDate(values, 'approvedFrom'), errors })}
${dateField({ name: 'lastRegistrationOn', label: 'Last day for registrations (optional)', value: typedDate(values, 'lastRegistrationOn'), errors })}
${dateField({ name: 'lastCertificationOn', label: 'Last day for certification (optional)', value: typedDate(values, 'lastCertificationOn'), errors })}
${radios({
  name: 'directClaims',
  label: 'May the centre claim certificates directly?',
  value: typed(values, 'directClaims') || null,
  errors,
  items: [
    {
      value: 'yes',
      label: 'Yes',
      hint: 'Certificates are issued when the centre claims; evidence is sampled at visits',
    },
    { value: 'no', label: 'No', hint: 'An external quality assurer looks at each claim first' },
  ],
})}
${buttonRow(submitButton('Grant the approval'), linkButton('Cancel', list, { look: 'quiet' }))}`,
      ),
    )}`,
  );
}

/** The fields of registration, as the forms of a new and of a known candidate show them. */

import { type ApprovedProduct, approvedProducts, type Site, sitesOf } from '#centres-hub';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';
import { LANGUAGES } from '#products';
import { dateField, details, link, note, radios, selectField, textField } from '#ui';
import { cohortsOf } from '../cohorts/cohorts.ts';
import { DAYS_ALLOWED } from '../programme-days/programme-days.ts';

/** What a centre can choose from. */
export interface Offer {
  readonly open: readonly ApprovedProduct[];
  /** Approved, but nobody can be registered today; with the reason. */
  readonly closed: readonly { readonly productId: string; readonly title: string; readonly why: string }[];
  readonly sites: readonly Site[];
  /** Names of cohorts that the centre used, the latest first. */
  readonly cohorts: readonly string[];
}

/** The products a centre may register for today, and its sites. */
export async function offerOf(reader: Reader, centreId: string): Promise<Offer> {
  const products = await approvedProducts(reader, centreId);
  return {
    open: products.filter((product) => product.mayRegister.allowed),
    closed: products.flatMap(({ productId, title, mayRegister: may }) =>
      may.allowed ? [] : [{ productId, title, why: may.why }],
    ),
    sites: await sitesOf(reader, centreId),
    cohorts: await cohortsOf(reader, centreId),
  };
}

/** What was typed into one field. */
export function typed(values: FormValues, name: string): string {
  const value = values[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** What was typed into the three fields of a date. */
export function typedDate(values: FormValues, name: string) {
  return {
    day: typed(values, `${name}-day`),
    month: typed(values, `${name}-month`),
    year: typed(values, `${name}-year`),
  };
}

export const FUNDING_CHOICES = [
  { value: 'funded', label: 'Funded' },
  { value: 'not_funded', label: 'Not funded' },
];

type Errors = readonly FieldError[];

export function candidateFields(values: FormValues, errors: Errors): Safe {
  return html`
<div class="grid g2">
${textField({ name: 'givenNames', label: 'Given names', hint: 'All of them, as on the identity document', value: typed(values, 'givenNames'), errors, autocomplete: 'off', spellcheck: false })}
${textField({ name: 'familyName', label: 'Family name', hint: 'As it will stand on the certificate', value: typed(values, 'familyName'), errors, autocomplete: 'off', spellcheck: false })}
</div>
${dateField({ name: 'birthDate', label: 'Date of birth', hint: 'For example, 27 3 2007', value: typedDate(values, 'birthDate'), errors })}
<div class="grid g2">
${textField({ name: 'uln', label: 'Unique learner number (ULN)', hint: '10 digits, from the learning record', value: typed(values, 'uln'), errors, autocomplete: 'off', inputmode: 'numeric', code: true, width: 20 })}
${textField({ name: 'scottishNumber', label: 'Scottish candidate number (in place of a ULN)', hint: '9 digits, for those schooled in Scotland', value: typed(values, 'scottishNumber'), errors, autocomplete: 'off', inputmode: 'numeric', code: true, width: 20 })}
${textField({ name: 'ulnAbsentReason', label: 'If there is no ULN, why?', hint: 'Asked again when a certificate is claimed', value: typed(values, 'ulnAbsentReason'), errors, autocomplete: 'off' })}
</div>
<div class="grid g2">
${textField({ name: 'email', label: 'E-mail address (optional)', hint: 'With it the candidate can have an account', value: typed(values, 'email'), errors, type: 'email', autocomplete: 'off', spellcheck: false })}
${textField({ name: 'postcode', label: 'Postcode (optional)', hint: 'For example, ZZ4 4QT', value: typed(values, 'postcode'), errors, autocomplete: 'off', width: 10 })}
</div>
${textField({ name: 'centreReference', label: 'Your reference (optional)', hint: 'How your own records name the candidate', value: typed(values, 'centreReference'), errors, autocomplete: 'off', width: 20 })}`;
}

/** What the programme fields depend on besides what was typed. */
export interface ProgrammeShown {
  readonly offer: Offer;
  /** The days of the 90 by the typed start, in words; null: none are counted. */
  readonly days: string | null;
  /** Why the product chosen cannot be registered for today. */
  readonly ended: string | null;
  readonly draft: unknown;
}

export function programmeFields(
  values: FormValues,
  errors: Errors,
  { offer, days, ended, draft }: ProgrammeShown,
): Safe {
  const { open, closed, sites, cohorts } = offer;
  // A product that was stopped after it was chosen stays chosen, so that the form can be sent again.
  const chosen = closed.filter(({ productId }) => productId === typed(values, 'product'));
  return html`
${Boolean(draft) && ended && note(ended, { tone: 'warn', title: 'The product of this draft is not open for registration.' })}
${selectField({ name: 'product', label: 'Product', hint: 'Those your centre is approved for and that are open for registration', value: typed(values, 'product'), errors, placeholder: 'Choose a product', choices: [...open, ...chosen].map(({ productId, title }) => ({ value: productId, label: title })) })}
${
  closed.length > 0 &&
  details(
    closed.length === 1 ? '1 approved product is not open' : `${closed.length} approved products are not open`,
    html`<ul>${closed.map(({ title, why }) => html`<li>${title}: ${why}</li>`)}</ul>`,
  )
}
${
  sites.length > 1 &&
  selectField({
    name: 'site',
    label: 'Site (optional)',
    hint: 'Where most of the programme takes place',
    value: typed(values, 'site'),
    errors,
    placeholder: 'No particular site',
    choices: sites.map(({ id, name }) => ({ value: id, label: name })),
  })
}
${dateField({ name: 'programmeStart', label: 'Programme start', hint: `The day the candidate begins or began. For a regulated qualification register within ${DAYS_ALLOWED} days of it; later is possible, and is marked late`, value: typedDate(values, 'programmeStart'), errors })}
<p class="muted" data-told="days" role="status">${days}</p>
${radios({
  name: 'assessmentLanguage',
  label: 'Language of assessment',
  hint: html`As far as the product offers it. For any other way ask for ${link('assessment in another language', '/centres-hub/requests/new/assessment-in-another-language')} before you register`,
  value: typed(values, 'assessmentLanguage') || 'en',
  errors,
  inline: true,
  small: true,
  items: Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
})}
${selectField({ name: 'funding', label: 'Funding (optional)', value: typed(values, 'funding'), errors, placeholder: 'Not said', choices: FUNDING_CHOICES })}
${textField({ name: 'orderReference', label: 'Order reference (optional)', hint: 'Your own, such as the number of your purchase order', value: typed(values, 'orderReference'), errors, autocomplete: 'off', width: 20 })}
${textField({ name: 'cohort', label: 'Cohort (optional)', hint: 'A group of your own, such as Autumn 2026. The list of candidates can be narrowed to it', value: typed(values, 'cohort'), errors, autocomplete: 'off', width: 20, suggestions: cohorts })}`;
}

/** Instead of the form, when there is nothing to choose and nothing was typed that could be lost; else null. */
export function nothingOpen({ open, closed }: Offer, values: FormValues): Safe | null {
  if (open.length > 0 || Object.values(values).some((value) => value.length > 0)) return null;
  if (closed.length === 0) {
    return note(
      'Your centre is not approved for any product yet. Approvals stand in Centres Hub; ask the awarding body for the first one.',
      { tone: 'warn' },
    );
  }
  const reasons = new Set(closed.map(({ why }) => why));
  return note(
    html`None of the products your centre is approved for is open for registration today. ${
      reasons.size === 1
        ? [...reasons]
        : html`<ul>${closed.map(({ title, why }) => html`<li>${title}: ${why}</li>`)}</ul>`
    }`,
    { tone: 'warn' },
  );
}

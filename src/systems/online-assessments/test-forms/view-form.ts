import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { may } from '#platform/permissions/principal.ts';
import {
  card,
  crumbs,
  details,
  errorSummary,
  form,
  formatDateTime,
  link,
  linkButton,
  note,
  pageHead,
  plural,
  postButton,
  submitButton,
  summaryList,
  table,
  textField,
} from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { bankById, liveGroups } from '../item-bank/banks.ts';
import { bankPath } from '../item-bank/list-items.ts';
import { ACTS, shortages } from './form-rules.ts';
import { type BlueprintPart, formById, type TestForm } from './forms.ts';
import { FORMS_PATH, formTag } from './list-forms.ts';
import { testableUnits, unitInWords } from './units.ts';

export const formParams = z.object({ form: z.uuid() });

/** GET /online-assessments/test-forms/:form */
export const viewForm = handler({ params: formParams }, async (context): Promise<Answer> => {
  return page(await formPage(context as Context, context.params.form, {}, []));
});

/** The page of a form, also after an act on it was refused. */
export async function formPage(
  context: Context,
  formId: string,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const found = await context.read(async (reader) => {
    const testForm = await formById(reader, formId);
    const bank = testForm && (await bankById(reader, testForm.bankId));
    if (!testForm || !bank) throw new NotFound();
    return { testForm, bank, groups: await liveGroups(reader, bank.id), units: await testableUnits(reader) };
  });
  const { testForm, bank, groups, units } = found;
  const isAuthor = may(context.principal, 'online-assessments.author');
  const live = new Map(groups.map((each) => [each.group, each]));
  const short = shortages(testForm.blueprint, new Map(groups.map(({ group, live }) => [group, live])));
  const unit = units.find((one) => one.productId === testForm.productId && one.unitCode === testForm.unitCode);
  const heading = `${testForm.code} version ${testForm.version}`;
  return assessmentsPage(
    context,
    { title: heading, form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'Test forms', href: FORMS_PATH }, { label: heading }])}${errorSummary(errors)}
${pageHead({ title: testForm.title, lead: html`${heading} ${formTag(testForm.state)}`, actions: actions(context, testForm) })}
${
  testForm.state !== 'withdrawn' &&
  short.length > 0 &&
  note(html`${short.map(({ sentence }) => `${sentence}. `)}`, { tone: 'warn', title: 'A paper cannot be drawn.' })
}
<div class="split wide">
${card(
  {
    title: `${plural(testForm.questions, 'question')} of a paper`,
    id: 'blueprint',
    flush: true,
    aside: isAuthor && short.length === 0 ? link('Draw a sample', `${FORMS_PATH}/${testForm.id}/preview`) : undefined,
  },
  table<BlueprintPart>({
    caption: 'Questions of each group',
    rows: testForm.blueprint,
    columns: [
      { label: 'Group', header: true, class: 'code nw', cell: ({ group }) => group },
      { label: 'Topic', phone: 'plain', cell: ({ group }) => live.get(group)?.topics ?? '' },
      { label: 'Drawn', numeric: true, cell: ({ count }) => count },
      { label: 'Live questions', numeric: true, cell: ({ group }) => live.get(group)?.live ?? 0 },
    ],
  }),
)}
<div class="stack">${card(
      { title: 'Time and rules', id: 'rules' },
      summaryList([
        ['Unit', unit ? unitInWords(unit) : (testForm.unitCode ?? 'None: it cannot be booked')],
        ['Bank', isAuthor ? link(bank.title, bankPath(bank.code)) : bank.title],
        ['Time', plural(Math.round(testForm.baseSeconds / 60), 'minute')],
        ['Pass mark', `${testForm.passMark} of ${testForm.questions}`],
        [
          'First sitting',
          testForm.hoursAfterRegistration === 0
            ? 'At once'
            : `${plural(testForm.hoursAfterRegistration, 'hour')} after registration`,
        ],
        ['After a fail', plural(testForm.hoursAfterFail, 'hour')],
        ['Sittings allowed', testForm.sittingsAllowed === null ? 'Any number' : String(testForm.sittingsAllowed)],
        testForm.publishedAt !== null && ['Published', formatDateTime(testForm.publishedAt)],
        testForm.withdrawnAt !== null && ['Withdrawn', formatDateTime(testForm.withdrawnAt)],
      ]),
    )}${withdrawCard(context, testForm, values, errors)}</div>
</div>`,
  );
}

function actions(context: Context, testForm: TestForm): Safe {
  const path = `${FORMS_PATH}/${testForm.id}`;
  const acts = ACTS[testForm.state];
  const isAuthor = may(context.principal, 'online-assessments.author');
  const maySubmit = { submissionId: crypto.randomUUID() };
  return html`${isAuthor && acts.includes('change') && linkButton('Change', `${path}/change`, { look: 'quiet', icon: 'edit' })}${
    isAuthor &&
    acts.includes('new-version') &&
    postButton('Make a new version', { action: `${path}/new-version`, look: 'quiet', ...maySubmit })
  }${
    may(context.principal, 'online-assessments.publish') &&
    acts.includes('publish') &&
    postButton('Publish', { action: `${path}/publish`, ...maySubmit })
  }`;
}

function withdrawCard(
  context: Context,
  testForm: TestForm,
  values: FormValues,
  errors: readonly FieldError[],
): Safe | null {
  if (!may(context.principal, 'online-assessments.publish') || !ACTS[testForm.state].includes('withdraw')) return null;
  const reason = typeof values.reason === 'string' ? values.reason : '';
  return card(
    { title: 'Withdraw', id: 'withdraw' },
    html`<p class="muted">No new sittings are booked on a withdrawn form. Sittings that are booked already keep it.</p>${details(
      'Withdraw this form',
      form(
        { action: `${FORMS_PATH}/${testForm.id}/withdraw`, submissionId: crypto.randomUUID() },
        html`${textField({ name: 'reason', label: 'Why', value: reason, errors })}${submitButton('Withdraw the form', { look: 'bad' })}`,
      ),
    )}`,
  );
}

import { html } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { may } from '#platform/permissions/principal.ts';
import { card, emptyState, linkButton, pageHead, plural, rowLink, type Tone, table, tag } from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { allForms, FORM_STATES, type FormState, type TestForm } from './forms.ts';

export const FORMS_PATH = '/online-assessments/test-forms';
const TONES: Record<FormState, Tone | undefined> = { draft: 'warn', published: 'ok', withdrawn: undefined };

/** The state of a form in a word. */
export const formTag = (state: FormState) => tag(FORM_STATES[state], TONES[state]);

/** GET /online-assessments/test-forms */
export async function listForms(context: Context): Promise<Answer> {
  const forms = await context.read(allForms);
  const published = forms.filter(({ state }) => state === 'published').length;
  const newForm =
    may(context.principal, 'online-assessments.author') && linkButton('New test form', `${FORMS_PATH}/new`);
  const head = pageHead({
    title: 'Test forms',
    lead: `${plural(published, 'form')} published, ${plural(forms.length, 'version')} in all`,
    actions: forms.length > 0 && newForm,
  });
  const body =
    forms.length === 0
      ? card(
          { label: 'Forms and their versions' },
          emptyState({
            icon: 'doc',
            title: 'No test forms yet',
            text: 'A form says how many questions of each group a paper has, its time and its pass mark.',
            actions: newForm,
          }),
        )
      : card(
          { label: 'Forms and their versions', flush: true },
          table<TestForm>({
            caption: 'List of test forms',
            rows: forms,
            columns: [
              { label: 'Form', header: true, cell: (form) => rowLink(form.title, `${FORMS_PATH}/${form.id}`) },
              {
                label: 'Code',
                code: true,
                class: 'nw',
                phone: 'plain',
                cell: (form) => `${form.code} v${form.version}`,
              },
              { label: 'Unit', class: 'nw', cell: (form) => form.unitCode ?? html`<span class="muted">None</span>` },
              { label: 'Questions', numeric: true, cell: (form) => form.questions },
              { label: 'Pass mark', numeric: true, cell: (form) => form.passMark },
              { label: 'Minutes', numeric: true, cell: (form) => Math.round(form.baseSeconds / 60) },
              { label: 'State', phone: 'status', cell: (form) => formTag(form.state) },
            ],
          }),
        );
  return page(await assessmentsPage(context, { title: 'Test forms' }, html`${head}${body}`));
}

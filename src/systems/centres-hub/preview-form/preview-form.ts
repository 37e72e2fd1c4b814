import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import { fieldsOf } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { buttonRow, card, crumbs, form, hiddenField, linkButton, note, pageHead, submitButton } from '#ui';
import { designPage, FORMS, formHref, formParams } from '../design-form/design-page.ts';
import { missingPanel } from '../fill-in/missing-panel.ts';
import { signatureWords } from '../fill-in/signature.ts';
import { answersFromFields } from '../forms/answers-from-fields.ts';
import { answerProblems } from '../forms/check-answers.ts';
import { CHOSEN_TYPES, type FormDefinition, questionsOf } from '../forms/definition.ts';
import { formByCode } from '../forms/forms.ts';
import { paragraphs, questionSections } from '../forms/question-field.ts';

/** Stands in a preview for whatever a centre chooses. */
const EXAMPLE = 'example';
const EXAMPLES: Record<string, string> = {
  product: 'An example product',
  any_product: 'An example product',
  site: 'An example site',
  staff_member: 'An example person',
};

/** GET /centres-hub/forms/:code/preview: the form as a centre will see it. What is typed stands in the address only. */
export const previewForm = handler(
  { params: formParams, query: z.record(z.string(), z.unknown()) },
  async (context) => {
    const one = await context.read((reader) => formByCode(reader, context.params.code));
    const definition = one.draft ?? one.current?.definition;
    const frame = await context.frame();
    if (!definition)
      return page(
        designPage(
          frame,
          { title: 'Preview' },
          html`${pageHead({ title: 'Preview' })}${note('There is nothing to preview.')}`,
        ),
      );
    return page(
      designPage(
        frame,
        { title: `Preview of "${definition.title}"`, form: true, scripts: ['draft-form.js'] },
        body(one.code, definition, fieldsOf(context.query)),
      ),
    );
  },
);

function body(code: string, definition: FormDefinition, fields: ReturnType<typeof fieldsOf>): Safe {
  const answers = answersFromFields(definition, fields);
  const tried = fields.tried === 'yes';
  const choices = Object.fromEntries(
    questionsOf(definition)
      .filter(({ type }) => CHOSEN_TYPES.includes(type))
      .map(({ key, type }) => [key, type === 'candidate' ? [] : [{ value: EXAMPLE, label: EXAMPLES[type] ?? '' }]]),
  );
  const ids = Object.fromEntries(Object.keys(choices).map((key) => [key, new Set([EXAMPLE])]));
  const problems = answerProblems(definition, answers, { files: {}, choices: ids });
  return html`${crumbs([{ label: 'Forms', href: FORMS }, { label: definition.title, href: formHref(code) }, { label: 'Preview' }])}
${pageHead({ title: definition.title, lead: definition.summary || 'No words say yet what it is for' })}
<div class="split wide"><div>
${note('This is a preview: try it as a centre would. Nothing is stored.', { class: 'mb' })}
${definition.introduction && card({ label: 'Introduction', class: 'mb' }, paragraphs(definition.introduction))}
${form(
  { action: formHref(code, '/preview'), method: 'get', id: 'fill-in' },
  html`${hiddenField('tried', 'yes')}${questionSections(definition, { answers, errors: [], choices, files: {}, fileHref: null, found: null })}
${definition.signature && card({ title: 'Signature', id: 'signature', class: 'mb' }, signatureWords(definition.signature))}
${buttonRow(submitButton('Check the answers'), linkButton('Back to the form', formHref(code), { look: 'quiet' }))}`,
)}</div>
${missingPanel(tried ? problems : [], tried ? null : 'Answer some questions and press "Check the answers": what is still missing appears here, as it does for a centre.')}
</div>`;
}

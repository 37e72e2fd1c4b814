import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  checkboxes,
  crumbs,
  errorFor,
  errorSummary,
  form,
  hiddenField,
  linkButton,
  pageHead,
  radios,
  selectField,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { conditionAnswers, type FormDefinition, LIMITS, QUESTION_TYPES, questionOf } from '../forms/definition.ts';
import { formByCode } from '../forms/forms.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { chooseVersionPage } from './choose-version.ts';
import { changeDraft, designPage, draftOrBack, FORMS, formHref, formParams, markOf, orChoose } from './design-page.ts';
import {
  comparedQuestions,
  earlierThan,
  keyed,
  type Place,
  placedProblems,
  questionForm,
  sectionOf,
  valuesOf,
  withQuestion,
} from './question-form.ts';
import { sectionParams } from './sections.ts';

export const questionParams = formParams.extend({ key: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/) });

/** GET /centres-hub/forms/:code/sections/:position/add-question */
export const showAddQuestion = handler({ params: sectionParams }, async (context) => {
  const { code, position } = context.params;
  const found = draftOrBack(await context.read((reader) => formByCode(reader, code)));
  if ('back' in found) return found.back;
  if (!found.draft.sections[position - 1]) throw new NotFound();
  const kept = await context.keptFields();
  const place = { section: position, key: null };
  return page(questionPage(await context.frame(), code, found.draft, place, { required: 'yes', ...kept }, []));
});

/** POST /centres-hub/forms/:code/sections/:position/add-question */
export const sendAddQuestion = handler({ params: sectionParams }, (context) => {
  const { code, position } = context.params;
  const place: Place = { section: position, key: null };
  return submitForm(context, {
    schema: questionForm,
    page: async (values, errors) => {
      const found = draftOrBack(await context.read((reader) => formByCode(reader, code)));
      if ('back' in found) throw new NotFound();
      return questionPage(await context.frame(), code, found.draft, place, values, errors);
    },
    action: async (writer, given) => {
      await changeDraft(writer, {
        code,
        seen: null,
        part: () => null,
        change: (draft) => {
          const section = draft.sections[position - 1];
          if (!section) throw new Refused('The section was removed meanwhile. Add the question to another');
          if (section.questions.length >= LIMITS.questionsInSection)
            throw new Refused(`A section has ${LIMITS.questionsInSection} questions at most. Add another section`);
          const question = keyed(draft, place, given);
          const problems = placedProblems(draft, place, question);
          if (problems.length > 0) throw new Refused(problems);
          return withQuestion(draft, place, question);
        },
        what: `the question "${given.label}" was added`,
      });
      return formHref(code, `?done=saved#section-${position}`);
    },
  });
});

/** GET /centres-hub/forms/:code/questions/:key */
export const showQuestion = handler({ params: questionParams }, async (context) => {
  const { code, key } = context.params;
  const found = draftOrBack(await context.read((reader) => formByCode(reader, code)));
  if ('back' in found) return found.back;
  const question = questionOf(found.draft, key);
  if (!question) throw new NotFound();
  const values = { ...valuesOf(question), seen: markOf(question), ...(await context.keptFields()) };
  const place = { section: sectionOf(found.draft, key), key };
  return page(questionPage(await context.frame(), code, found.draft, place, values, []));
});

/** POST /centres-hub/forms/:code/questions/:key */
export const sendQuestion = handler({ params: questionParams }, (context) => {
  const { code, key } = context.params;
  const { fields } = context;
  return orChoose(
    () =>
      submitForm(context, {
        schema: questionForm,
        page: async (values, errors) => {
          const found = draftOrBack(await context.read((reader) => formByCode(reader, code)));
          if ('back' in found) throw new NotFound();
          const place = { section: Math.max(1, sectionOf(found.draft, key)), key };
          return questionPage(await context.frame(), code, found.draft, place, values, errors);
        },
        action: async (writer, given) => {
          await changeDraft(writer, {
            code,
            seen: fields.seen ?? '',
            part: (draft) => questionOf(draft, key),
            change: (draft) => {
              const place = { section: sectionOf(draft, key), key };
              const question = keyed(draft, place, given);
              const problems = placedProblems(draft, place, question);
              if (problems.length > 0) throw new Refused(problems);
              return withQuestion(draft, place, question);
            },
            what: `the question "${given.label}"`,
          });
          return formHref(code, '?done=saved');
        },
      }),
    async (theirs) => {
      const draft = theirs.draft as FormDefinition;
      const mine = questionForm.parse(fields);
      const now = questionOf(draft, key);
      return chooseVersionPage(await context.frame(), theirs, {
        title: `The question "${mine.label}"`,
        action: formHref(
          code,
          now ? `/questions/${key}` : `/sections/${Math.max(1, draft.sections.length)}/add-question`,
        ),
        values: fields,
        mark: now ? markOf(now) : null,
        rows: comparedQuestions(draft, now, mine),
      });
    },
  );
});

function questionPage(
  frame: Frame,
  code: string,
  draft: FormDefinition,
  place: Place,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const title = place.key === null ? 'Add a question' : 'Change a question';
  const action = formHref(
    code,
    place.key === null ? `/sections/${place.section}/add-question` : `/questions/${place.key}`,
  );
  const inSection = draft.sections[place.section - 1]?.title ?? '';
  return designPage(
    frame,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Forms', href: FORMS }, { label: code, href: formHref(code) }, { label: title }])}
${pageHead({ title, lead: html`In the section "${inSection}"` })}
${card(
  { label: title },
  form(
    { action, submissionId: crypto.randomUUID() },
    html`${place.key !== null && hiddenField('seen', typed(values, 'seen'))}
${textField({ name: 'label', label: 'Question', hint: 'As the centre reads it', value: typed(values, 'label'), errors, autocomplete: 'off' })}
${textField({ name: 'hint', label: 'Hint (optional)', value: typed(values, 'hint'), errors, autocomplete: 'off' })}
${selectField({
  name: 'type',
  label: 'Type of answer',
  value: typed(values, 'type'),
  errors,
  placeholder: 'Choose a type',
  choices: Object.entries(QUESTION_TYPES).map(([value, label]) => ({ value, label })),
})}
${textareaField({ name: 'options', label: 'Options (of "One of several" and "Any of several")', hint: 'One on each line. Behind a bar (|) stands the value it is stored under, where that is not made of its words', value: typed(values, 'options'), errors, rows: 5 })}
${textField({ name: 'least', label: 'Least number (optional, of a number)', value: typed(values, 'least'), errors, inputmode: 'numeric', width: 5 })}
${textField({ name: 'most', label: 'Most (optional, of a number)', value: typed(values, 'most'), errors, inputmode: 'numeric', width: 5 })}
${radios({
  name: 'required',
  label: 'Must it be answered?',
  value: typed(values, 'required') || null,
  errors,
  inline: true,
  items: [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
  ],
})}
${conditionFields(draft, place, values, errors)}
${textField({ name: 'key', label: 'Key (optional)', hint: 'The name of the answer in the record. Made of the question if you leave it empty', value: typed(values, 'key'), errors, autocomplete: 'off', spellcheck: false, autocapitalize: 'none', width: 20, code: true })}
${buttonRow(submitButton(place.key === null ? 'Add the question' : 'Save the question'), linkButton('Cancel', formHref(code), { look: 'quiet' }))}`,
  ),
)}`,
  );
}

/** Answers of earlier questions to tick, question by question: works without script, and shows what is possible. */
function conditionFields(draft: FormDefinition, place: Place, values: FormValues, errors: readonly FieldError[]): Safe {
  const possible = earlierThan(draft, place).filter((one) => conditionAnswers(one).length > 0);
  const ticked = values.condition === undefined ? [] : [values.condition].flat();
  const error = errorFor(errors, 'condition');
  if (possible.length === 0)
    return html`<div class="govuk-form-group" id="condition" tabindex="-1">${error && html`<p class="govuk-error-message">${error.message}</p>`}<p class="govuk-label">When is it asked?</p><p class="muted">Always: no earlier question has answers to choose from.</p></div>`;
  return html`<div id="condition" tabindex="-1"><h2>When is it asked?</h2>
<p class="muted">Always, unless you tick answers here: then only while one of them is given. Tick answers of one question only.</p>
${error && html`<p class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${error.message}</p>`}
${possible.map((one) =>
  checkboxes({
    name: 'condition',
    id: `condition-${one.key}`,
    label: `Only if "${one.label}" is`,
    values: ticked,
    items: conditionAnswers(one).map(({ value, label }) => ({ value: `${one.key}=${value}`, label })),
  }),
)}</div>`;
}

import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { CENTRE_ROLES, ROLE_NAMES, type Role } from '#platform/permissions/capabilities.ts';
import {
  buttonRow,
  card,
  checkboxes,
  crumbs,
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
import type { FormDefinition } from '../forms/definition.ts';
import { factsInWords, READERS } from '../forms/differences.ts';
import { formByCode } from '../forms/forms.ts';
import { decisionEffects } from '../requests/decision-effects.ts';
import { DECIDERS } from '../requests/may-decide.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { chooseVersionPage } from './choose-version.ts';
import { changeDraft, designPage, draftOrBack, FORMS, formHref, formParams, markOf, orChoose } from './design-page.ts';

/** Roles of a centre that can be given a form; candidates have none. */
const FILLERS = CENTRE_ROLES.filter((role) => role !== 'candidate');
const several = <T extends string>(values: readonly T[]) =>
  z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.enum(values as readonly [T, ...T[]])));
const text = (most: number, what: string) =>
  z
    .string()
    .default('')
    .transform((words) => words.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().max(most, `Shorten ${what} to ${most} characters`));

const factsForm = z
  .object({
    title: text(120, 'the title').pipe(z.string().min(1, 'Enter the title')),
    summary: text(400, 'what the form is for'),
    introduction: text(3000, 'the introduction'),
    filledBy: several(FILLERS),
    signed: z.enum(['yes', 'no'], 'Choose whether it is signed'),
    statement: text(600, 'the statement'),
    signedBy: several(FILLERS),
    decidedBy: several(DECIDERS),
    daysAllowed: z
      .string('Enter the days allowed')
      .trim()
      .regex(/^\d{1,3}$/, 'Enter the working days allowed as a number, such as 10')
      .transform(Number)
      .pipe(z.number().min(1, 'Allow at least 1 day').max(120, 'Allow at most 120 days')),
    decision: z.enum(['grant', 'answer'], 'Choose what the decision is'),
    effect: z.string().max(60).default(''),
    yearly: z.enum(['yes', 'no']).default('no'),
    confidential: z.enum(['yes', 'no']).default('no'),
  })
  .transform(({ signed, statement, signedBy, effect, yearly, confidential, ...facts }, check) => {
    if (signed === 'yes' && statement === '')
      check.addIssue({ code: 'custom', path: ['statement'], message: 'Enter the statement that is signed' });
    if (signed === 'yes' && signedBy.length === 0)
      check.addIssue({ code: 'custom', path: ['signedBy'], message: 'Choose who signs' });
    return {
      ...facts,
      effect: effect || null,
      signature: signed === 'yes' ? { statement, signedBy } : null,
      yearly: yearly === 'yes' || undefined,
      confidential: confidential === 'yes' || undefined,
    };
  });

export const factsOf = ({ sections: _, ...facts }: FormDefinition) => facts;

const valuesOf = (draft: FormDefinition): FormValues => ({
  title: draft.title,
  summary: draft.summary,
  introduction: draft.introduction,
  filledBy: [...draft.filledBy],
  signed: draft.signature ? 'yes' : 'no',
  statement: draft.signature?.statement ?? '',
  signedBy: [...(draft.signature?.signedBy ?? [])],
  decidedBy: [...draft.decidedBy],
  daysAllowed: String(draft.daysAllowed),
  decision: draft.decision,
  effect: draft.effect ?? '',
  yearly: draft.yearly ? 'yes' : 'no',
  confidential: draft.confidential ? 'yes' : 'no',
  seen: markOf(factsOf(draft)),
});

/** GET /centres-hub/forms/:code/facts */
export const showFacts = handler({ params: formParams }, async (context) => {
  const { code } = context.params;
  const found = draftOrBack(await context.read((reader) => formByCode(reader, code)));
  if ('back' in found) return found.back;
  const kept = await context.keptFields();
  return page(factsPage(await context.frame(), code, { ...valuesOf(found.draft), ...kept }, []));
});

/** POST /centres-hub/forms/:code/facts */
export const sendFacts = handler({ params: formParams }, (context) => {
  const { code } = context.params;
  const { fields } = context;
  return orChoose(
    () =>
      submitForm(context, {
        schema: factsForm,
        page: async (values, errors) => factsPage(await context.frame(), code, values, errors),
        action: async (writer, facts) => {
          await changeDraft(writer, {
            code,
            seen: fields.seen ?? '',
            part: factsOf,
            change: (draft) => ({ ...draft, ...facts }),
            what: 'the facts of the form',
          });
          return formHref(code, '?done=saved');
        },
      }),
    async (theirs) => {
      const mine = factsForm.parse(fields);
      const draft = theirs.draft as FormDefinition;
      const words = new Map(factsInWords({ ...draft, ...mine }));
      return chooseVersionPage(await context.frame(), theirs, {
        title: 'The facts of the form',
        action: formHref(code, '/facts'),
        values: fields,
        mark: markOf(factsOf(draft)),
        rows: factsInWords(draft).map(([label, was]) => ({ label, theirs: was, mine: words.get(label) ?? '' })),
      });
    },
  );
});

const list = (values: FormValues, name: string): string[] => (values[name] === undefined ? [] : [values[name]].flat());
const roles = (of: readonly Role[]) => of.map((value) => ({ value, label: ROLE_NAMES[value] }));

function factsPage(frame: Frame, code: string, values: FormValues, errors: readonly FieldError[]): Safe {
  const effects = decisionEffects();
  const effect = typed(values, 'effect');
  const unknown = effect !== '' && !effects.some(({ name }) => name === effect);
  return designPage(
    frame,
    { title: 'Facts of the form', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Forms', href: FORMS }, { label: code, href: formHref(code) }, { label: 'Facts' }])}
${pageHead({ title: 'Facts of the form', lead: 'What it is called, who fills it in, who signs and who decides. Parts can stay empty until you publish.' })}
${card(
  { label: 'Facts' },
  form(
    { action: formHref(code, '/facts'), submissionId: crypto.randomUUID() },
    html`${hiddenField('seen', typed(values, 'seen'))}
${textField({ name: 'title', label: 'Title', value: typed(values, 'title'), errors, autocomplete: 'off' })}
${textareaField({ name: 'summary', label: 'What it is for', hint: 'One or two sentences in the list of forms', value: typed(values, 'summary'), errors, rows: 2, maxlength: 400 })}
${textareaField({ name: 'introduction', label: 'Introduction (optional)', hint: 'Stands above the first question', value: typed(values, 'introduction'), errors, rows: 4, maxlength: 3000 })}
${checkboxes({ name: 'filledBy', label: 'Who fills it in?', values: list(values, 'filledBy'), items: roles(FILLERS), errors })}
${radios({
  name: 'signed',
  label: 'Is it signed?',
  value: typed(values, 'signed') || null,
  errors,
  items: [
    { value: 'yes', label: 'Yes', hint: 'By typing one’s name under a statement' },
    { value: 'no', label: 'No' },
  ],
})}
${textareaField({ name: 'statement', label: 'The statement that is signed (only if it is signed)', value: typed(values, 'statement'), errors, rows: 3, maxlength: 600 })}
${checkboxes({ name: 'signedBy', label: 'Who signs? (only if it is signed)', values: list(values, 'signedBy'), items: roles(FILLERS), errors })}
${checkboxes({ name: 'decidedBy', label: 'Who decides?', values: list(values, 'decidedBy'), items: roles(DECIDERS), errors })}
${textField({ name: 'daysAllowed', label: 'Working days allowed until the decision', value: typed(values, 'daysAllowed'), errors, inputmode: 'numeric', width: 3 })}
${radios({
  name: 'decision',
  label: 'What is the decision?',
  value: typed(values, 'decision') || null,
  errors,
  items: [
    { value: 'grant', label: 'It is granted or refused' },
    { value: 'answer', label: 'It is answered', hint: 'Nothing is granted: feedback, a question' },
  ],
})}
${selectField({
  name: 'effect',
  label: 'What happens when it is granted?',
  value: effect,
  errors,
  choices: [
    { value: '', label: 'Nothing besides the words' },
    ...effects.map(({ name, description }) => ({ value: name, label: description })),
    ...(unknown ? [{ value: effect, label: `${effect} (not known here)` }] : []),
  ],
})}
${radios({
  name: 'confidential',
  label: 'Who reads what is sent?',
  value: typed(values, 'confidential') || 'no',
  errors,
  items: [
    { value: 'no', label: READERS.open },
    {
      value: 'yes',
      label: READERS.confidential,
      hint: 'Confidential: nobody else at the centre sees even that it was begun',
    },
  ],
})}
${radios({
  name: 'yearly',
  label: 'When is it filled in?',
  value: typed(values, 'yearly') || 'no',
  errors,
  items: [
    { value: 'no', label: 'Whenever a centre needs it' },
    {
      value: 'yes',
      label: 'Once a year, and whenever a centre wants',
      hint: 'Each approved centre finds it among what needs it, a year after its last one',
    },
  ],
})}
${buttonRow(submitButton('Save the facts'), linkButton('Cancel', formHref(code), { look: 'quiet' }))}`,
  ),
)}`,
  );
}

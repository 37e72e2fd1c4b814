import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  linkButton,
  pageHead,
  radios,
  selectField,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { type Colleague, colleaguesOf, entryFor } from '../competence/colleagues.ts';
import { candidatePicker } from '../forms/candidate-picker.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { interestDeclared } from './audit.ts';
import { RELATION_NAMES, RELATIONS } from './conflict-rule.ts';

const declareForm = z
  .object({
    relation: z.enum(RELATIONS, 'Choose the relation'),
    about: z.enum(['candidate', 'colleague', 'other', 'none'], 'Choose whom it is about'),
    candidateNumber: z.string().trim().max(20, 'A candidate number has 8 digits').default(''),
    colleague: z.string().default(''),
    otherName: z.string().trim().max(120, 'Shorten the name to 120 characters').default(''),
    words: z
      .string('Say what it is')
      .trim()
      .min(5, 'Say what it is in a few words, such as "My sister\'s son"')
      .max(1000, 'Shorten it to 1,000 characters'),
  })
  .superRefine((value, check) => {
    const ask = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
    if (value.about === 'candidate' && value.candidateNumber === '')
      ask('candidateNumber', 'Enter the candidate number, 8 digits');
    if (value.about === 'colleague' && value.colleague === '') ask('colleague', 'Choose the user or staff member');
    if (value.about === 'other' && value.otherName === '') ask('otherName', 'Enter the name');
    if (value.about === 'none' && value.relation !== 'own_work')
      ask('about', 'Say whom it is about: only own work can stand without a name');
  });

interface Offered {
  readonly hub: Hub;
  readonly colleagues: readonly Colleague[];
}

async function offered(reader: Reader, context: Context<unknown, HubQuery>): Promise<Offered> {
  const hub = await hubOf(reader, context);
  const { personId } = context.person();
  return { hub, colleagues: (await colleaguesOf(reader, hub.centre.id)).filter((one) => one.personId !== personId) };
}

/** GET /centres-hub/conflicts/declare */
export const showDeclare = centreHandler({ query: hubQuery }, async (context) => {
  const found = await context.read((reader) => offered(reader, context));
  return page(declarePage(await context.frame(), found, await context.keptFields(), []));
});

/** POST /centres-hub/conflicts/declare: binds with the next question anybody asks. */
export const sendDeclare = centreHandler({ query: hubQuery }, (context) =>
  submitForm(context, {
    schema: declareForm,
    page: async (values, errors) =>
      declarePage(await context.frame(), await context.read((reader) => offered(reader, context)), values, errors),
    action: async (writer, value) => {
      const { hub, colleagues } = await offered(writer, context);
      let candidateId: string | null = null;
      let entryId: string | null = null;
      let aboutName: string | null = null;
      if (value.about === 'candidate') {
        const candidate = await candidatePicker().ofNumber(writer, hub.centre.id, value.candidateNumber);
        if (!candidate)
          throw new Refused([
            {
              field: 'candidateNumber',
              message: 'The centre has no candidate of this number. Compare it with the list of candidates',
            },
          ]);
        candidateId = candidate.id;
        aboutName = `${candidate.name} (${candidate.number})`;
      } else if (value.about === 'colleague') {
        const colleague = colleagues.find(({ id }) => id === value.colleague);
        if (!colleague) throw new Refused([{ field: 'colleague', message: 'Choose somebody from the list' }]);
        entryId = await entryFor(writer, hub.centre.id, colleague);
        aboutName = colleague.name;
      } else if (value.about === 'other') aboutName = value.otherName;
      const { id } = await writer.db
        .insertInto('centres_hub.conflict_declarations')
        .values({
          centre_id: hub.centre.id,
          person_id: context.person().personId,
          relation: value.relation,
          candidate_id: candidateId,
          other_staff_member_id: entryId,
          about_name: aboutName,
          words: value.words,
          declared_at: writer.now,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await writer.audit(
        interestDeclared,
        { kind: 'conflict-declaration', id },
        { relation: value.relation, candidateId, about: aboutName },
        hub.centre.id,
      );
      return hub.href('/centres-hub/conflicts/own', { done: 'declared' });
    },
  }),
);

const RELATION_HINTS = {
  relative: 'Family, partner or close friend',
  employment: 'One works for the other, or pays for the training',
  own_work: 'You made, or helped to make, what is to be judged; or you are the candidate',
  other: 'Anything else that could make others doubt your judgement',
} as const;

function declarePage(
  frame: Frame,
  { hub, colleagues }: Offered,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const back = hub.href('/centres-hub/conflicts/own');
  return hubPage(
    frame,
    hub,
    { title: 'Declare an interest', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Your conflicts of interest', href: back }, { label: 'Declare an interest' }])}
${pageHead({ title: 'Declare an interest', lead: whose(hub) ?? 'You can no longer assess, sample, invigilate or decide where it binds' })}
${card(
  { label: 'The interest' },
  form(
    { action: hub.href('/centres-hub/conflicts/declare'), submissionId: crypto.randomUUID() },
    html`${radios({
      name: 'relation',
      label: 'What is the relation?',
      value: typed(values, 'relation') || null,
      errors,
      items: RELATIONS.map((value) => ({ value, label: RELATION_NAMES[value], hint: RELATION_HINTS[value] })),
    })}
${radios({
  name: 'about',
  label: 'Whom is it about?',
  value: typed(values, 'about') || null,
  errors,
  items: [
    { value: 'candidate', label: 'A candidate of the centre', hint: 'Fill in the candidate number' },
    { value: 'colleague', label: 'A user or staff member of the centre', hint: 'Choose from the list' },
    { value: 'other', label: 'Somebody else', hint: 'Fill in the name' },
    { value: 'none', label: 'Nobody: it is own work' },
  ],
})}
${textField({ name: 'candidateNumber', label: 'Candidate number', hint: '8 digits', value: typed(values, 'candidateNumber'), errors, code: true, width: 10, inputmode: 'numeric', autocomplete: 'off' })}
${selectField({
  name: 'colleague',
  label: 'User or staff member',
  placeholder: 'Choose',
  value: typed(values, 'colleague'),
  errors,
  choices: colleagues.map(({ id, familyName, givenNames }) => ({ value: id, label: `${familyName}, ${givenNames}` })),
})}
${textField({ name: 'otherName', label: 'Name of somebody else', value: typed(values, 'otherName'), errors, autocomplete: 'off' })}
${textareaField({ name: 'words', label: 'What is it?', hint: 'The coordinators of the centre and the awarding body can read it.', value: typed(values, 'words'), errors, rows: 3 })}
${buttonRow(submitButton('Declare the interest'), linkButton('Cancel', back, { look: 'quiet' }))}`,
  ),
)}`,
  );
}

import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { type Unit, type Version, versionById } from '#products';
import {
  buttonRow,
  card,
  crumbs,
  dateField,
  errorSummary,
  fileField,
  form,
  linkButton,
  note,
  pageHead,
  radios,
  readDate,
  selectField,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { priorLearningProposed } from '../audit.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { typed, typedDate } from '../register-candidate/fields.ts';
import { type RegistrationView, registrationViews } from '../view-candidate/candidate-facts.ts';
import { noteEvent, storeEvidence } from './change-prior-learning.ts';
import { chooseAgain, EVIDENCE_ACCEPT, EVIDENCE_HINT, receiveEvidence } from './evidence.ts';
import { PRIOR_LEARNING, PRIOR_LEARNING_KINDS, priorLearningNumber, priorLearningOf } from './prior-learning.ts';

const params = z.object({ registrationId: z.uuid() });
type Asked = Context<z.infer<typeof params>>;

/** What may be typed; the parts of a credit transfer count only for one. `today`: YYYY-MM-DD. */
export const proposalForm = (today: string) =>
  z.record(z.string(), z.unknown()).transform((fields, check) => {
    const refuse = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
    const text = (name: string) => String(fields[name] ?? '').trim();
    const kind = fields.kind === 'credit_transfer' ? 'credit_transfer' : 'recognition_of_prior_learning';
    if (!(String(fields.kind) in PRIOR_LEARNING_KINDS)) refuse('kind', 'Choose what it is');
    const unitId = z.uuid().safeParse(fields.unit);
    if (!unitId.success) refuse('unit', 'Choose the unit');
    const grade = z.enum(['pass', 'merit', 'distinction']).catch('pass').parse(fields.grade);
    const grounds = text('grounds');
    if (grounds.length < 20)
      refuse('grounds', 'Say in a few sentences what is known already, and how the files prove it');
    if (grounds.length > 4000) refuse('grounds', 'Shorten it to 4,000 characters');
    const transfer = kind === 'credit_transfer';
    const awardedBy = text('awardedBy').slice(0, 200);
    const certificateNumber = text('certificateNumber').slice(0, 60);
    const awarded = readDate(fields, 'awardedOn', 'day of the award');
    if (transfer && awardedBy === '') refuse('awardedBy', 'Enter the organisation that awarded the unit');
    if (transfer && certificateNumber === '') refuse('certificateNumber', 'Enter the number of its certificate');
    if (transfer && !awarded.ok) refuse(awarded.error.field, awarded.error.message);
    if (transfer && awarded.ok && awarded.date === null) refuse('awardedOn', 'Enter the day on which it was awarded');
    if (transfer && awarded.ok && awarded.date !== null && awarded.date > today)
      refuse('awardedOn', 'The day of the award lies in the future. Check the year');
    return {
      kind,
      unitId: unitId.data ?? '',
      grade,
      grounds,
      transfer: transfer ? { awardedBy, certificateNumber, awardedOn: awarded.ok ? awarded.date : null } : null,
    } as const;
  });

interface Open {
  readonly registration: RegistrationView;
  readonly version: Version;
  /** Units that are not achieved, and about which no claim is open. */
  readonly units: readonly Unit[];
}

async function openUnits(reader: Reader, context: Asked): Promise<Open> {
  const { registrationId } = context.params;
  const [registration] = await registrationViews(reader, { registrationId }, context.centreId());
  const version = registration && (await versionById(reader, registration.versionId));
  if (!registration || !version) throw new NotFound();
  const asked = (await priorLearningOf(reader, registrationId))
    .filter(({ state }) => state === 'proposed' || state === 'confirmed' || state === 'returned')
    .map(({ unitId }) => unitId);
  return {
    registration,
    version,
    units: registration.units.filter(({ id, achievement }) => achievement === null && !asked.includes(id)),
  };
}

/** GET /web-portal/registrations/:registrationId/prior-learning */
export const showPropose = handler({ params }, async (context) => {
  const open = await context.read((reader) => openUnits(reader, context));
  return page(await proposePage(context, open, await context.keptFields(), []));
});

/** POST /web-portal/registrations/:registrationId/prior-learning */
export const sendPropose = handler({ params }, async (context) => {
  const received = await receiveEvidence(context.request);
  const { fields, files, errors: wrongFiles } = received;
  return submitForm(
    { ...context, fields },
    {
      schema: proposalForm(dayInLondon(context.now)),
      page: async (values, errors) => {
        const open = await context.read((reader) => openUnits(reader, context));
        const others = errors.filter(({ field }) => field !== 'evidence');
        const evidence = errors.filter(({ field }) => field === 'evidence');
        const all = [...others, ...(evidence.length > 0 ? evidence : chooseAgain(received))];
        return proposePage(context, open, values, all);
      },
      action: async (writer, proposal) => {
        if (wrongFiles.length > 0) throw new Refused(wrongFiles);
        if (files.length === 0)
          throw new Refused([{ field: 'evidence', message: 'Choose at least one file that proves it' }]);
        const { registration, units } = await openUnits(writer, context);
        if (registration.state !== 'active')
          throw new Refused('The registration is no longer in progress, so nothing can be recognised on it');
        if (!units.some(({ id }) => id === proposal.unitId))
          throw new Refused([
            { field: 'unit', message: 'The unit is achieved, or somebody has asked for it already. Choose another' },
          ]);
        const made = await writer.db
          .insertInto('web_portal.prior_learning')
          .values({
            centre_id: registration.centreId,
            registration_id: registration.id,
            unit_id: proposal.unitId,
            kind: proposal.kind,
            grade: proposal.grade,
            grounds: proposal.grounds,
            awarded_by: proposal.transfer?.awardedBy ?? null,
            certificate_number: proposal.transfer?.certificateNumber ?? null,
            awarded_on: proposal.transfer?.awardedOn ?? null,
            state: 'proposed',
            proposed_at: writer.now,
            proposed_by: context.person().personId,
            state_changed_at: writer.now,
          })
          .onConflict((conflict) =>
            conflict
              .columns(['registration_id', 'unit_id'])
              .where('state', 'in', ['proposed', 'confirmed', 'returned'])
              .doNothing(),
          )
          .returning(['id', 'number'])
          .executeTakeFirst();
        if (!made)
          throw new Refused([{ field: 'unit', message: 'Somebody has asked for this unit at the same moment' }]);
        const one = { id: made.id, centreId: registration.centreId };
        await storeEvidence(writer, one, files);
        await noteEvent(writer, one, 'propose', '');
        await writer.audit(
          priorLearningProposed,
          { kind: 'prior-learning', id: made.id },
          { number: priorLearningNumber(made.number), kind: proposal.kind, unitId: proposal.unitId },
          registration.centreId,
        );
        return `${PRIOR_LEARNING}/${made.id}?done=proposed`;
      },
    },
  );
});

function proposePage(
  context: Asked,
  { registration, version, units }: Open,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const back = `/web-portal/registrations/${registration.id}`;
  const title = 'Claim prior learning';
  const body =
    registration.state !== 'active'
      ? note('The registration is not in progress, so nothing can be recognised on it.', { tone: 'warn' })
      : units.length === 0
        ? note('Every unit is achieved, or asked for already.')
        : proposalCard({ registration, version, units }, values, errors);
  return portalPage(
    context as Context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Candidates', href: '/web-portal/candidates' }, { label: registration.product.title, href: back }, { label: title }])}
${pageHead({ title, lead: 'For one unit. An internal quality assurer of your centre confirms it, then the awarding body decides.' })}
${body}`,
  );
}

function proposalCard({ registration, version, units }: Open, values: FormValues, errors: readonly FieldError[]): Safe {
  const back = `/web-portal/registrations/${registration.id}`;
  return card(
    { title: 'The claim', id: 'claim' },
    form(
      { action: `${back}/prior-learning`, submissionId: crypto.randomUUID(), multipart: true },
      html`${selectField({ name: 'unit', label: 'Unit', placeholder: 'Choose a unit', value: typed(values, 'unit'), errors, choices: units.map(({ id, title, reference, code }) => ({ value: id, label: `${title} (${reference ?? code})` })) })}
${radios({
  name: 'kind',
  label: 'What is it?',
  value: typed(values, 'kind') || null,
  errors,
  items: [
    {
      value: 'recognition_of_prior_learning',
      label: PRIOR_LEARNING_KINDS.recognition_of_prior_learning,
      hint: 'The candidate knows and can do it already: at work, in another course, by experience',
    },
    {
      value: 'credit_transfer',
      label: PRIOR_LEARNING_KINDS.credit_transfer,
      hint: 'Another organisation has awarded the same unit, with a certificate',
    },
  ],
})}
${textareaField({ name: 'grounds', label: 'Grounds', hint: 'Which learning outcomes are met, and which file proves which', value: typed(values, 'grounds'), errors, rows: 6 })}
${
  version.grading === 'pass_merit_distinction' &&
  selectField({
    name: 'grade',
    label: 'Grade',
    value: typed(values, 'grade') || 'pass',
    errors,
    choices: [
      { value: 'pass', label: 'Pass' },
      { value: 'merit', label: 'Merit' },
      { value: 'distinction', label: 'Distinction' },
    ],
  })
}
<h3>Only for a credit transfer</h3>
${textField({ name: 'awardedBy', label: 'Awarded by', hint: 'The awarding organisation', value: typed(values, 'awardedBy'), errors, autocomplete: 'off' })}
${textField({ name: 'certificateNumber', label: 'Number of its certificate', value: typed(values, 'certificateNumber'), errors, autocomplete: 'off', code: true, width: 20 })}
${dateField({ name: 'awardedOn', label: 'Awarded on', value: typedDate(values, 'awardedOn'), errors })}
<h3>Evidence</h3>
${fileField({ name: 'evidence', label: 'Files', hint: EVIDENCE_HINT, accept: EVIDENCE_ACCEPT, multiple: true, errors })}
${buttonRow(submitButton('Propose it'), linkButton('Cancel', back, { look: 'quiet' }))}`,
    ),
  );
}

import { z } from 'zod';
import { membersOf } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  fileField,
  form,
  formatDateTime,
  linkButton,
  note,
  pageHead,
  rowLink,
  submitButton,
  tag,
  textareaField,
} from '#ui';
import { FILE_ACCEPT, FILE_HINT, receiveEvidence, storeEvidence, withFields } from '../competence/evidence-file.ts';
import { centreHandler, type HubQuery, hubOf, hubPage, hubQuery } from '../hub-page/hub-page.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { recoveryAsked } from './audit.ts';
import { type Recovery, recoveriesOf } from './recoveries.ts';
import { STATE_NAMES } from './recovery-state.ts';
import { tellCoordinatorsOfRequest } from './tell.ts';

type Asked = Context<unknown, HubQuery>;

const askForm = z.object({
  reasons: z
    .string('Say why')
    .trim()
    .min(20, 'Say in a sentence or two what happened to the coordinator, and since when')
    .max(2000, 'Shorten it to 2,000 characters'),
});

/** GET /centres-hub/coordinator-recovery: the own request, or the form; for coordinators what others ask. */
export const showAsk = centreHandler({ query: hubQuery }, async (context) =>
  page(await askPage(context, await context.keptFields(), [])),
);

/** POST /centres-hub/coordinator-recovery */
export const sendAsk = centreHandler({ query: hubQuery }, async (context) => {
  const { fields, file, errors: fileErrors } = await receiveEvidence(context.request);
  const again = file
    ? [{ field: 'file', message: `Choose ${file.name} again: a form that was refused does not keep its file` }]
    : [];
  return submitForm(withFields(context, fields), {
    schema: askForm,
    page: (values, errors) => askPage(context, values, [...errors, ...fileErrors, ...(errors.length > 0 ? again : [])]),
    action: async (writer, { reasons }) => {
      if (fileErrors.length > 0) throw new Refused(fileErrors);
      if (!file)
        throw new Refused([
          { field: 'file', message: 'Choose a file that proves it, such as a letter of the head of centre' },
        ]);
      const { centre } = await hubOf(writer, context);
      const person = context.person();
      const name = `${person.givenNames} ${person.familyName}`;
      const self = (await membersOf(writer, centre.id)).find(({ personId }) => personId === person.personId);
      if (self?.roles.some(({ role }) => role === 'coordinator'))
        throw new Refused('You are a coordinator of the centre already, so there is nothing to ask for');
      const made = await writer.db
        .insertInto('centres_hub.coordinator_recoveries')
        .values({ centre_id: centre.id, person_id: person.personId, reasons, asked_at: writer.now })
        .onConflict((conflict) =>
          conflict.columns(['centre_id', 'person_id']).where('state', '=', 'waiting').doNothing(),
        )
        .returning(['id', 'number'])
        .executeTakeFirst();
      if (!made) throw new Refused('Your request waits for the awarding body already');
      await storeEvidence(writer, centre.id, { recoveryId: made.id }, file);
      await writer.audit(
        recoveryAsked,
        { kind: 'coordinator-recovery', id: made.id },
        { number: made.number, name, reasons, file: file.name },
        centre.id,
      );
      const { publicUrl } = context.services.settings;
      await tellCoordinatorsOfRequest(
        writer,
        centre,
        { personId: person.personId, name },
        { id: made.id, reasons },
        publicUrl,
      );
      return `/centres-hub/coordinator-recoveries/${made.id}`;
    },
  });
});

function mine(all: readonly Recovery[], personId: string, sees: boolean): Recovery[] {
  return all.filter((one) => sees || one.personId === personId);
}

async function askPage(context: Asked, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  const { personId } = context.person();
  const { hub, all } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return { hub, all: await recoveriesOf(reader, hub.centre.id) };
  });
  const manages = hub.may('centres-hub.manage-users');
  const shown = mine(all, personId, manages);
  const waits = shown.some((one) => one.personId === personId && one.state === 'waiting');
  const title = 'The coordinator is gone';
  return hubPage(
    await context.frame(),
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Your centre', href: hub.href('/centres-hub') }, { label: title }])}
${pageHead({ title, lead: 'Somebody of the centre asks the awarding body to become coordinator' })}
<div class="stack">
${shown.length > 0 && card({ title: manages ? 'Requests of this centre' : 'Your requests', id: 'requests' }, requestList(shown))}
${
  manages
    ? note('You are a coordinator. Who asks to become one in your place is listed here, and you can object.')
    : waits
      ? note('Your request waits for the awarding body. The present coordinators were told and can object.')
      : askCard(values, errors)
}</div>`,
  );
}

function requestList(all: readonly Recovery[]): Safe {
  return html`<ul>${all.map(
    (one) =>
      html`<li>${rowLink(`Request ${one.number} of ${one.name}`, `/centres-hub/coordinator-recoveries/${one.id}`)}, ${formatDateTime(one.askedAt)} ${tag(STATE_NAMES[one.state], one.state === 'waiting' ? 'warn' : undefined, one.state === 'waiting' ? 'clock' : undefined)}</li>`,
  )}</ul>`;
}

function askCard(values: FormValues, errors: readonly FieldError[]): Safe {
  return card(
    { label: 'The request' },
    form(
      { action: '/centres-hub/coordinator-recovery', submissionId: crypto.randomUUID(), multipart: true },
      html`<p>Use this only when nobody at the centre can give you the role any more. The present coordinators are told by mail at once and can object; the awarding body then decides. Nothing else of the centre changes.</p>
${textareaField({ name: 'reasons', label: 'What happened?', hint: 'Who was coordinator, since when is he or she gone, and why you', value: typed(values, 'reasons'), errors, rows: 5 })}
${fileField({ name: 'file', label: 'Evidence', hint: `A letter of the head of centre, for example. ${FILE_HINT}`, accept: FILE_ACCEPT, errors })}
${buttonRow(submitButton('Send the request'), linkButton('Cancel', '/centres-hub', { look: 'quiet' }))}`,
    ),
  );
}

/** What is done with several registrations of the list at once: given a cohort, invited. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader, Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  card,
  crumbs,
  details,
  errorSummary,
  form,
  hiddenField,
  pageHead,
  plural,
  radios,
  submitButton,
  textField,
} from '#ui';
import { cohortChanged } from '../audit.ts';
import { inviteCandidate } from '../candidate-account/invitations.ts';
import { organisationName } from '../candidate-account/organisation-name.ts';
import { cohortsOf } from '../cohorts/cohorts.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { cohortProblem } from '../register-candidate/cohort-name.ts';
import { typed } from '../register-candidate/fields.ts';

const LIST = '/web-portal/candidates';
const MOST = 200;
const ids = z.union([z.string(), z.array(z.string())]).transform((value) => [...new Set([value].flat())]);
const chosenForm = z.object({
  registration: ids.pipe(z.array(z.uuid()).min(1, 'Choose at least one candidate in the list').max(MOST)),
});
const actForm = chosenForm.extend({
  act: z.enum(['cohort', 'invite'], 'Choose what to do'),
  cohort: z.string().trim().max(60, 'Shorten the name of the cohort to 60 characters').default(''),
});

interface Chosen {
  readonly id: string;
  readonly candidateId: string;
  readonly name: string;
  readonly number: string;
  readonly cohort: string | null;
  readonly email: string | null;
  readonly hasAccount: boolean;
}

/** Those of the ids that are registrations of the centre, in the order of their names. */
const chosenOf = (reader: Pick<Reader, 'rows'>, centreId: string, wanted: readonly string[]) =>
  reader.rows(sql<Chosen>`
    select r.id, c.id as "candidateId", c.family_name || ', ' || c.given_names as name, c.candidate_number as number, r.cohort, c.email,
      c.person_id is not null as "hasAccount"
    from web_portal.registrations r join web_portal.candidates c on c.id = r.candidate_id
    where r.centre_id = ${centreId} and r.id = any (${[...wanted]}::uuid[])
    order by c.family_name, c.given_names, r.id`);

/** POST /web-portal/candidates/chosen: the page that shows what was chosen and what can be done with it. */
export const showChosen = handler({}, async (context): Promise<Answer> => {
  const parsed = chosenForm.safeParse(context.fields);
  const wanted = parsed.success ? parsed.data.registration : [];
  return page(
    await chosenPage(context, wanted, context.fields, parsed.success ? [] : [NOBODY]),
    parsed.success ? 200 : 422,
  );
});

const NOBODY = { field: 'registration', message: `Choose candidates in the list first, at most ${MOST} at once` };

/** POST /web-portal/candidates/chosen/act */
export const actOnChosen = handler(
  {},
  (context): Promise<Answer> =>
    submitForm(context, {
      schema: actForm,
      page: async (values, errors) => {
        const parsed = chosenForm.safeParse(values);
        return chosenPage(context, parsed.success ? parsed.data.registration : [], values, errors);
      },
      action: async (writer, { registration, act, cohort }) => {
        const centreId = context.centreId();
        const chosen = await chosenOf(writer, centreId, registration);
        if (chosen.length < registration.length)
          throw new Refused('Some of what you chose is not in your list any more. Go back and choose again');
        if (act === 'cohort') return giveCohort(writer, centreId, chosen, cohort);
        return invite(context, writer, centreId, chosen);
      },
    }),
);

async function giveCohort(writer: Writer, centreId: string, chosen: readonly Chosen[], name: string): Promise<string> {
  const problem = cohortProblem(name);
  if (problem) throw new Refused([{ field: 'cohort', message: problem }]);
  const changed = chosen.filter(({ cohort }) => cohort !== (name || null));
  await writer.rows(sql`
    update web_portal.registrations set cohort = ${name || null}
    where centre_id = ${centreId} and id = any (${changed.map(({ id }) => id)}::uuid[])`);
  await writer.auditMany(
    cohortChanged,
    changed.map(({ id, cohort }) => ({
      subject: { kind: 'registration', id },
      payload: { from: cohort, to: name || null },
    })),
    centreId,
  );
  return name ? `${LIST}?${new URLSearchParams({ cohort: name })}` : LIST;
}

/** Whoever has an address and no account; a candidate with two registrations once. */
const toInvite = (chosen: readonly Chosen[]) => [
  ...new Map(
    chosen.filter(({ email, hasAccount }) => email && !hasAccount).map((one) => [one.candidateId, one]),
  ).values(),
];

async function invite(context: Context, writer: Writer, centreId: string, chosen: readonly Chosen[]): Promise<string> {
  const invited = toInvite(chosen);
  if (invited.length === 0)
    throw new Refused([
      { field: 'act', message: 'Nobody of these can be invited: each has an account or no e-mail address' },
    ]);
  const centreName = await organisationName(writer, centreId);
  for (const { candidateId, email } of invited)
    await inviteCandidate(writer, context.services, { candidateId, centreId, centreName, email: email as string });
  return LIST;
}

async function chosenPage(
  context: Context,
  wanted: readonly string[],
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const centreId = context.centreId();
  const { chosen, cohorts } = await context.read(async (reader) => ({
    chosen: await chosenOf(reader, centreId, wanted),
    cohorts: await cohortsOf(reader, centreId),
  }));
  const title = chosen.length === 0 ? 'Nobody is chosen' : `${plural(chosen.length, 'registration')} chosen`;
  const invited = toInvite(chosen).length;
  return portalPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors, 'Nothing was done')}
${crumbs([{ label: 'Candidates', href: LIST }, { label: title }])}
${pageHead({ title, lead: chosen.length === 0 ? 'Go back to the list and choose candidates' : 'Look at whom you chose, then say what to do' })}
${
  chosen.length > 0 &&
  card(
    { title: 'What to do', id: 'what-to-do' },
    form(
      { action: `${LIST}/chosen/act`, submissionId: randomUUID() },
      html`${chosen.map(({ id }) => hiddenField('registration', id))}
${radios({
  name: 'act',
  label: 'With all of them',
  value: typed(values, 'act'),
  errors,
  items: [
    {
      value: 'cohort',
      label: 'Put them into a cohort',
      hint: 'The name below; without a name they are taken out of theirs',
    },
    {
      value: 'invite',
      label: 'Invite them to an own account',
      hint:
        invited === 0
          ? 'None of them has an e-mail address and no account'
          : `${plural(invited, 'candidate gets', 'candidates get')} a mail; those with an account or without an address get none`,
    },
  ],
})}
${textField({ name: 'cohort', label: 'Cohort', hint: 'A group of your own, such as Autumn 2026', value: typed(values, 'cohort'), errors, width: 20, suggestions: cohorts, autocomplete: 'off' })}
${submitButton('Do it')}`,
    ),
  )
}
${chosen.length > 0 && html`<div class="mt">${details(html`Whom you chose`, html`<ul>${chosen.map(({ name, number, cohort }) => html`<li>${name}, ${number}${cohort && html`, cohort ${cohort}`}</li>`)}</ul>`, { closedOnPhones: true })}</div>`}`,
  );
}

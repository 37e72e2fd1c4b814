import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { BODY_ROLES, ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import {
  brand,
  buttonRow,
  card,
  checkboxes,
  crumbs,
  errorSummary,
  form,
  linkButton,
  note,
  pageHead,
  submitButton,
} from '#ui';
import { awardingBody, bodyRolesField } from '../administration/body.ts';
import { peoplePage, withSystemRights } from '../administration/people-page.ts';
import { personParams } from '../administration/reason-act.ts';
import {
  currentMemberships,
  lockPeople,
  organisationLabel,
  type PersonRecord,
  personRecord,
} from '../administration/records.ts';
import { administrationProblem } from '../administration/rules.ts';
import { invite } from '../invitations/invitations.ts';
import { addMembership } from '../memberships/memberships.ts';
import { WHAT_ROLES_ALLOW } from '../my-details/what-roles-allow.ts';

type Asked = Context<z.infer<typeof personParams>>;

async function look(reader: Reader, context: Asked): Promise<{ record: PersonRecord; problem: string | null }> {
  const record = await personRecord(reader, context.params.personId);
  if (record.status === 'merged') throw new NotFound();
  const suspended =
    record.status === 'suspended' ? `The account of ${record.name} is suspended. Lift the suspension first` : null;
  const all =
    record.bodyRoles.length === BODY_ROLES.length ? `${record.name} has every role of the awarding body` : null;
  return { record, problem: administrationProblem(context.person(), record) ?? suspended ?? all };
}

/** GET /people/:personId/give-role */
export const showGiveBodyRole = handler({ params: personParams }, async (asked) => {
  const context = withSystemRights(asked);
  const { record, problem } = await context.read((reader) => look(reader, context));
  return page(giveRolePage(await context.frame(), record, problem, await context.keptFields(), []));
});

/** POST /people/:personId/give-role: a role of the awarding body, from the person's next request on. */
export const sendGiveBodyRole = handler({ params: personParams }, (asked) => {
  const context = withSystemRights(asked);
  return submitForm(context, {
    schema: z.object({ roles: bodyRolesField }),
    page: async (values, errors) => {
      const { record, problem } = await context.read((reader) => look(reader, context));
      return giveRolePage(await context.frame(), record, problem, values, errors);
    },
    action: async (writer, { roles }) => {
      await lockPeople(writer, context.params.personId);
      const { record, problem } = await look(writer, context);
      if (problem) throw new Refused(problem);
      const { id: organisationId } = await awardingBody(writer);
      for (const role of roles) await addMembership(writer, { personId: record.id, organisationId, role });
      const first = record.bodyRoles.length === 0 && record.email !== null && record.username === null;
      if (first) await invite(writer, context.services, { personId: record.id, organisationId, email: record.email });
      return `/people/${record.id}?done=role-given`;
    },
  });
});

function giveRolePage(
  frame: Frame,
  record: PersonRecord,
  problem: string | null,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const back = `/people/${record.id}`;
  const title = `Give ${record.name} a role of the awarding body`;
  const centres = [
    ...new Set(
      currentMemberships(record)
        .filter(({ kind }) => kind === 'centre')
        .map(organisationLabel),
    ),
  ];
  return peoplePage(
    frame,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'People', href: '/people' }, { label: record.name, href: back }, { label: 'Give a role' }])}
${pageHead({ title })}
${
  problem && errors.length === 0
    ? note(`${problem}.`, {
        tone: 'warn',
        action: linkButton('Back to the person', back, { look: 'quiet', small: true }),
      })
    : html`<div class="stack">${
        centres.length > 0 &&
        note(
          `${record.name} has roles at ${centres.join(', ')}. Whoever works for a centre and for ${brand.awardingBody} has a conflict of interest that must be on record.`,
          { tone: 'warn' },
        )
      }${card(
        { label: 'Roles to give' },
        form(
          { action: `${back}/give-role`, submissionId: crypto.randomUUID() },
          html`${bodyRoleChoices(values, errors, record.bodyRoles)}
${buttonRow(submitButton('Give the roles'), linkButton('Cancel', back, { look: 'quiet' }))}`,
        ),
      )}</div>`
}`,
  );
}

/** The roles of the awarding body that are not held yet, to be ticked. */
export function bodyRoleChoices(values: FormValues, errors: readonly FieldError[], held: readonly string[]): Safe {
  return checkboxes({
    name: 'roles',
    label: 'Roles',
    errors,
    values: [values.roles ?? []].flat(),
    items: BODY_ROLES.filter((role) => !held.includes(role)).map((role) => ({
      value: role,
      label: ROLE_NAMES[role],
      hint: WHAT_ROLES_ALLOW[role],
    })),
  });
}

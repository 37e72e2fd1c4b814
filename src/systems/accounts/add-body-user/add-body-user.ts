import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { brand, buttonRow, card, crumbs, errorSummary, form, linkButton, pageHead, submitButton, textField } from '#ui';
import { bodyUserAdded } from '../administration/audit.ts';
import { awardingBody, bodyRolesField } from '../administration/body.ts';
import { peoplePage, withSystemRights } from '../administration/people-page.ts';
import { lockPeople, personRecord } from '../administration/records.ts';
import { administrationProblem } from '../administration/rules.ts';
import { bodyRoleChoices } from '../give-body-role/give-body-role.ts';
import { invite } from '../invitations/invitations.ts';
import { addMembership } from '../memberships/memberships.ts';
import { ensurePerson } from '../people/people.ts';
import { emailField, personFields } from '../people/person-fields.ts';

const addForm = z.object({ ...personFields, email: emailField, roles: bodyRolesField });

/** GET /people/add */
export const showAddBodyUser = handler({}, async (context) =>
  page(addPage(await context.frame(), await context.keptFields(), [])),
);

/** POST /people/add: makes somebody a user of the awarding body; the mailed link sets up the account. */
export const sendAddBodyUser = handler({}, (asked) => {
  const context = withSystemRights(asked);
  return submitForm(context, {
    schema: addForm,
    page: async (values, errors) => addPage(await context.frame(), values, errors),
    action: async (writer, { givenNames, familyName, email, roles }) => {
      const { id: organisationId } = await awardingBody(writer);
      const personId = await ensurePerson(writer, { givenNames, familyName, email });
      await lockPeople(writer, personId);
      const record = await personRecord(writer, personId);
      const refuse = (message: string) => new Refused([{ field: 'email', message }]);
      const problem = administrationProblem(context.person(), record);
      if (problem) throw refuse(problem);
      if (record.bodyRoles.length > 0) {
        throw refuse(
          `${record.name} has this address and works for the awarding body already. Find ${record.name} under People to give more roles`,
        );
      }
      if (record.status === 'suspended') {
        throw refuse(`${record.name} has this address, and the account is suspended. Lift the suspension first`);
      }
      for (const role of roles) await addMembership(writer, { personId, organisationId, role });
      await invite(writer, context.services, { personId, organisationId, email });
      await writer.audit(bodyUserAdded, { kind: 'person', id: personId }, { email, roles });
      return `/people/${personId}?done=added`;
    },
  });
});

function addPage(frame: Frame, values: FormValues, errors: readonly FieldError[]): Safe {
  const typed = (name: string) => (typeof values[name] === 'string' ? (values[name] as string) : '');
  const title = `Add a user of ${brand.awardingBody}`;
  return peoplePage(
    frame,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'People', href: '/people' }, { label: 'Add a user' }])}
${pageHead({ title })}
<div class="split">${card(
      { label: 'The new user' },
      form(
        { action: '/people/add', submissionId: crypto.randomUUID() },
        html`${textField({ name: 'givenNames', label: 'Given names', value: typed('givenNames'), errors, autocomplete: 'off' })}
${textField({ name: 'familyName', label: 'Family name', value: typed('familyName'), errors, autocomplete: 'off' })}
${textField({ name: 'email', label: 'Email', hint: 'The invitation goes to this address.', type: 'email', inputmode: 'email', value: typed('email'), errors, autocomplete: 'off', spellcheck: false, autocapitalize: 'none' })}
${bodyRoleChoices(values, errors, [])}
${buttonRow(submitButton('Add the user'), linkButton('Cancel', '/people', { look: 'quiet' }))}`,
      ),
    )}
${card(
  { title: 'What happens next', id: 'next' },
  html`<ol><li>An e-mail with a link goes out. By it the user chooses a username and a password; the link works for 72 hours.</li>
<li>Somebody who has an account with this address keeps it, and has the new roles with the next page.</li></ol>
<p class="muted">Users of a centre are added by its coordinator, in Centres Hub.</p>`,
)}</div>`,
  );
}

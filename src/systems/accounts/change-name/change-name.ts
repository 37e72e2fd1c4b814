import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, redirect } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { onBehalfOf, type PersonPrincipal } from '#platform/permissions/principal.ts';
import { brand } from '#platform/settings/brand.ts';
import { crumbs, errorSummary, form, linkButton, note, pageHead, staffPage, submitButton, textField } from '#ui';
import { coordinatorsOf } from '../memberships/coordinators.ts';
import { isUserRole } from '../memberships/roles.ts';
import { nameChanged } from '../own-details-audit.ts';
import { passwordAgain, passwordAgainField } from '../password-again/password-again.ts';

const nameField = (what: string) =>
  z
    .string(`Enter your ${what}`)
    .trim()
    .min(1, `Enter your ${what}`)
    .max(100, `Your ${what} must have at most 100 characters`)
    .transform((typed) => typed.normalize('NFC').replace(/\s+/g, ' '));

const nameForm = z.object({ givenNames: nameField('given names'), familyName: nameField('family name') });

/** GET /my-details/name */
export async function showChangeName(context: Context): Promise<Answer> {
  const { givenNames, familyName } = context.person();
  const values = { givenNames, familyName, ...(await context.keptFields()) };
  return page(namePage(await context.frame(), context.person(), values, []));
}

/** POST /my-details/name: the coordinators of the person's centres hear of it, and each centre's ledger keeps it. */
export async function changeName(context: Context): Promise<Answer> {
  const person = context.person();
  const refuse = async (errors: readonly FieldError[], status = 422) =>
    page(namePage(await context.frame(), person, context.fields, errors), status);
  const parsed = parseForm(nameForm, context.fields);
  if (!parsed.ok) return refuse(parsed.errors);
  const before = { givenNames: person.givenNames, familyName: person.familyName };
  const after = parsed.value;
  if (before.givenNames === after.givenNames && before.familyName === after.familyName)
    return refuse([{ field: 'givenNames', message: 'This is your name already. Change it, or cancel' }]);
  const wrong = await passwordAgain(context, 'name');
  if (wrong) return refuse(wrong.errors, wrong.status);
  await context.services.database.write(
    onBehalfOf(person, { ownMatter: true }),
    async (writer) => {
      await writer.db
        .updateTable('accounts.people')
        .set({ given_names: after.givenNames, family_name: after.familyName })
        .where('id', '=', person.personId)
        .execute();
      const centres = centresOf(person);
      for (const centreId of centres.length > 0 ? centres.map((one) => one.organisationId) : [null])
        await writer.audit(nameChanged, { kind: 'person', id: person.personId }, { before, after }, centreId);
      for (const centre of centres) {
        for (const coordinator of await coordinatorsOf(writer, centre.organisationId, person.personId))
          await writer.mail({
            kind: 'accounts.name-changed',
            to: coordinator.email,
            personId: coordinator.id,
            subject: `${inOrder(before)} is now ${inOrder(after)}`,
            body: `Dear ${coordinator.name}\n\nYou get this mail because you coordinate ${centre.name}, centre ${centre.number}.\n\n${inOrder(before)}, a user of your centre, has changed the own name to ${inOrder(after)}. Centres Hub shows the new name, under Users. If the centre's profile or a contract still has the old one, correct it there.\n\nIf you doubt the change, ask ${inOrder(after)}, and write to ${brand.supportEmail}.\n\n${brand.name}\n`,
          });
      }
    },
    { requestId: context.requestId },
  );
  return redirect('/my-details?done=name');
}

const inOrder = ({ givenNames, familyName }: { givenNames: string; familyName: string }) =>
  `${givenNames} ${familyName}`;

const centresOf = ({ organisations }: PersonPrincipal) =>
  organisations.filter(({ kind, roles }) => kind === 'centre' && roles.some(isUserRole));

function namePage(frame: Frame, person: PersonPrincipal, values: FormValues, errors: readonly FieldError[]): Safe {
  const text = (name: string) => (typeof values[name] === 'string' ? (values[name] as string) : '');
  const centres = centresOf(person).map(({ name }) => name);
  return staffPage(
    { ...frame, title: 'Change your name', form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'My details', href: '/my-details' }, { label: 'Change your name' }])}
${errorSummary(errors)}
${pageHead({ title: 'Change your name', lead: 'As it stands on your account and in lists of users' })}
${form(
  { action: '/my-details/name', class: 'ao-card wrap-s m0' },
  html`${
    centres.length > 0 &&
    note(
      `The coordinators of ${new Intl.ListFormat('en-GB').format(centres)} are told by mail, and see the new name in Centres Hub.`,
      { class: 'mb' },
    )
  }
${textField({ name: 'givenNames', label: 'Given names', value: text('givenNames'), errors, autocomplete: 'given-name', spellcheck: false })}
${textField({ name: 'familyName', label: 'Family name', value: text('familyName'), errors, autocomplete: 'family-name', spellcheck: false })}
${passwordAgainField(errors)}
<p class="muted">The name under which a centre registered you as a candidate is another record, and stays as it is: certificates carry it. Ask the centre to correct it there.</p>
<div class="row">${submitButton('Change my name')}${linkButton('Cancel', '/my-details', { look: 'quiet' })}</div>`,
)}`,
  );
}

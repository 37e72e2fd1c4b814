import { z } from 'zod';
import { type Answer, type FieldError, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { onBehalfOf, type PersonPrincipal } from '#platform/permissions/principal.ts';
import { pinActivated, pinRefused } from '../audit.ts';
import { askToLogIn } from '../kept-forms/kept-forms.ts';
import { sameEmail } from '../people/people.ts';
import { readPin } from '../pins/pin.ts';
import { renewSession } from '../sessions/open-session.ts';
import { claimGuess, guessWasRight, guessWasWrong, waitInWords } from '../throttle/throttle.ts';
import { activatePage } from './page.ts';
import { tellActivated, tellCoordinators } from './tell-coordinators.ts';
import { waitingPins } from './waiting-pins.ts';

const PIN_WORDS = 'Enter the 8 digits of your PIN. You find it under My details';

const activateForm = z.object({
  pin: z
    .string(PIN_WORDS)
    .trim()
    .min(1, PIN_WORDS)
    .refine((typed) => readPin(typed) !== null, PIN_WORDS),
  email: z
    .string('Enter the e-mail address that your centre has for you')
    .trim()
    .min(1, 'Enter the e-mail address that your centre has for you')
    .max(320, 'Enter a shorter e-mail address'),
});

/** The one answer to a pair that does not open a dashboard. */
const WRONG =
  'The PIN and e-mail address do not match. Check the PIN under My details, and use the e-mail address that your centre has for you';

const activateQuery = z.object({
  email: z.string().max(320).optional().catch(undefined),
  done: z.enum(['account']).optional().catch(undefined),
});

/** GET /activate */
export const showActivate = handler({ query: activateQuery }, async (context): Promise<Answer> => {
  const kept = await context.keptFields();
  const email = typeof kept.email === 'string' ? kept.email : context.query.email;
  const pins = await waitingPins(context);
  const justSetUp = context.query.done === 'account' && pins.length > 0;
  return page(activatePage(await context.frame(), { email: email ?? '', errors: [], pins, justSetUp }));
});

/**
 * POST /activate: PIN and e-mail, by somebody who is logged in and whose address a mailed link confirmed (proof.md T22),
 * open the dashboard of the centre that gave the PIN.
 */
export async function activate(context: Context): Promise<Answer> {
  const { services, principal, fields } = context;
  if (principal.kind !== 'person') return redirect(await logInFirst(context));
  const refuse = async (errors: readonly FieldError[], status = 422) => {
    const email = typeof fields.email === 'string' ? fields.email : '';
    return page(activatePage(await context.frame(), { email, errors, pins: await waitingPins(context) }), status);
  };
  const parsed = parseForm(activateForm, fields);
  if (!parsed.ok) return refuse(parsed.errors);

  const guess = { kind: 'activation', account: principal.personId, address: context.address };
  const claim = await claimGuess(services, guess);
  if (claim.waitSeconds > 0) {
    const message = `There were too many tries. Wait ${waitInWords(claim.waitSeconds)}, then try again`;
    return refuse([{ field: 'pin', message }], 429);
  }
  const organisationId = await openDashboard(context, principal, parsed.value);
  if (!organisationId) {
    await guessWasWrong(services, guess);
    await services.database.write(onBehalfOf(principal), async (writer) => {
      const subject = { kind: 'person', id: principal.personId };
      await writer.audit(pinRefused, subject, { address: context.address, step: 'activation' });
      if (claim.made === 5) await tellCoordinators(writer, principal);
    });
    return refuse([{ field: 'pin', message: WRONG }]);
  }
  await guessWasRight(services, guess);
  await renewSession(context, principal, { actingFor: organisationId, reason: 'dashboard opened' });
  return redirect('/home');
}

/** The log-in's address, which leads back with the e-mail address as typed; a PIN is never kept. */
async function logInFirst(context: Context): Promise<string> {
  const login = await askToLogIn(context.services, context.request);
  const { email } = context.fields;
  if (login.includes('kept') || typeof email !== 'string' || email.length > 320) return login;
  return `/login?next=${encodeURIComponent(`/activate?email=${encodeURIComponent(email)}`)}`;
}

/** The organisation whose PIN this is, its dashboard now open; null when anything about the pair is wrong. */
async function openDashboard(
  { services, requestId }: Context,
  principal: PersonPrincipal,
  given: z.infer<typeof activateForm>,
): Promise<string | null> {
  const { personId } = principal;
  const lookup = services.keys.pinLookup(readPin(given.pin) as string);
  return services.database.write(
    onBehalfOf(principal),
    async (writer) => {
      const { db, now } = writer;
      const found = await db
        .selectFrom('accounts.pins as n')
        .innerJoin('accounts.people as p', 'p.id', 'n.person_id')
        .select(['n.id', 'n.organisation_id', 'n.activated_at', 'p.email', 'p.email_confirmed_at'])
        .where('n.lookup', '=', lookup)
        .where('n.person_id', '=', personId)
        .where('n.withdrawn_at', 'is', null)
        .forUpdate('n')
        .executeTakeFirst();
      if (!found?.email || !found.email_confirmed_at || !sameEmail(found.email, given.email)) return null;
      const organisationId = found.organisation_id;
      if (found.activated_at) return organisationId;
      await db.updateTable('accounts.pins').set({ activated_at: now }).where('id', '=', found.id).execute();
      await db
        .updateTable('accounts.invitations')
        .set({ used_at: now })
        .where('person_id', '=', personId)
        .where('organisation_id', '=', organisationId)
        .where('used_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .execute();
      await writer.audit(pinActivated, { kind: 'person', id: personId }, { organisationId }, organisationId);
      await tellActivated(writer, personId, organisationId);
      return organisationId;
    },
    { requestId },
  );
}

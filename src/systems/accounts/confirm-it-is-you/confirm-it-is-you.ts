import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, json, page, redirect } from '#platform/http/answers.ts';
import type { Context, Frame } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { errorSummary, form, hiddenField, pageHead, passwordField, submitButton, taskPage } from '#ui';
import { safeNext } from '../log-in/log-in.ts';
import { secondsUntilChallenge } from '../passkeys/challenges.ts';
import { passkeyForm } from '../passkeys/passkey-form.ts';
import { proofOptions, proveByPasskey } from '../passkeys/prove.ts';
import { relyingParty } from '../passkeys/relying-party.ts';
import { passkeyAnswer } from '../passkeys/typed-answer.ts';
import { passwordFits } from '../passwords/passwords.ts';
import { identityConfirmed, identityRefused } from '../second-factors/audit.ts';
import { factorsOf } from '../second-factors/factors.ts';
import { refreshConfirmation } from '../sessions/confirmation.ts';
import { claimGuess, guessWasRight, guessWasWrong, waitInWords } from '../throttle/throttle.ts';

const query = z.object({ next: z.string().max(2000).optional().catch(undefined) });
const passwordForm = z.object({
  password: z.string('Enter your password').min(1, 'Enter your password').max(1000, 'Enter your password'),
});

/**
 * Before an act of weight, when `isFresh` says no: leads to the page that asks for the password or a passkey again and
 * comes back to `next`, which is the address asked for unless given (after a form: the form's page).
 */
export function askToConfirm(context: Pick<Context, 'url'>, next: string = context.url): Answer {
  return redirect(`/confirm-it-is-you?next=${encodeURIComponent(next)}`);
}

/** GET /confirm-it-is-you?next= */
export const showConfirm = handler({ query }, (context) => show(context, context.query.next, []));

/** POST /confirm-it-is-you?next=: the password again. */
export const confirmByPassword = handler({ query }, async (context): Promise<Answer> => {
  const { services, address } = context;
  const { next } = context.query;
  const { personId } = context.person();
  const parsed = parseForm(passwordForm, context.fields);
  if (!parsed.ok) return show(context, next, parsed.errors, 422);
  const guess = { kind: 'password', account: personId, address };
  const claim = await claimGuess(services, guess);
  if (claim.waitSeconds > 0) {
    const message = `There were too many tries. Wait ${waitInWords(claim.waitSeconds)}, then try again`;
    return show(context, next, [{ field: 'password', message }], 429);
  }
  const own = await services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('accounts.credentials').select('password_hash').where('person_id', '=', personId).executeTakeFirst(),
  );
  if (!(await passwordFits(parsed.value.password, own?.password_hash ?? null))) {
    await guessWasWrong(services, guess);
    await services.database.write({ kind: 'system', personId }, (writer) =>
      writer.audit(identityRefused, { kind: 'person', id: personId }, { address }),
    );
    const message = 'That is not your password. Check it and try again';
    return show(context, next, [{ field: 'password', message }], 422);
  }
  await guessWasRight(services, guess);
  return confirmed(context, next, 'password');
});

/** POST /confirm-it-is-you/passkey-options */
export async function confirmOptions(context: Context): Promise<Answer> {
  const party = relyingParty(context.services.settings, context.request);
  if (!party) return json({ error: 'No passkeys at this address' }, 410);
  if ((await secondsUntilChallenge(context)) > 0) return json({ error: 'Too many tries' }, 429);
  return json(await proofOptions(context, party, 'confirmation', context.person().personId));
}

/** POST /confirm-it-is-you/passkey?next= */
export const confirmByPasskey = handler({ query }, async (context): Promise<Answer> => {
  const { personId } = context.person();
  const proof = await proveByPasskey(context, 'confirmation', personId, passkeyAnswer(context.fields));
  if (proof) return confirmed(context, context.query.next, 'passkey');
  const message = 'That passkey did not work here. Try again, or enter your password';
  return show(context, context.query.next, [{ field: '', message }], 422);
});

async function confirmed(context: Context, next: string | undefined, by: 'password' | 'passkey'): Promise<Answer> {
  const person = context.person();
  await refreshConfirmation(context.services, person);
  await context.services.database.write({ kind: 'system', personId: person.personId }, (writer) =>
    writer.audit(identityConfirmed, { kind: 'person', id: person.personId }, { by }),
  );
  return redirect(safeNext(next));
}

async function show(
  context: Context,
  next: string | undefined,
  errors: readonly FieldError[],
  status = 200,
): Promise<Answer> {
  const { services, request } = context;
  const { personId, username } = context.person();
  const factors = await services.database.read(SYSTEM, (reader) => factorsOf(reader, personId));
  const passkey = factors.some(({ kind }) => kind === 'passkey') && relyingParty(services.settings, request) !== null;
  return page(confirmPage(await context.frame(), { next, username, passkey, errors }), status);
}

interface ConfirmPage {
  readonly next: string | undefined;
  readonly username: string;
  readonly passkey: boolean;
  readonly errors: readonly FieldError[];
}

function confirmPage(frame: Frame, { next, username, passkey, errors }: ConfirmPage): Safe {
  const title = "Confirm that it's you";
  const to = next ? `?next=${encodeURIComponent(next)}` : '';
  return taskPage(
    {
      ...frame,
      title,
      form: true,
      hasErrors: errors.length > 0,
      width: 'form',
      scripts: passkey ? ['passkey.js'] : [],
    },
    html`${errorSummary(errors)}
${pageHead({ title, lead: 'Before you go on, prove once more that it is you: so nobody can do this who finds your computer open' })}
<section class="ao-card mt" aria-label="Confirm">${form(
      { action: `/confirm-it-is-you${to}` },
      html`${hiddenField('username', username)}
${passwordField({ name: 'password', label: 'Password', errors, autocomplete: 'current-password' })}
${submitButton('Confirm')}`,
    )}${
      passkey &&
      passkeyForm({
        action: `/confirm-it-is-you/passkey${to}`,
        options: '/confirm-it-is-you/passkey-options',
        act: 'use',
        button: 'Use a passkey instead',
      })
    }</section>`,
  );
}

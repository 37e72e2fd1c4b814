import { z } from 'zod';
import { type Answer, type FieldError, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { accountNamed } from '../account-names/account-named.ts';
import { loggedIn, logInRefused } from '../audit.ts';
import { relyingParty } from '../passkeys/relying-party.ts';
import { passwordFits } from '../passwords/passwords.ts';
import { afterPassword } from '../second-step/pending.ts';
import { openSession } from '../sessions/open-session.ts';
import { knownDevice, rememberDevice } from '../throttle/known-device.ts';
import {
  claimAtPerson,
  claimGuess,
  type Guess,
  guessWasRight,
  guessWasWrong,
  waitInWords,
} from '../throttle/throttle.ts';
import { tidyUsername } from '../usernames/username.ts';
import { logInPage } from './page.ts';

const NAME = 'Enter your username or e-mail address';

const logInForm = z.object({
  username: z.string(NAME).trim().min(1, NAME).max(320, NAME),
  password: z.string('Enter your password').min(1, 'Enter your password').max(1000, 'Enter your password'),
});

/** The one answer to a wrong pair: it does not say whether the account exists, or was tried too often by another name. */
const WRONG =
  'The username and password do not match. Check both and try again; after several wrong tries, wait 5 minutes first';

/** A path of this site to go to after the log-in; anything else leads home. */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next)) return '/home';
  const url = URL.parse(next, 'http://site');
  if (url?.host !== 'site' || url.pathname.startsWith('//') || url.pathname === '/login') return '/home';
  return url.pathname + url.search + url.hash;
}

const logInQuery = z.object({
  next: z.string().max(2000).optional().catch(undefined),
  done: z.literal('password').optional().catch(undefined),
});

const passkeysAt = ({ services, request }: Context) => relyingParty(services.settings, request) !== null;

/** GET /login */
export const showLogIn = handler({ query: logInQuery }, async (context): Promise<Answer> => {
  if (context.principal.kind === 'person') return redirect(safeNext(context.query.next));
  const { next, done } = context.query;
  return page(
    logInPage(await context.frame(), { next, done, username: '', errors: [], passkeys: passkeysAt(context) }),
  );
});

/** POST /login: by username or confirmed e-mail address; equal answers, in equal time, for known and unknown ones. */
export const logIn = handler({ query: logInQuery }, async (context): Promise<Answer> => {
  const { services, fields } = context;
  const show = async (errors: readonly FieldError[], status: number, left?: number) => {
    const username = typeof fields.username === 'string' ? fields.username : '';
    return page(
      logInPage(await context.frame(), {
        next: context.query.next,
        username,
        errors,
        left,
        passkeys: passkeysAt(context),
      }),
      status,
    );
  };
  const refuse = (message: string, status: number, left?: number) =>
    show([{ field: 'password', message }], status, left);
  const parsed = parseForm(logInForm, fields);
  if (!parsed.ok) return show(parsed.errors, 422);

  const typed = parsed.value.username;
  const account = await services.database.read(SYSTEM, (reader) => accountNamed(reader, typed));
  const guess: Guess = {
    kind: 'log-in',
    account: tidyUsername(typed),
    address: context.address,
    knownDevice: account && knownDevice(services, context.request, account.username),
  };
  const claim = await claimGuess(services, guess);
  if (claim.waitSeconds > 0) {
    return refuse(`There were too many tries. Wait ${waitInWords(claim.waitSeconds)}, then try again`, 429);
  }
  const mayTry = await claimAtPerson(services, guess, account?.personId ?? null);
  const open = mayTry && account?.status === 'active' ? account : null;
  const fits = await passwordFits(parsed.value.password, open?.passwordHash ?? null);
  if (!open || !fits) {
    await guessWasWrong(services, guess);
    await services.database.write(SYSTEM, (writer) =>
      writer.audit(
        logInRefused,
        { kind: 'person', id: account?.personId ?? 'unknown' },
        { address: context.address, username: account?.username ?? null },
      ),
    );
    return refuse(WRONG, 422, claim.left);
  }
  await guessWasRight(services, guess, open.personId);
  const next = safeNext(context.query.next);
  const step = await afterPassword(context, open.personId, next);
  if (step.kind === 'asked') return redirect('/login/second-step');
  await beginSession(context, open.personId, open.username, step.secondFactorAt);
  return redirect(next);
});

/**
 * Opens the session of a person who has proved who it is, remembers the device, and records it. `secondFactorAt`: when
 * a second factor was given; left out for somebody who has none.
 */
export async function beginSession(
  context: Context,
  personId: string,
  username: string,
  secondFactorAt: Date | null = null,
): Promise<void> {
  const acting = await openSession(context, personId, secondFactorAt);
  rememberDevice(context.services, context.reply, username);
  await context.services.database.write(
    { kind: 'system', personId, ...(acting && { actingOrganisationId: acting }) },
    (writer) =>
      writer.audit(loggedIn, { kind: 'person', id: personId }, { address: context.address, device: context.device }),
  );
}

import { z } from 'zod';
import { type Answer, type FieldError, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { loggedIn, logInRefused } from '../audit.ts';
import { passwordFits } from '../passwords/passwords.ts';
import { openSession } from '../sessions/open-session.ts';
import { knownDevice, rememberDevice } from '../throttle/known-device.ts';
import { claimGuess, type Guess, guessWasRight, guessWasWrong, waitInWords } from '../throttle/throttle.ts';
import { tidyUsername } from '../usernames/username.ts';
import { logInPage } from './page.ts';

const logInForm = z.object({
  username: z.string('Enter your username').trim().min(1, 'Enter your username').max(200, 'Enter your username'),
  password: z.string('Enter your password').min(1, 'Enter your password').max(1000, 'Enter your password'),
});

/** The one answer to a wrong pair: it does not say whether the username exists. */
const WRONG = 'The username and password do not match. Check both and try again';

/** A path of this site to go to after the log-in; anything else leads home. */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next)) return '/home';
  const url = URL.parse(next, 'http://site');
  if (url?.host !== 'site' || url.pathname.startsWith('//') || url.pathname === '/login') return '/home';
  return url.pathname + url.search + url.hash;
}

const logInQuery = z.object({
  next: z.string().max(2000).optional().catch(undefined),
});

/** GET /login */
export const showLogIn = handler({ query: logInQuery }, async (context): Promise<Answer> => {
  if (context.principal.kind === 'person') return redirect(safeNext(context.query.next));
  return page(logInPage(await context.frame(), { next: context.query.next, username: '', errors: [] }));
});

/** POST /login: equal answers, in equal time, for known and unknown usernames. */
export const logIn = handler({ query: logInQuery }, async (context): Promise<Answer> => {
  const { services, fields } = context;
  const show = async (errors: readonly FieldError[], status: number, left?: number) => {
    const username = typeof fields.username === 'string' ? fields.username : '';
    return page(logInPage(await context.frame(), { next: context.query.next, username, errors, left }), status);
  };
  const refuse = (message: string, status: number, left?: number) =>
    show([{ field: 'password', message }], status, left);
  const parsed = parseForm(logInForm, fields);
  if (!parsed.ok) return show(parsed.errors, 422);

  const username = tidyUsername(parsed.value.username);
  const guess: Guess = {
    kind: 'log-in',
    account: username,
    address: context.address,
    knownDevice: knownDevice(services, context.request, username),
  };
  const claim = await claimGuess(services, guess);
  if (claim.waitSeconds > 0) {
    return refuse(`There were too many tries. Wait ${waitInWords(claim.waitSeconds)}, then try again`, 429);
  }
  const account = await findAccount(services, username);
  const fits = await passwordFits(parsed.value.password, account?.password_hash ?? null);
  if (!account || !fits) {
    await guessWasWrong(services, guess);
    await services.database.write(SYSTEM, (writer) =>
      writer.audit(
        logInRefused,
        { kind: 'person', id: account?.person_id ?? 'unknown' },
        { address: context.address, username: account ? username : null },
      ),
    );
    return refuse(WRONG, 422, claim.left);
  }
  await guessWasRight(services, guess);
  await beginSession(context, account.person_id, username);
  return redirect(safeNext(context.query.next));
});

async function findAccount(services: Services, username: string) {
  return services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('accounts.credentials as c')
      .innerJoin('accounts.people as p', 'p.id', 'c.person_id')
      .select(['c.person_id', 'c.password_hash'])
      .where('p.status', '=', 'active')
      .where('c.username', '=', username)
      .executeTakeFirst(),
  );
}

/** Opens the session of a person who has proved who it is, remembers the device, and records it. */
export async function beginSession(context: Context, personId: string, username: string): Promise<void> {
  await openSession(context, personId);
  rememberDevice(context.services, context.reply, username);
  await context.services.database.write({ kind: 'system', personId }, (writer) =>
    writer.audit(loggedIn, { kind: 'person', id: personId }, { address: context.address }),
  );
}

import { z } from 'zod';
import { type Answer, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { loggedIn, logInRefused } from '../audit.ts';
import { passwordFits } from '../passwords/passwords.ts';
import { openSession } from '../sessions/sessions.ts';
import { countWrongGuess, forgetGuesses, secondsToWait } from '../throttle/throttle.ts';
import { logInPage } from './page.ts';

const logInForm = z.object({
  username: z.string().trim().min(1, 'Enter your username').max(200, 'Enter your username'),
  password: z.string().min(1, 'Enter your password').max(1000, 'Enter your password'),
});

const WRONG =
  'The username and password do not match an account. Check them and try again, or use "I\'ve forgotten my username or password"';

/** A path of this site to go to after the log-in; anything else leads home. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) && !next.startsWith('/login') ? next : '/home';
}

const logInQuery = z.object({
  next: z.string().max(2000).optional().catch(undefined),
  ended: z.string().optional().catch(undefined),
});

/** GET /login */
export const showLogIn = handler({ query: logInQuery }, async (context): Promise<Answer> => {
  if (context.principal.kind === 'person') return redirect(safeNext(context.query.next));
  return page(logInPage(await context.frame(), { next: context.query.next, username: '', errors: [] }));
});

/** POST /login: equal answers, in equal time, for known and unknown usernames. */
export const logIn = handler({ query: logInQuery }, async (context): Promise<Answer> => {
  const { services, fields } = context;
  const refuse = async (
    message: string | null,
    status: number,
    errors = message ? [{ field: 'username', message }] : [],
  ) =>
    page(
      logInPage(await context.frame(), { next: context.query.next, username: String(fields.username ?? ''), errors }),
      status,
    );
  const parsed = parseForm(logInForm, fields);
  if (!parsed.ok) return refuse(null, 422, [...parsed.errors]);

  const username = parsed.value.username.normalize('NFKC').toLowerCase();
  const guess = { account: username.slice(0, 200), address: context.address };
  const wait = await secondsToWait(services, guess);
  if (wait > 0) return refuse(`There were too many tries. Wait ${minutes(wait)}, then try again`, 429);

  const account = await findAccount(services, username);
  const fits = await passwordFits(parsed.value.password, account?.password_hash ?? null);
  if (!account || !fits) {
    await countWrongGuess(services, guess);
    await services.database.write(SYSTEM, (writer) =>
      writer.audit(
        logInRefused,
        { kind: 'person', id: account?.person_id ?? 'unknown' },
        { address: context.address, username: account ? username : null },
      ),
    );
    return refuse(WRONG, 422);
  }
  await forgetGuesses(services, guess);
  await begin(context, account.person_id);
  return redirect(safeNext(context.query.next));
});

const minutes = (seconds: number) => (seconds <= 60 ? 'a minute' : `${Math.ceil(seconds / 60)} minutes`);

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

/** Opens the session of a person whose password was right, and records it. */
async function begin(context: Context, personId: string): Promise<void> {
  await openSession(context.services, context.request, context.reply, {
    personId,
    actingOrganisationId: null,
    address: context.address,
    device: context.device,
  });
  await context.services.database.write({ kind: 'system', personId }, (writer) =>
    writer.audit(loggedIn, { kind: 'person', id: personId }, { address: context.address }),
  );
}

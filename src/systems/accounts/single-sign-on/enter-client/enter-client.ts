import type { InteractionResults, default as Provider } from 'oidc-provider';
import { z } from 'zod';
import { type Answer, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { type PersonPrincipal, SYSTEM } from '#platform/permissions/principal.ts';
import { closeSession } from '../../sessions/open-session.ts';
import { type Client, type Passed, readClients } from '../clients/clients.ts';
import { obstacleTo } from '../clients/may-enter.ts';
import { providerOf } from '../provider/provider.ts';
import { noteTelling, passedFor, recordEntry, wasTold, whoGivesRoles } from './entry.ts';
import { goingOnPage, logInAgainPage, obstaclePage, tellingPage, wayLostPage } from './page.ts';

const params = z.object({ uid: z.string().regex(/^[\w-]{10,100}$/) });
/** `after=log-in`: the person comes from the log-in form, so that no redirect to another site may follow (see goOn). */
const query = z.object({ after: z.enum(['log-in']).optional().catch(undefined) });

/** A request of a supplier's site that waits for a person. */
interface Way {
  readonly provider: Provider;
  readonly uid: string;
  readonly client: Client;
  readonly scope: string;
  readonly startedAt: number;
  readonly freshLogIn: boolean;
  readonly maxAge: number | null;
  readonly returnTo: string;
  readonly decided: boolean;
}

/** The waiting request of this browser; null when it has expired, or belongs to another browser. */
async function wayOf({ services, request, reply }: Context, uid: string): Promise<Way | null> {
  const provider = await providerOf(services);
  const found = await provider.interactionDetails(request.raw, reply.raw).catch((error: Error) => {
    if (error.name === 'SessionNotFound') return null;
    throw error;
  });
  if (!found || found.uid !== uid) return null;
  const { client_id: clientId, scope, prompt, max_age: maxAge } = found.params;
  const [client] = await services.database.read(SYSTEM, (reader) => readClients(reader, String(clientId)));
  if (!client) return null;
  return {
    provider,
    uid,
    client,
    scope: String(scope ?? ''),
    startedAt: found.iat,
    freshLogIn: String(prompt ?? '')
      .split(' ')
      .includes('login'),
    maxAge: maxAge === undefined ? null : Number(maxAge),
    returnTo: found.returnTo,
    decided: found.result !== undefined,
  };
}

/** Whether the supplier's site wants the password to be given again before it lets this person in. */
function mustLogInAgain(way: Way, person: PersonPrincipal, now: Date): boolean {
  const givenAt = Math.floor(person.confirmedAt.getTime() / 1000);
  if (way.freshLogIn && givenAt < way.startedAt) return true;
  return way.maxAge !== null && Math.floor(now.getTime() / 1000) - givenAt > way.maxAge;
}

const herePath = (uid: string) => `/oidc/enter/${uid}`;
const afterLogIn = (uid: string) => `/login?next=${encodeURIComponent(`${herePath(uid)}?after=log-in`)}`;

/** GET /oidc/enter/:uid: lets somebody in without a page where nothing is to be said; else says it. */
export const enterClient = handler({ params, query }, async (context): Promise<Answer> => {
  const { services, principal } = context;
  const way = await wayOf(context, context.params.uid);
  if (!way) return page(wayLostPage(await context.frame()), 410);
  if (principal.kind !== 'person') return redirect(afterLogIn(way.uid));
  const obstacle = obstacleTo(way.client, principal);
  if (obstacle) {
    const { acting } = principal;
    const givers = acting ? await services.database.read(SYSTEM, (reader) => whoGivesRoles(reader, acting)) : [];
    return page(obstaclePage(await context.frame(), way, { person: principal, obstacle, givers }), 403);
  }
  if (mustLogInAgain(way, principal, context.now)) return page(logInAgainPage(await context.frame(), way));
  const passed = passedFor(way.client, way.scope);
  const told = await services.database.read(SYSTEM, (reader) =>
    wasTold(reader, way.client.id, principal.personId, passed),
  );
  if (!told) return page(tellingPage(await context.frame(), way, principal, passed));
  await letIn(context, way, principal, passed);
  return context.query.after ? goOn(context, way) : redirect(way.returnTo);
});

/** POST /oidc/enter/:uid: the person goes on after the page that says what is passed on, turns back, or logs in again. */
export const decideEntry = handler({ params }, async (context): Promise<Answer> => {
  const { principal, fields, params } = context;
  const way = await wayOf(context, params.uid);
  if (!way) return page(wayLostPage(await context.frame()), 410);
  if (principal.kind !== 'person') return redirect(afterLogIn(way.uid));
  if (fields.decision === 'log-in-again') {
    await closeSession(context, principal);
    return redirect(afterLogIn(way.uid));
  }
  if (fields.decision !== 'go-on') {
    await decide(context, way, { error: 'access_denied', error_description: 'the person turned back' });
    return redirect(`${herePath(way.uid)}/go-on`);
  }
  if (obstacleTo(way.client, principal) || mustLogInAgain(way, principal, context.now))
    return redirect(herePath(way.uid));
  await letIn(context, way, principal, passedFor(way.client, way.scope), { read: true });
  return redirect(`${herePath(way.uid)}/go-on`);
});

/** GET /oidc/enter/:uid/go-on: leads on to the supplier's site once it was decided how. */
export const goOnFromEntry = handler({ params }, async (context): Promise<Answer> => {
  const way = await wayOf(context, context.params.uid);
  if (!way) return page(wayLostPage(await context.frame()), 410);
  return way.decided ? goOn(context, way) : redirect(herePath(way.uid));
});

/**
 * Leads on by a page of its own. Browsers hold `form-action 'self'` against the whole chain of redirects that follows a
 * form, so a log-in could never end at another site by redirects alone.
 */
async function goOn(context: Context, way: Way): Promise<Answer> {
  const { pathname, search } = new URL(way.returnTo);
  return page(goingOnPage(await context.frame(), way.client, `${pathname}${search}`));
}

async function decide({ request, reply }: Context, way: Way, result: InteractionResults): Promise<void> {
  await way.provider.interactionResult(request.raw, reply.raw, result, { mergeWithLastSubmission: false });
}

async function letIn(
  context: Context,
  way: Way,
  person: PersonPrincipal,
  passed: readonly Passed[],
  telling: { readonly read: boolean } = { read: false },
): Promise<void> {
  const { services } = context;
  const entryId = await services.database.write({ kind: 'system', personId: person.personId }, async (writer) => {
    if (telling.read) await noteTelling(writer, way.client.id, person.personId, passed);
    return recordEntry(writer, way.client, person, passed);
  });
  const grant = new way.provider.Grant({ accountId: entryId, clientId: way.client.id });
  grant.addOIDCScope(way.scope);
  const grantId = await grant.save();
  await decide(context, way, {
    login: { accountId: entryId, ts: Math.floor(person.confirmedAt.getTime() / 1000), remember: false },
    consent: { grantId },
  });
}

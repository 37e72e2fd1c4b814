import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page, redirect } from '#platform/http/answers.ts';
import type { Context, Frame } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { buttonRow, card, form, hiddenField, linkButton, submitButton, taskPage } from '#ui';
import { loggedOut } from '../../audit.ts';
import { closeSession } from '../../sessions/open-session.ts';
import { type Client, readClients } from '../clients/clients.ts';
import { issuerOf } from '../provider/provider.ts';

/** OpenID Connect RP-Initiated Logout 1.0: what a supplier's site may say when it sends somebody here to log out. */
const word = (length: number) => z.string().max(length).optional().catch(undefined);
const query = z.object({
  id_token_hint: word(4000),
  client_id: word(100),
  post_logout_redirect_uri: word(2000),
  state: word(500),
});
type Asked = z.infer<typeof query>;

interface TokenPayload {
  readonly iss?: unknown;
  readonly aud?: unknown;
}

/** The client that an identity token of ours was made for; expired ones count, others' and altered ones do not. */
function clientOfToken({ services }: Context, token: string): string | null {
  const [header = '', payload = '', signature = '', more] = token.split('.');
  if (more !== undefined) return null;
  try {
    const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid?: unknown; alg?: unknown };
    const signed = services.keys.singleSignOn.verify(`${header}.${payload}`, signature, String(kid));
    if (alg !== 'ES256' || !signed) return null;
    const { iss, aud } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as TokenPayload;
    return iss === issuerOf(services) && typeof aud === 'string' ? aud : null;
  } catch {
    return null;
  }
}

/** The client that asks, and where it may send the person back to; nothing of an address that is not registered exactly. */
async function backTo(context: Context, asked: Asked): Promise<{ client: Client; address: string } | null> {
  const id = asked.id_token_hint ? clientOfToken(context, asked.id_token_hint) : (asked.client_id ?? null);
  if (!id || (asked.client_id && asked.client_id !== id) || !z.uuid().safeParse(id).success) return null;
  const [client] = await context.services.database.read(SYSTEM, (reader) => readClients(reader, id));
  const wanted = asked.post_logout_redirect_uri;
  if (client?.status !== 'on' || !wanted || !client.logOutAddresses.includes(wanted)) return null;
  const address = new URL(wanted);
  if (asked.state !== undefined) address.searchParams.set('state', asked.state);
  return { client, address: address.href };
}

const shown = ({ id_token_hint, client_id, post_logout_redirect_uri, state }: Asked): [string, string][] =>
  Object.entries({ id_token_hint, client_id, post_logout_redirect_uri, state }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );

/** GET /oidc/log-out: asks, because a link alone must log nobody out; leads back at once whoever is logged out already. */
export const askToLogOut = handler({ query }, async (context): Promise<Answer> => {
  if (context.principal.kind === 'person') return page(logOutPage(await context.frame(), context.query));
  const back = await backTo(context, context.query);
  return page(loggedOutPage(await context.frame(), back));
});

/** POST /oidc/log-out: ends our own log-in session, and with it every code and token that came from it. */
export async function logOutHere(context: Context): Promise<Answer> {
  const { principal, fields, services } = context;
  if (principal.kind === 'person') {
    await closeSession(context, principal);
    await services.database.write({ kind: 'system', personId: principal.personId }, (writer) =>
      writer.audit(loggedOut, { kind: 'person', id: principal.personId }, {}),
    );
  }
  return redirect(`/oidc/log-out?${new URLSearchParams(shown(query.parse(fields)))}`);
}

function logOutPage(frame: Frame, asked: Asked): Safe {
  const { brand } = frame.shell;
  return taskPage(
    { ...frame, title: 'Log out', width: 'form', noIndex: true },
    html`<h1>Log out of ${brand.name} as well?</h1>
${card(
  { label: 'Log out' },
  html`<p>You have logged out of another system that you entered with your ${brand.name} account. On a shared or test-room computer, log out here too.</p>
${buttonRow(
  form(
    { action: '/oidc/log-out', class: 'inline' },
    html`${shown(asked).map(([name, value]) => hiddenField(name, value))}${submitButton('Log out')}`,
  ),
  linkButton('Stay logged in', '/home', { look: 'quiet' }),
)}`,
)}`,
  );
}

/** A page with a link rather than a redirect: a form's redirects must not leave this site (see enter-client). */
function loggedOutPage(frame: Frame, back: { client: Client; address: string } | null): Safe {
  return taskPage(
    { ...frame, title: 'You are logged out', width: 'form', noIndex: true },
    html`<h1>You are logged out</h1>
${card(
  { label: 'Logged out' },
  html`<p>Your ${frame.shell.brand.name} account is closed on this browser.</p>
${buttonRow(
  back && linkButton(`Back to ${back.client.supplier}`, back.address),
  linkButton('Log in', '/login', { look: back ? 'quiet' : 'main' }),
)}`,
)}`,
  );
}

/** A supplier's system as its makers would build it: a small site on loopback with a real OpenID Connect client. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as client from 'openid-client';
import type { TestApplication } from './application.ts';

export interface Registration {
  readonly id: string;
  readonly secret: string;
}

/** What the supplier's system learnt of one person. */
export interface Arrival {
  readonly tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;
  readonly userInfo: client.UserInfoResponse;
}

export interface RelyingParty {
  readonly url: string;
  readonly redirectAddress: string;
  readonly logOutAddress: string;
  readonly arrivals: Arrival[];
  /** Learns its id and secret, and reads the discovery document. */
  register(app: Pick<TestApplication, 'services'>, registration: Registration): Promise<client.Configuration>;
  /** Scopes that the next launches ask for. */
  scope: string;
  close(): Promise<void>;
}

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>${title}</title></head><body><main><h1>${title}</h1>${body}</main></body></html>`;

/** A free port of loopback: the application must know its public address before it listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The environment of an application whose public address is the one it listens on. */
export async function ownAddress(): Promise<Record<string, string>> {
  const port = String(await freePort());
  return { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` };
}

/** Starts the site: `/launch` sends people to log in, `/callback` takes them back, `/leave` logs them out. */
export async function startRelyingParty(): Promise<RelyingParty> {
  let config: client.Configuration | undefined;
  const waiting = new Map<string, { verifier: string; nonce: string }>();
  const arrivals: Arrival[] = [];

  async function answer(path: string, query: URLSearchParams): Promise<{ status: number; to?: string; html?: string }> {
    if (!config) throw new Error('The supplier has not set its system up.');
    if (path === '/launch') {
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const nonce = client.randomNonce();
      waiting.set(state, { verifier, nonce });
      const to = client.buildAuthorizationUrl(config, {
        redirect_uri: party.redirectAddress,
        scope: party.scope,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { status: 302, to: to.href };
    }
    if (path === '/callback') {
      if (query.has('error')) return { status: 200, html: page('Not let in', `<p>${query.get('error')}</p>`) };
      const state = query.get('state') ?? '';
      const kept = waiting.get(state);
      if (!kept) return { status: 400, html: page('Unknown state', '') };
      const tokens = await client.authorizationCodeGrant(config, new URL(`${party.redirectAddress}?${query}`), {
        pkceCodeVerifier: kept.verifier,
        expectedState: state,
        expectedNonce: kept.nonce,
        idTokenExpected: true,
      });
      const sub = tokens.claims()?.sub as string;
      const userInfo = await client.fetchUserInfo(config, tokens.access_token, sub);
      arrivals.push({ tokens, userInfo });
      return { status: 200, html: page('Torque Time', `<p>Welcome, ${userInfo.name ?? sub}</p>`) };
    }
    if (path === '/leave') {
      const idToken = arrivals.at(-1)?.tokens.id_token as string;
      const to = client.buildEndSessionUrl(config, {
        id_token_hint: idToken,
        post_logout_redirect_uri: party.logOutAddress,
        state: 'left',
      });
      return { status: 302, to: to.href };
    }
    return { status: 200, html: page('You left Torque Time', '') };
  }

  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    answer(url.pathname, url.searchParams)
      .catch((error: Error) => ({
        status: 500,
        html: page('Torque Time failed', `<pre>${error.message}</pre>`),
        to: undefined,
      }))
      .then(({ status, to, html = '' }) => {
        response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...(to ? { location: to } : {}) });
        response.end(html);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const party: RelyingParty = {
    url,
    redirectAddress: `${url}/callback`,
    logOutAddress: `${url}/left`,
    arrivals,
    scope: 'openid profile email organisation',
    register: async ({ services }, { id, secret }) => {
      const issuer = new URL(`${services.settings.publicUrl}/oidc`);
      config = await client.discovery(issuer, id, undefined, client.ClientSecretBasic(secret), {
        execute: [client.allowInsecureRequests],
      });
      return config;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return party;
}

/** The fields of the form that adds the supplier's system, for all centres' assessors and coordinators. */
export function settingsOf(party: RelyingParty, changes: Record<string, string | string[]> = {}) {
  return {
    name: 'Torque Time library',
    supplier: 'Torque Time Ltd',
    description: 'Short courses to keep up with the trade',
    launchAddress: `${party.url}/launch`,
    redirectAddresses: party.redirectAddress,
    logOutAddresses: party.logOutAddress,
    audience: 'all_centres',
    centres: '',
    roles: ['coordinator', 'assessor'],
    passesOn: ['name', 'email', 'organisation'],
    ...changes,
  };
}

/** Adds it as the awarding body's administrator does, and reads id and secret from the page that shows them once. */
export async function addSystem(
  app: TestApplication,
  fields: Record<string, string | string[]>,
): Promise<Registration> {
  const admin = await app.logIn('admin');
  const answer = await admin.post('/single-sign-on/add', fields);
  const cell = (label: string) => new RegExp(`<dt>${label}</dt><dd>.*?>([\\w-]{20,})<`).exec(answer.text)?.[1] ?? '';
  const registration = { id: cell('Client ID'), secret: cell('Client secret') };
  if (answer.status !== 200 || !registration.id || !registration.secret)
    throw new Error(
      `The system was not added: ${answer.status} ${answer.text.match(/error-message">(.*?)<\/p>/)?.[1]}`,
    );
  return registration;
}

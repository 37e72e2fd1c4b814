import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ErrorOut, default as Provider } from 'oidc-provider';
import type { Services } from '#platform/services.ts';
import { accountOf, type EntryAccount } from './account.ts';
import { adapterFor } from './adapter.ts';
import { SCOPES } from './client-metadata.ts';
import { secretFits } from './secret.ts';

/** Seconds that each thing lives. A supplier's site has a session of its own once it knows who came. */
const LIVES = {
  AuthorizationCode: 60,
  AccessToken: 300,
  IdToken: 600,
  Grant: 600,
  Interaction: 3600,
  Session: 3600,
} as const;

const made = new WeakMap<Services, Promise<Provider>>();

/** The OpenID Connect provider, read and made when it is first asked for: it costs memory that many installations spare. */
export function providerOf(services: Services): Promise<Provider> {
  let provider = made.get(services);
  if (!provider) {
    provider = makeProvider(services);
    made.set(services, provider);
    provider.catch(() => made.delete(services));
  }
  return provider;
}

/** The name by which suppliers' systems know this installation, and the beginning of every address of the protocol. */
export const issuerOf = ({ settings }: Services): string => `${settings.publicUrl}/oidc`;

/** Cookies of the way in, bound to this host where the site is served over TLS. */
function cookieNames({ settings }: Services) {
  const prefix = settings.publicUrl.startsWith('https:') ? '__Secure-' : '';
  return { session: `${prefix}way`, interaction: `${prefix}entry`, resume: `${prefix}resume` };
}

const problems = new WeakMap<IncomingMessage, ErrorOut>();

/** What the provider has to say to a person about this request, once it has refused it. */
export const problemOf = (request: IncomingMessage): ErrorOut | undefined => problems.get(request);

async function makeProvider(services: Services): Promise<Provider> {
  const { Provider: Made, interactionPolicy } = await import('oidc-provider');
  const { settings, keys, log } = services;
  const secure = settings.publicUrl.startsWith('https:');
  const cookies = { httpOnly: true, sameSite: 'lax', signed: true, secure } as const;
  const names = cookieNames(services);

  // Who is logged in is our own question (see enter-client): the library's checks of a session of its own go.
  const policy = interactionPolicy.base();
  for (const reason of ['id_token_hint', 'claims_id_token_sub_value', 'essential_acrs', 'essential_acr'])
    policy.get('login')?.checks.remove(reason);

  const provider = new Made(issuerOf(services), {
    adapter: adapterFor(services),
    findAccount: (_ctx, id) => accountOf(services, id),
    jwks: { keys: keys.singleSignOn.privateJwks().keys.map((key) => ({ ...key })) },
    cookies: {
      names,
      long: cookies,
      short: cookies,
      keys: [createHmac('sha256', keys.sessions).update('single sign-on cookies').digest('base64url')],
    },
    routes: {
      authorization: '/authorise',
      token: '/token',
      userinfo: '/userinfo',
      jwks: '/keys',
      end_session: '/log-out',
    },
    scopes: ['openid', ...Object.values(SCOPES)],
    claims: {
      openid: ['sub'],
      profile: ['name', 'given_name', 'family_name'],
      email: ['email', 'email_verified'],
      organisation: ['organisation'],
      auth_time: null,
      iss: null,
    },
    responseTypes: ['code'],
    pkce: { required: () => true },
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: async (ctx) => (ctx.oidc.account as EntryAccount).subject,
    clientDefaults: { id_token_signed_response_alg: 'ES256', subject_type: 'pairwise' },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    clientBasedCORS: () => false,
    allowOmittingSingleRegisteredRedirectUri: false,
    expiresWithSession: async () => false,
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    ttl: LIVES,
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: true },
    },
    interactions: { policy, url: (_ctx, interaction) => `/oidc/enter/${interaction.uid}` },
    renderError: (ctx, out) => {
      problems.set(ctx.req, out);
      ctx.respond = false;
    },
  });
  provider.proxy = true;
  // Secrets are stored as hashes; a secret of 256 random bits needs no slow hash.
  provider.Client.prototype.compareClientSecret = function compare(given: string): Promise<boolean> {
    return secretFits(services, this.clientId, given, Buffer.from(this.clientSecret as string, 'hex'));
  };
  provider.use(async (ctx, next) => {
    if (ctx.path === '/authorise' && ctx.query.response_mode !== undefined && ctx.query.response_mode !== 'query') {
      problems.set(ctx.req, { error: 'unsupported_response_mode' });
      ctx.respond = false;
      return;
    }
    await next();
    const { body } = ctx as { body?: { response_modes_supported?: string[] } };
    if (body?.response_modes_supported) body.response_modes_supported = ['query'];
    // The library's own session means nothing here and is not kept: neither is its cookie.
    const kept = [ctx.response.get('set-cookie')].flat().filter((line) => line && !line.startsWith(names.session));
    ctx.remove('set-cookie');
    if (kept.length > 0) ctx.set('set-cookie', kept);
  });
  provider.on('server_error', (_ctx, error) => log.error('The single sign-on provider failed', error));
  return provider;
}

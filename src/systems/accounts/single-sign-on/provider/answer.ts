import { type Answer, json, page, SENT } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { problemPage } from './problem-page.ts';
import { issuerOf, problemOf, providerOf } from './provider.ts';
import { askedFrom } from './secret.ts';

/** GET and POST below /oidc that the provider answers itself, on the raw request; what a person must read is our own page. */
export async function answerByProvider(context: Context): Promise<Answer> {
  const { services, request, reply } = context;
  const provider = await providerOf(services);
  const { raw } = request;
  const { protocol, host } = new URL(issuerOf(services));
  // The library makes addresses from the request's: they are always those of the public address.
  raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
  raw.headers['x-forwarded-host'] = host;
  const asked = raw.url ?? '/';
  Object.assign(raw, { originalUrl: asked, url: asked.slice('/oidc'.length) });
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  await askedFrom.run(context.address, () => provider.callback()(raw, reply.raw));
  const problem = problemOf(raw);
  return problem ? page(problemPage(await context.frame(), problem), 400) : SENT;
}

/** GET /oidc/keys: the public keys, those that sign no more included. */
export async function showKeys({ services }: Context): Promise<Answer> {
  return json(services.keys.singleSignOn.publicJwks());
}

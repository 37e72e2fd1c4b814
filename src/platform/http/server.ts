import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  forbiddenPage,
  notFoundPage,
  otherOrganisationPage,
  type ShellContext,
  serverErrorPage,
  unavailablePage,
  unreadablePage,
} from '#ui';
import { serveAssets } from '../assets/serve-assets.ts';
import { isDatabaseAway } from '../database/database-away.ts';
import { listBytes } from '../list-file/list-file.ts';
import { type Capability, capabilitiesOf, whoMay } from '../permissions/capabilities.ts';
import { awaitsSecondFactor, may, type PersonPrincipal, type Principal } from '../permissions/principal.ts';
import type { Services } from '../services.ts';
import { type Answer, NotAllowed, NotFound } from './answers.ts';
import { cleanRequest, LONGEST_PART, readableAddress } from './clean-words.ts';
import { sendCompressed } from './compression.ts';
import { type Context, createContext, type FormValues, type Frame } from './context.ts';
import { madeForAnother } from './made-for.ts';
import { refuseForeignOrigin } from './origin.ts';
import type { Route, System } from './routes.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a caller needs; a route without one does not start the server. */
    capability?: Capability | 'asset';
    audit?: Route['audit'];
    protocol?: boolean;
  }
  interface FastifyRequest {
    principal: Principal;
  }
  interface FastifyInstance {
    /** Every route with what it declares: the permission matrix and the page walk read it. */
    routeTable: RouteLine[];
  }
}

/** What the platform asks of the systems that know people: joined in `application.ts`. */
export interface Doors {
  /** Who is asking, from the request's cookies. */
  readonly principalOf: (request: FastifyRequest) => Promise<Principal>;
  /** What the page's frame shows to this principal. */
  readonly shellFor: (context: Context) => Promise<ShellContext>;
  /** An act without a session: keeps what was typed, and returns where to log in. */
  readonly askToLogIn: (request: FastifyRequest) => Promise<string>;
  /** What was kept for this person under the id in the query (`kept`). */
  readonly keptFields: (context: Context) => Promise<FormValues>;
  /** Keeps what was typed into the form that this person sent, and returns the address that shows it again. */
  readonly keepForm: (request: FastifyRequest, personId: string) => Promise<string>;
  /** After an act: a session whose person's rights it changed gets a new id. */
  readonly afterAct: (context: Context) => Promise<void>;
}

export interface RouteLine {
  readonly method: string;
  readonly url: string;
  readonly capability: Capability | 'asset';
  readonly audit: Route['audit'] | undefined;
  readonly protocol: boolean;
}

const MAX_BODY = 1_000_000;
const MAX_FILE = 50_000_000;

/** The HTTP server with its hooks in order: id and log, headers, who is asking, origin, permission; then the systems' routes. */
export async function createServer(
  services: Services,
  doors: Doors,
  systems: readonly System[],
): Promise<FastifyInstance> {
  const { settings, log } = services;
  // Unique over processes and restarts; a number costs less than chance for each request.
  const process = randomBytes(4).toString('hex');
  let requests = 0;
  const app = Fastify({
    logger: false,
    genReqId: () => `${process}${(requests++).toString(36)}`,
    trustProxy: typeof settings.trustProxy === 'number' ? hops(settings.trustProxy) : settings.trustProxy,
    bodyLimit: MAX_BODY,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: LONGEST_PART },
    rewriteUrl: (request) => readableAddress(request.url ?? '/'),
    ...(settings.tls
      ? { https: { cert: await readFile(settings.tls.cert), key: await readFile(settings.tls.key) } }
      : {}),
  }) as unknown as FastifyInstance;

  const routeTable: RouteLine[] = [];
  app.decorate('routeTable', routeTable);
  app.addHook('onRoute', (route) => {
    const { capability, audit, protocol = false } = route.config ?? {};
    if (!capability) throw new Error(`${route.method} ${route.url} declares no permission.`);
    for (const method of [route.method].flat()) {
      if (method !== 'HEAD') routeTable.push({ method, url: route.url, capability, audit, protocol });
    }
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:'],
        mediaSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: settings.publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
  });
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: MAX_BODY });
  await app.register(multipart, { limits: { fileSize: MAX_FILE, files: 5, fields: 50 } });

  const frameOf = async (context: Context): Promise<Omit<Frame, 'principal'>> => ({
    shell: await doors.shellFor(context),
    assets: services.assets,
    nonce: '',
  });
  const contextOf = (
    request: FastifyRequest,
    reply: FastifyReply,
    capability: Capability,
    params: unknown,
    query: unknown,
  ): Context =>
    createContext({
      request,
      reply,
      services,
      database: services.database,
      principal: request.principal,
      capability,
      params,
      query,
      frame: frameOf,
      keptFields: doors.keptFields,
    });

  app.decorateRequest('principal');
  app.addHook('onRequest', async (request, reply) => {
    request.principal = { kind: 'anonymous' };
    const { capability, protocol } = request.routeOptions.config;
    if (capability !== 'asset') {
      if (!protocol) request.principal = await doors.principalOf(request);
      reply.header('cache-control', 'no-store');
    }
  });
  app.addHook('onRequest', refuseForeignOrigin(settings));
  app.addHook('preValidation', cleanRequest);
  app.addHook('preHandler', async (request, reply) => {
    const other = madeForAnother(request);
    if (!other) return;
    const frame = await frameOf(contextOf(request, reply, 'public', {}, {}));
    const back = await doors.keepForm(request, other.personId);
    return sendHtml(reply, 409, otherOrganisationPage({ ...frame, madeFor: other.madeFor, back }).text);
  });
  app.addHook('preHandler', async (request, reply) => {
    const capability = request.routeOptions.config.capability;
    if (!capability || capability === 'asset' || may(request.principal, capability)) return;
    if (request.principal.kind === 'person') {
      // The role would allow it: the home page says which step is left.
      if (waitsFor(request.principal, capability)) return reply.redirect('/home', 303);
      throw new NotAllowed(whoMay(capability));
    }
    if (capability === 'seat.sit') {
      const asksForPage = request.method === 'GET' && request.headers.accept?.includes('text/html');
      return asksForPage ? reply.redirect('/sit', 303) : reply.code(401).send({ verdict: 'no_seat' });
    }
    return reply.redirect(await doors.askToLogIn(request), 303);
  });

  app.setNotFoundHandler({ preHandler: [] }, async (request, reply) => {
    request.principal ??= { kind: 'anonymous' };
    const frame = await frameOf(contextOf(request, reply, 'public', {}, {}));
    return sendHtml(reply, 404, notFoundPage(frame).text);
  });
  const databaseAway = saidSeldom(services);
  app.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const context = contextOf(request, reply, 'public', {}, {});
    const frame = await frameOf(context).catch(() => null);
    if (!frame)
      return reply
        .code(503)
        .header('retry-after', '2')
        .type('text/plain')
        .send(
          'The service is not available just now. Nothing that was confirmed as saved is lost. Try again in a minute.',
        );
    if (error instanceof NotFound) return sendHtml(reply, 404, notFoundPage(frame).text);
    if (error instanceof NotAllowed) return sendHtml(reply, 403, forbiddenPage({ ...frame, role: error.who }).text);
    if (isDatabaseAway(error)) {
      databaseAway(
        `request ${request.id} ${request.method} ${request.routeOptions.url} found no database: ${error.message}`,
      );
      reply.header('retry-after', '2');
      const typed = request.method === 'POST' && {
        retry: null,
        reason: 'Nothing was saved. Wait a minute, then reload this page: your browser sends what you typed once more.',
      };
      return sendHtml(reply, 503, unavailablePage({ ...frame, ...typed }).text);
    }
    const status = isBrokenUpload(error, request) ? 400 : (error.statusCode ?? 500);
    if (status < 500) return sendHtml(reply, status, unreadablePage({ ...frame, tooLarge: status === 413 }).text);
    log.error(`request ${request.id} ${request.method} ${request.routeOptions.url} failed`, error);
    const reference = request.id || randomUUID();
    return sendHtml(reply, status, serverErrorPage({ ...frame, reference }).text);
  });

  await app.register(serveAssets, { assets: services.assets });
  for (const system of systems) {
    await app.register(async (fence) => {
      for (const route of system.routes) if (!route.protocol) addRoute(fence, route, contextOf, doors.afterAct);
      await fence.register(async (bare) => {
        bare.removeAllContentTypeParsers();
        bare.addContentTypeParser('*', (_request, _payload, done) => done(null));
        for (const route of system.routes) if (route.protocol) addRoute(bare, route, contextOf, doors.afterAct);
      });
      if (system.plugin) await system.plugin(fence, services);
    });
  }
  return app;
}

/** The roles of the person give the capability, and only the second factor is missing. */
const waitsFor = ({ acting, secondFactor }: PersonPrincipal, capability: Capability) =>
  acting?.activated === true && awaitsSecondFactor(secondFactor) && capabilitiesOf(acting.roles).has(capability);

/** A file form that ends too early or cannot be taken apart: its reader gives no status. */
const isBrokenUpload = (error: Error, request: FastifyRequest) =>
  /^(?:Multipart: |Unexpected end of (?:multipart data|form)|Malformed part header)/.test(error.message) &&
  request.isMultipart();

const SELDOM_MS = 5000;

/** Logs an error that every request meets at the same time: one line in 5 seconds, with how many were left out. */
function saidSeldom({ clock, log }: Services): (text: string) => void {
  let nextAt = 0;
  let leftOut = 0;
  return (text) => {
    const now = clock.now().getTime();
    if (now < nextAt) {
      leftOut++;
      return;
    }
    log.error(leftOut ? `${text} (and ${leftOut} more since the last line)` : text);
    nextAt = now + SELDOM_MS;
    leftOut = 0;
  };
}

/** Believes the nearest `count` proxies. */
const hops = (count: number) => (_address: string, hop: number) => hop < count;

type ContextOf = (
  request: FastifyRequest,
  reply: FastifyReply,
  capability: Capability,
  params: unknown,
  query: unknown,
) => Context;

function addRoute(app: FastifyInstance, route: Route, contextOf: ContextOf, afterAct: Doors['afterAct']): void {
  const { handler, capability, audit, protocol = false } = route;
  app.route({
    method: route.method,
    url: route.url,
    config: { capability, audit, protocol },
    handler: async (request, reply) => {
      const params = handler.params
        ? handler.params.safeParse(request.params)
        : { success: true as const, data: request.params };
      if (!params.success) throw new NotFound();
      const query = handler.query
        ? handler.query.safeParse(request.query)
        : { success: true as const, data: request.query };
      const context = contextOf(
        request,
        reply,
        capability,
        params.data,
        query.success ? query.data : handler.query?.parse({}),
      );
      const answer = await handler.run(context);
      if (route.method === 'POST') await afterAct(context);
      if (answer.kind !== 'list') return send(reply, answer);
      const { format } = request.query as { format?: unknown };
      return send(reply, { kind: 'file', ...(await listBytes(answer, format)) });
    },
  });
}

function sendHtml(reply: FastifyReply, status: number, text: string): FastifyReply {
  return sendCompressed(reply.code(status), 'text/html; charset=utf-8', text);
}

function send(reply: FastifyReply, answer: Exclude<Answer, { kind: 'list' }>): FastifyReply {
  switch (answer.kind) {
    case 'page':
      return sendHtml(reply, answer.status, answer.html.text);
    case 'redirect':
      return reply.redirect(answer.location, 303);
    case 'sent':
      return reply.hijack();
    case 'stream':
      return reply
        .code(answer.status)
        .headers({ ...answer.headers, 'content-length': String(answer.bytes) })
        .type(answer.type)
        .send(answer.body);
    case 'json':
      return sendCompressed(
        reply.code(answer.status),
        answer.type ?? 'application/json; charset=utf-8',
        JSON.stringify(answer.body),
      );
    case 'file': {
      if (answer.cache) reply.header('cache-control', answer.cache);
      const name = answer.name
        ? `; filename="${answer.name.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(answer.name)}`
        : '';
      reply.header('content-disposition', `${answer.inline ? 'inline' : 'attachment'}${name}`);
      return sendCompressed(reply, answer.type, answer.bytes);
    }
  }
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AssetUrls, ShellContext } from '#ui';
import type { Database, Reader, TransactionOptions, Writer } from '../database/database.ts';
import type { Capability } from '../permissions/capabilities.ts';
import type { Acting, PersonPrincipal, Principal } from '../permissions/principal.ts';
import type { Services } from '../services.ts';
import { NotFound } from './answers.ts';
import { cleanText } from './clean-words.ts';
import { withoutMadeFor } from './made-for.ts';

export type FormValues = Record<string, string | string[]>;

/** What a handler is given: who asks, what was asked (parsed), and the ways to read and write in the route's scope. */
export interface Context<Params = unknown, Query = unknown> {
  readonly principal: Principal;
  readonly params: Params;
  readonly query: Query;
  /** The fields of the form as they came; use `submitForm` to parse them. */
  readonly fields: FormValues;
  /** The parsed JSON body, or undefined; parse it by a schema. */
  readonly body: unknown;
  readonly services: Services;
  readonly now: Date;
  /** Path and query as asked. */
  readonly url: string;
  readonly address: string;
  readonly device: string;
  readonly requestId: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** The person; a route whose capability needs one always has it. */
  person(): PersonPrincipal;
  /** The organisation the person acts for. */
  acting(): Acting;
  /** The centre the person acts for; 404 for the awarding body's people. */
  centreId(): string;
  /** Reads in the scope of the route's capability. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Writes in the scope of the route's capability; a repeated submission of a form takes effect once. */
  write<T>(work: (writer: Writer) => Promise<T>, options?: Pick<TransactionOptions, 'submission'>): Promise<T>;
  /** What every page shell needs (brand, person, systems, assets): `staffPage({ ...(await context.frame()), title }, body)`. */
  frame(): Promise<Frame>;
  /** What the person had typed into this form when the session had expired, or {}. */
  keptFields(): Promise<FormValues>;
}

export interface Frame {
  readonly shell: ShellContext;
  readonly assets: AssetUrls;
  readonly nonce: string;
  /** Who looks: tabs and buttons depend on it. */
  readonly principal: Principal;
}

export interface ContextParts {
  request: FastifyRequest;
  reply: FastifyReply;
  services: Services;
  database: Database;
  principal: Principal;
  capability: Capability;
  params: unknown;
  query: unknown;
  frame: (context: Context) => Promise<Omit<Frame, 'principal'>>;
  keptFields: (context: Context) => Promise<FormValues>;
}

export function createContext(parts: ContextParts): Context {
  const { request, reply, services, database, principal, capability } = parts;
  const person = (): PersonPrincipal => {
    if (principal.kind !== 'person') throw new NotFound();
    return principal;
  };
  const acting = (): Acting => {
    const organisation = person().acting;
    if (!organisation) throw new NotFound();
    return organisation;
  };
  let frame: Promise<Frame> | undefined;
  const context: Context = {
    principal,
    params: parts.params,
    query: parts.query,
    fields: withoutMadeFor(fieldsOf(request.body)),
    body: request.body,
    services,
    now: services.clock.now(),
    url: request.url,
    address: request.ip,
    device: String(request.headers['user-agent'] ?? '').slice(0, 200),
    requestId: request.id,
    request,
    reply,
    person,
    acting,
    centreId: () => {
      const organisation = acting();
      if (organisation.kind !== 'centre') throw new NotFound();
      return organisation.organisationId;
    },
    read: (work) => database.read(principal, work, { capability, requestId: request.id }),
    write: (work, options) => database.write(principal, work, { capability, requestId: request.id, ...options }),
    frame: () => {
      frame ??= parts.frame(context).then((parts) => ({ ...parts, principal }));
      return frame;
    },
    keptFields: () => parts.keptFields(context),
  };
  return context;
}

/** The texts of a body, clean; whatever is no text or list of texts is left out. */
export function fieldsOf(body: unknown): FormValues {
  if (typeof body !== 'object' || body === null || Buffer.isBuffer(body)) return {};
  const fields: FormValues = {};
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string') fields[name] = cleanText(value);
    else if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
      fields[name] = value.map(cleanText);
  }
  return fields;
}

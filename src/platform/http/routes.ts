import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { AuditKind } from '../audit/audit.ts';
import type { Capability } from '../permissions/capabilities.ts';
import type { Services } from '../services.ts';
import type { Answer } from './answers.ts';
import type { Context } from './context.ts';

/** A handler with the schemas of its params and query. */
export interface Handler<Params = unknown, Query = unknown> {
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly run: (context: Context<Params, Query>) => Promise<Answer>;
}

/** Makes a handler whose context carries parsed params and query. Params that do not fit are a 404, a query's are ignored field by field by its schema. */
export function handler<Params = unknown, Query = unknown>(
  schemas: { params?: z.ZodType<Params>; query?: z.ZodType<Query> },
  run: (context: Context<Params, Query>) => Promise<Answer>,
): Handler<Params, Query> {
  return { ...schemas, run };
}

/** What a route says of the audit events it may record. */
export type RecordedKind = Pick<AuditKind, 'name' | 'description'>;

/** One line of a system's routes: method, address, permission, what it records, handler. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly capability: Capability;
  /** The kinds of audit event it may record; for a POST that records none, why. */
  readonly audit: readonly RecordedKind[] | { readonly none: string };
  readonly handler: Handler;
  /** The body is a file upload: the handler reads the parts itself. */
  readonly upload?: boolean;
  /**
   * A library answers it by a protocol between programs: no log-in session counts here, therefore no origin either, and
   * the body is left unread.
   */
  readonly protocol?: boolean;
}

type Run<P, Q> = Handler<P, Q> | ((context: Context) => Promise<Answer>);
const asHandler = <P, Q>(run: Run<P, Q>): Handler => (typeof run === 'function' ? { run } : (run as Handler));

/** A page or file: reads only. */
export function get<P, Q>(url: string, capability: Capability, run: Run<P, Q>): Route {
  return { method: 'GET', url, capability, audit: { none: 'reads only' }, handler: asHandler(run) };
}

/** An act: changes something, and says what it records. */
export function post<P, Q>(
  url: string,
  capability: Capability,
  audit: RecordedKind | readonly RecordedKind[] | { none: string },
  run: Run<P, Q>,
): Route {
  const kinds = 'none' in audit ? audit : Array.isArray(audit) ? audit : [audit as RecordedKind];
  return { method: 'POST', url, capability, audit: kinds, handler: asHandler(run) };
}

/** An act that takes a file. */
export function upload<P, Q>(
  url: string,
  capability: Capability,
  audit: RecordedKind | readonly RecordedKind[],
  run: Run<P, Q>,
): Route {
  return { ...post(url, capability, audit, run), upload: true };
}

/** A route of a protocol between programs (see `Route.protocol`). */
export function protocol(route: Route): Route {
  return { ...route, protocol: true };
}

/** Pages of a system and the section of the Operating Manual that governs them. */
export interface Governed {
  /** The beginning of their addresses, in whole segments; `:name` stands for any one. The longest that fits counts. */
  readonly path: string;
  /** What the pages are, for the section's own page: "Candidates and registrations". */
  readonly name: string;
  /** The section's number: "4.1". */
  readonly section: string;
}

/** A system as the composition root sees it. */
export interface System {
  readonly name: string;
  readonly routes: readonly Route[];
  /** Which section of the Operating Manual governs which of its pages: their Help leads there. */
  readonly governedBy?: readonly Governed[];
  /** Routes that need the server itself (a hot path, a stream); each must declare `config: { capability, audit }`. */
  readonly plugin?: (app: FastifyInstance, services: Services) => Promise<void>;
  /** Writes its part of the demonstration centres into an empty database; called in the order of dependence. */
  readonly demonstrate?: (services: Services) => Promise<void>;
  /** Background work; called after the server is ready. */
  readonly start?: (services: Services) => Promise<{ stop(): Promise<void> }>;
}

import type { z } from 'zod';
import type { Reader, Writer } from '#platform/database/database.ts';
import type { RecordedKind } from '#platform/http/routes.ts';
import type { Scope } from '../keys/scopes.ts';
import type { Outcome } from './once.ts';

/** What an operation is given besides its reader or writer. */
export interface Asked<Params, Query, Body> {
  readonly centreId: string;
  /** What the key may do besides. */
  readonly scopes: readonly Scope[];
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
}

interface Described<Params, Query> {
  /** "listProducts": how a program calls it. */
  readonly id: string;
  /** As OpenAPI writes it: "/candidates/{candidateId}". */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly scope: Scope;
  readonly params: z.ZodObject & z.ZodType<Params>;
  readonly query: z.ZodObject & z.ZodType<Query>;
  /** What it answers; each answer is checked by it. */
  readonly answer: z.ZodType<Readonly<Record<string, unknown>>>;
}

export interface ReadOperation<Params, Query> extends Described<Params, Query> {
  readonly method: 'get';
  readonly read: (reader: Reader, asked: Asked<Params, Query, undefined>) => Promise<Record<string, unknown>>;
}

export interface WriteOperation<Params, Query, Body> extends Described<Params, Query> {
  readonly method: 'post';
  readonly body: z.ZodType<Body>;
  readonly audit: readonly RecordedKind[];
  /** In one transaction; throws a Problem, Refused or NotFound, and then nothing remains. */
  readonly write: (writer: Writer, asked: Asked<Params, Query, Body>) => Promise<Outcome>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of operations holds several types of parameters.
export type Operation = ReadOperation<any, any> | WriteOperation<any, any, any>;

/** An operation that reads, its parameters typed by its schemas. */
export const reads = <Params, Query>(operation: Omit<ReadOperation<Params, Query>, 'method'>): Operation => ({
  ...operation,
  method: 'get',
});

/** An operation that writes, its body typed by its schema. */
export const writes = <Params, Query, Body>(
  operation: Omit<WriteOperation<Params, Query, Body>, 'method'>,
): Operation => ({ ...operation, method: 'post' });

import type { FastifyRequest } from 'fastify';
import { CAPABILITIES } from '../permissions/capabilities.ts';
import type { Acting } from '../permissions/principal.ts';

/**
 * The hidden field, on every page of somebody who is logged in, that says for whom the person acted when the form was
 * made: the id of the organisation, or `self`. Forms with files carry it in their address.
 */
export const MADE_FOR = 'madeFor';
export const FOR_SELF = 'self';

/** A form that was made while its person acted for another than now. */
export interface MadeForAnother {
  readonly personId: string;
  /** Null: for nobody, or for one to which the person no longer belongs, or the form does not say. */
  readonly madeFor: Acting | null;
}

/**
 * Whether an act in an organisation's scope comes from a form that was made for another organisation: a page of another
 * tab, from before the switch. Of somebody with one organisation a form need not say it, since there is no other to
 * write to by mistake; of others it must.
 */
export function madeForAnother(request: FastifyRequest): MadeForAnother | null {
  const { principal } = request;
  const { capability } = request.routeOptions.config;
  if (request.method !== 'POST' || principal.kind !== 'person' || !capability || capability === 'asset') return null;
  if (CAPABILITIES[capability].scope !== 'acting') return null;
  const { organisations, acting, personId } = principal;
  const given = madeForIn(request.body) ?? madeForIn(request.query);
  if (given === undefined ? organisations.length < 2 : given === (acting?.organisationId ?? FOR_SELF)) return null;
  return { personId, madeFor: organisations.find((one) => one.organisationId === given) ?? null };
}

function madeForIn(words: unknown): string | undefined {
  const value = (words as Record<string, unknown> | null | undefined)?.[MADE_FOR];
  return typeof value === 'string' ? value : undefined;
}

/** Handlers do not see the field. */
export function withoutMadeFor<Fields extends Record<string, unknown>>(fields: Fields): Fields {
  const { [MADE_FOR]: _, ...seen } = fields;
  return seen as Fields;
}

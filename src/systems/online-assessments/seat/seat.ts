/** Who sits at a seat: from the token in its cookie to the sitting, once for many requests. */
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { NotFound } from '#platform/http/answers.ts';
import { type Principal, type SeatPrincipal, SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Answerable } from '../save-answer/read-request.ts';
import { type Paper, shapeOf } from '../start-sitting/paper.ts';
import { hashSeatToken, seatTokenOf } from './seat-cookie.ts';

/**
 * What is known of a seat's token and never changes: which sitting it was given for, and what its paper asks. Whether
 * the token still holds the lease is decided by each statement, never from here.
 */
export interface Seat extends SeatPrincipal {
  /** SHA-256 of the token, hex. */
  readonly token: string;
  /** What each question of the paper takes; null before the start. */
  answerable: readonly Answerable[] | null;
}

const KEPT = 20_000;
const caches = new WeakMap<Services, Map<string, Seat>>();

function cacheOf(services: Services): Map<string, Seat> {
  let cache = caches.get(services);
  if (!cache) {
    cache = new Map();
    caches.set(services, cache);
  }
  return cache;
}

/** Addresses that belong to seats: there, only the seat's cookie says who is asking. */
export function isSeatAddress(url: string): boolean {
  return url === '/sit' || url.startsWith('/sit/') || url.startsWith('/sit?');
}

/** The seat that asks; anonymous when the browser holds none. A person who is logged in here is nobody at these addresses. */
export async function seatPrincipalOf(services: Services, request: FastifyRequest): Promise<Principal> {
  const token = seatTokenOf(services.settings, request);
  return (token && (await findSeat(services, hashSeatToken(token)))) || { kind: 'anonymous' };
}

async function findSeat(services: Services, tokenHash: Buffer): Promise<Seat | null> {
  const cache = cacheOf(services);
  const token = tokenHash.toString('hex');
  const known = cache.get(token);
  if (known) return known;
  const [row] = await services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ id: string; centre_id: string }>`
      select id, centre_id from online_assessments.sittings where seat_token_hash = ${tokenHash}
      union all
      select sitting_id, centre_id from online_assessments.former_seats where token_hash = ${tokenHash}`),
  );
  if (!row) return null;
  if (cache.size >= KEPT) cache.delete(cache.keys().next().value as string);
  const seat: Seat = { kind: 'seat', sittingId: row.id, centreId: row.centre_id, token, answerable: null };
  cache.set(token, seat);
  return seat;
}

/** The seat of a request whose route needs one. */
export function seatOf(request: FastifyRequest): Seat {
  if (request.principal.kind !== 'seat') throw new NotFound();
  return request.principal as Seat;
}

/** What each question of the seat's paper takes; null before the start. */
export async function answerableOf(services: Services, seat: Seat): Promise<readonly Answerable[] | null> {
  if (seat.answerable) return seat.answerable;
  const row = await services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('online_assessments.sitting_papers')
      .select('paper')
      .where('sitting_id', '=', seat.sittingId)
      .executeTakeFirst(),
  );
  if (row) seat.answerable = shapeOf(row.paper as unknown as Paper);
  return seat.answerable;
}

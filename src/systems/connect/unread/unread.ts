import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';

export interface Unread {
  readonly notices: number;
  readonly notifications: number;
}

/** So long a figure may be out of date; it stands on every page and is asked for once in that time. */
const KEPT_MS = 20_000;
const MOST_KEPT = 5000;

const kept = new WeakMap<Services, Map<string, { readonly unread: Unread; readonly until: number }>>();

const keptBy = (services: Services) => {
  const found = kept.get(services) ?? new Map<string, { unread: Unread; until: number }>();
  kept.set(services, found);
  return found;
};

/** What is unread, for the top bar: one look-up, and none within 20 seconds of the last one. */
export async function unreadOf(services: Services, { personId }: PersonPrincipal): Promise<Unread> {
  const now = services.clock.now();
  const all = keptBy(services);
  const before = all.get(personId);
  if (before && before.until > now.getTime()) return before.unread;
  const { rows } = await services.database.pool.query<Unread>({
    name: 'connect_unread',
    text: 'select notices, notifications from connect.unread($1, $2)',
    values: [personId, dayInLondon(now)],
  });
  const unread = rows[0] ?? { notices: 0, notifications: 0 };
  if (all.size >= MOST_KEPT) all.clear();
  all.set(personId, { unread, until: now.getTime() + KEPT_MS });
  return unread;
}

/** The person has read something: the next page counts anew. Without a person everybody's does. */
export function countAnew(services: Services, personId?: string): void {
  if (personId) keptBy(services).delete(personId);
  else keptBy(services).clear();
}

import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import type { SystemLink } from '#ui';
import { type Client, readClients } from './clients.ts';
import { obstacleTo } from './may-enter.ts';

/** Every page shows these doors, so each process reads the few clients at most once in this time. Entering asks anew. */
const KNOWN_FOR_MS = 10_000;

const known = new WeakMap<Services, { readonly at: number; readonly clients: Promise<readonly Client[]> }>();

/** Says that the clients have changed: this process reads them anew with the next page, others within 10 seconds. */
export function forgetClients(services: Services): void {
  known.delete(services);
}

function knownClients(services: Services): Promise<readonly Client[]> {
  const now = services.clock.now().getTime();
  const found = known.get(services);
  if (found && Math.abs(now - found.at) < KNOWN_FOR_MS) return found.clients;
  const clients = services.database.read(SYSTEM, (reader) => readClients(reader));
  known.set(services, { at: now, clients });
  clients.catch(() => forgetClients(services));
  return clients;
}

/** The suppliers' systems that this person may enter, for System Access. */
export async function clientLinks({ principal, services }: Context): Promise<SystemLink[]> {
  if (principal.kind !== 'person' || !principal.acting) return [];
  const clients = await knownClients(services);
  return clients
    .filter((client) => obstacleTo(client, principal) === null)
    .map(({ name, launchAddress, description, supplier }) => ({
      name,
      href: launchAddress,
      description,
      supplier,
      icon: 'key' as const,
    }));
}

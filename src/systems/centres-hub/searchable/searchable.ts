/** What the search of IMI Connect finds of Centres Hub; the entries come from `search_centres` and accounts' `search_users`. */
import type { Principal } from '#platform/permissions/principal.ts';

export const searchableUsers = {
  kind: 'user',
  name: 'Users',
  icon: 'user',
  capability: 'centres-hub.view',
  from: 'indexed',
} as const;

/** A centre's people have one centre; the awarding body's choose among all. */
export const searchableCentres = {
  kind: 'centre',
  name: 'Centres',
  icon: 'hub',
  capability: 'centres-hub.view',
  who: (principal: Principal) => principal.kind === 'person' && principal.acting?.kind === 'awarding_body',
  from: 'indexed',
} as const;

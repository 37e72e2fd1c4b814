import type { Role } from '#platform/permissions/capabilities.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';

/** Who may enter a client, as the awarding body set it. */
export interface EntryRule {
  readonly status: 'on' | 'off';
  readonly audience: Audience;
  /** Ids of the organisations, where centres are chosen. */
  readonly centres: ReadonlySet<string>;
  readonly roles: readonly Role[];
}

export const AUDIENCES = ['all_centres', 'chosen_centres', 'awarding_body'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Why somebody may not enter; the page says it, and who can help. */
export type Obstacle =
  | 'switched-off'
  | 'acts-for-nobody'
  | 'centre-not-activated'
  | 'second-factor'
  | 'not-in-audience'
  | 'role';

type Enterer = Pick<PersonPrincipal, 'acting' | 'secondFactor'>;

/** What stands in the way of a person who acts as he or she does now; null when nothing does. */
export function obstacleTo(client: EntryRule, { acting, secondFactor }: Enterer): Obstacle | null {
  if (client.status === 'off') return 'switched-off';
  if (!acting) return 'acts-for-nobody';
  if (!acting.activated) return 'centre-not-activated';
  if (secondFactor.required && !secondFactor.given) return 'second-factor';
  const inAudience =
    acting.kind === 'awarding_body'
      ? client.audience === 'awarding_body'
      : client.audience === 'all_centres' ||
        (client.audience === 'chosen_centres' && client.centres.has(acting.organisationId));
  if (!inAudience) return 'not-in-audience';
  return acting.roles.some((role) => client.roles.includes(role)) ? null : 'role';
}

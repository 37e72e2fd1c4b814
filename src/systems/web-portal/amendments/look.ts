/** What somebody looks at before a registration is changed, and that it is changed as it was shown or not at all. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { plural } from '#ui';
import { type EndingRegistration, joinedRegistrationEnders, type RegistrationEnder } from '../contributions/ending.ts';
import { type RegistrationState, STATE_WORDS } from '../registration-state/registration-state.ts';

/** The part of the Web Portal itself. */
const ownEnder: RegistrationEnder = {
  obstacles: async (reader, { registrationId, centreId }) => {
    const [row] = await reader.rows(sql<{ count: number }>`
      select count(*)::int as count from web_portal.prior_learning p
      where p.registration_id = ${registrationId} and p.centre_id = ${centreId} and p.state in ('proposed', 'confirmed', 'returned')`);
    const count = row?.count ?? 0;
    return count > 0
      ? [`${plural(count, 'claim')} of prior learning that nobody has decided: withdraw it, or wait`]
      : [];
  },
};

export const registrationEnders = (): readonly RegistrationEnder[] => [ownEnder, ...joinedRegistrationEnders()];

export interface EndPreview {
  readonly follows: readonly string[];
  readonly obstacles: readonly string[];
}

/** What the end of a registration would do, and what stands in its way. */
export async function previewEnd(reader: Pick<Reader, 'rows'>, ending: EndingRegistration): Promise<EndPreview> {
  const [follows, obstacles]: [string[], string[]] = [[], []];
  for (const ender of registrationEnders()) {
    follows.push(...((await ender.follows?.(reader, ending)) ?? []));
    obstacles.push(...((await ender.obstacles?.(reader, ending)) ?? []));
  }
  return { follows, obstacles };
}

/** A registration as far as its amendment needs it. */
export interface AmendedRegistration extends EndingRegistration {
  readonly state: RegistrationState;
  readonly stateChangedAt: Date;
  readonly candidateId: string;
  readonly candidateNumber: string;
  readonly candidateName: string;
  readonly productId: string;
  readonly versionId: string;
  readonly productTitle: string;
  readonly centre: string;
  /** YYYY-MM-DD */
  readonly programmeStart: string;
  readonly unitsAchieved: number;
  readonly unitsNeeded: number;
}

/** One in the reader's scope; of one centre when `centreId` is given. NotFound else. */
export async function amendedRegistration(
  reader: Pick<Reader, 'rows'>,
  registrationId: string,
  centreId: string | null,
): Promise<AmendedRegistration> {
  const [found] = await reader.rows(sql<AmendedRegistration>`
    select r.id as "registrationId", r.centre_id as "centreId", r.state, r.state_changed_at as "stateChangedAt",
      c.id as "candidateId", c.candidate_number as "candidateNumber", c.given_names || ' ' || c.family_name as "candidateName",
      r.product_id as "productId", r.product_version_id as "versionId", p.title as "productTitle",
      o.name || ', centre ' || o.number as centre, r.programme_start as "programmeStart",
      r.units_achieved as "unitsAchieved", r.units_needed as "unitsNeeded"
    from web_portal.registrations r
    join web_portal.published_candidates c on c.id = r.candidate_id and c.centre_id = r.centre_id
    join products.published_products p on p.id = r.product_id
    join centres_hub.published_centres o on o.id = r.centre_id
    where r.id = ${registrationId} and (${centreId}::uuid is null or r.centre_id = ${centreId}::uuid)`);
  if (!found) throw new NotFound();
  return found;
}

/** What was shown, as a digest that the form sends back. */
export function seenOf(registration: AmendedRegistration, preview: EndPreview): string {
  const { state, stateChangedAt, unitsAchieved, centreId } = registration;
  return createHash('sha256')
    .update(JSON.stringify([state, stateChangedAt, unitsAchieved, centreId, preview]))
    .digest('base64url');
}

/** Refused when it is no longer what was shown; says what it is now. */
export function refuseUnseen(registration: AmendedRegistration, preview: EndPreview, seen: string): void {
  if (seenOf(registration, preview) === seen) return;
  const { state, unitsAchieved, unitsNeeded } = registration;
  throw new Refused(
    `Something changed since you looked: the registration is ${STATE_WORDS[state].toLowerCase()} with ${unitsAchieved} of ${plural(unitsNeeded, 'unit')} achieved. Read what follows again, then send it`,
  );
}

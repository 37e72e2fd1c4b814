import { sql } from 'kysely';
import { membersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { unitsOf } from '#products';
import { recordUnitAchievement } from '#web-portal';
import { claimCertificate } from '../claim-certificate/claim.ts';
import { issueClaim, returnClaim } from '../decide-claim/decide.ts';
import { revokeCertificate } from '../revoke-certificate/revoke-certificate.ts';
import { demonstrateExtension } from './demonstrate-extension.ts';

const DAY = 86_400_000;
const MISTAKE = 'The portfolio of another candidate was signed off by mistake.';
const RETURNED = 'The signature of the internal quality assurer is missing for two units. Add it, then claim again.';

interface Planned {
  readonly centre: string;
  /** Product code; units are assessed in the portfolio, so that no test of the demonstration is touched. */
  readonly product: string;
  readonly end: 'issued' | 'revoked' | 'waiting' | 'returned';
  /** Days ago of the claim. */
  readonly daysAgo: number;
}

/** What the centres of the demonstration have claimed. Products without direct claims go to the awarding body. */
const PLAN: readonly Planned[] = [
  { centre: '04417', product: 'LMC', end: 'issued', daysAgo: 21 },
  { centre: '04417', product: 'LMD', end: 'issued', daysAgo: 9 },
  { centre: '04417', product: 'LMC', end: 'revoked', daysAgo: 16 },
  { centre: '04417', product: 'ABC', end: 'issued', daysAgo: 12 },
  { centre: '04417', product: 'LVC', end: 'waiting', daysAgo: 2 },
  { centre: '04417', product: 'ABC', end: 'returned', daysAgo: 5 },
  // An accreditation has an end: the earlier one was extended.
  { centre: '04417', product: 'EVH', end: 'issued', daysAgo: 90 },
  { centre: '04417', product: 'EVH', end: 'issued', daysAgo: 10 },
  { centre: '04426', product: 'SMC', end: 'issued', daysAgo: 7 },
];

/** Claims, issues, returns and revokes by the same actions as the pages, each at its own moment in the past. */
export async function demonstrate(services: Services): Promise<void> {
  const people = await services.database.read(SYSTEM, async (reader) => {
    const organisations = await reader.db
      .selectFrom('accounts.published_organisations')
      .select(['id', 'number', 'kind'])
      .execute();
    const body = organisations.find(({ kind }) => kind === 'awarding_body');
    const idOf = async (organisationId: string, role: string) =>
      (await membersOf(reader, organisationId)).find(({ roles }) => roles.some((held) => held.role === role))?.personId;
    const centres = new Map<string, { id: string; coordinator: string | undefined }>();
    for (const { id, number, kind } of organisations)
      if (kind === 'centre') centres.set(number, { id, coordinator: await idOf(id, 'coordinator') });
    return {
      results: body && (await idOf(body.id, 'results')),
      officer: body && (await idOf(body.id, 'officer')),
      centres,
    };
  });
  const taken = new Set<string>();
  for (const planned of PLAN) {
    const centre = people.centres.get(planned.centre);
    if (!centre?.coordinator || !people.results) continue;
    const registration = await readyRegistration(services, centre.id, planned, taken);
    if (!registration) continue;
    taken.add(registration);
    const claimed = await as(
      services,
      centre.coordinator,
      planned.daysAgo,
      (writer) =>
        claimCertificate(writer, services, {
          registrationId: registration,
          centreId: centre.id,
          personId: centre.coordinator as string,
        }),
      centre.id,
    );
    const { results } = people;
    if (planned.end === 'returned')
      await as(services, results, planned.daysAgo - 1, (writer) => returnClaim(writer, claimed.claimId, RETURNED));
    const issued =
      claimed.issued ??
      (planned.end === 'issued'
        ? await as(services, results, planned.daysAgo - 1, (writer) => issueClaim(writer, services, claimed.claimId))
        : null);
    if (planned.end === 'revoked' && issued) {
      await as(services, results, planned.daysAgo - 3, (writer) =>
        revokeCertificate(writer, { certificateId: issued.certificateId, reason: MISTAKE, mayBeClaimedAgain: false }),
      );
    }
  }
  if (people.officer) await demonstrateExtension(services, people.officer);
}

/** Acts for a person, so many days ago. */
function as<T>(
  services: Services,
  personId: string,
  daysAgo: number,
  work: (writer: Writer) => Promise<T>,
  centreId?: string,
): Promise<T> {
  return services.database.write({ kind: 'system', personId, ...(centreId ? { centreId } : {}) }, (writer) =>
    work({ ...writer, now: new Date(writer.now.getTime() - daysAgo * DAY) }),
  );
}

/** The oldest registration for a product that is in progress, with every unit recognised before the claim. */
async function readyRegistration(
  services: Services,
  centreId: string,
  { product, daysAgo }: Planned,
  taken: ReadonlySet<string>,
): Promise<string | null> {
  return services.database.write({ kind: 'system', centreId }, async (writer) => {
    const before = new Date(writer.now.getTime() - (daysAgo + 4) * DAY);
    const found = await writer.rows(sql<{ id: string; versionId: string; registeredAt: Date }>`
      select r.id, r.product_version_id as "versionId", r.registered_at as "registeredAt"
      from web_portal.published_registrations r join products.published_products p on p.id = r.product_id
      where r.centre_id = ${centreId} and p.code = ${product} and r.state = 'active' and r.registered_at < ${before}
      order by r.registered_at, r.id`);
    const registration = found.find(({ id }) => !taken.has(id));
    if (!registration) return null;
    for (const unit of await unitsOf(writer, registration.versionId)) {
      const at = new Date(writer.now.getTime() - (daysAgo + 2) * DAY);
      await recordUnitAchievement(
        { ...writer, now: at },
        {
          registrationId: registration.id,
          unitId: unit.id,
          // From the centre's earlier records: the portfolio system was not there yet.
          sourceKind: 'recognition_of_prior_learning',
          sourceId: registration.id,
          at,
        },
      );
    }
    return registration.id;
  });
}

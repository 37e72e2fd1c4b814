import { sql } from 'kysely';
import type { RegistrationEnder } from '#web-portal';

/** The part of certificates in the end of a registration: a claim is decided first. */
export const claimsEnder: RegistrationEnder = {
  obstacles: async (reader, { registrationId, centreId }) => {
    const [row] = await reader.rows(sql<{ count: number }>`
      select count(*)::int as count from certificates.claims c
      where c.registration_id = ${registrationId} and c.centre_id = ${centreId} and c.state = 'submitted'`);
    return row?.count ? ['A certificate is claimed and not decided: wait for the decision of the awarding body'] : [];
  },
};

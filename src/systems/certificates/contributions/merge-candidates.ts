import { sql } from 'kysely';
import { plural } from '#ui';
import type { CandidateMerger } from '#web-portal';

/**
 * The part of the certificates when two records of one candidate become one. They move with their registration by its
 * foreign key; what is printed on them stays, the former number among it, which leads to the record that stays.
 */
export const certificatesCandidateMerger: CandidateMerger = {
  preview: async (reader, { mergedId }) => {
    const [row] = await reader.rows(sql<{ issued: number; claims: number }>`
      select (select count(*)::int from certificates.certificates f join web_portal.published_registrations r on r.id = f.registration_id
          where r.candidate_id = ${mergedId}) as issued,
        (select count(*)::int from certificates.claims c join web_portal.published_registrations r on r.id = c.registration_id
          where r.candidate_id = ${mergedId} and c.state = 'submitted') as claims`);
    return [
      ...(row?.issued ? [`${plural(row.issued, 'certificate')}, as printed`] : []),
      ...(row?.claims ? [`${plural(row.claims, 'claim')} to be decided`] : []),
    ];
  },
};

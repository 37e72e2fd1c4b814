import type { PersonMerger } from '#accounts';

/** What of certificates names a person: only who did something then. Certificates belong to candidates. */
export const certificatesMerger: PersonMerger = {
  columns: {
    'certificates.claims.claimed_by': 'stays',
    'certificates.claims.decided_by': 'stays',
    'certificates.certificate_states.person_id': 'stays',
    'certificates.extensions.applied_by': 'stays',
  },
};

import type { PersonMerger } from '#accounts';

/** What of products names a person: who did something then. */
export const productsMerger: PersonMerger = {
  columns: {
    'products.versions.published_by': 'stays',
    'products.drafts.made_by': 'stays',
    'products.drafts.saved_by': 'stays',
    'products.date_changes.person_id': 'stays',
  },
};

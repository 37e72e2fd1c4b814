/** What the search of IMI Connect finds of the Web Portal; the entries come from the view `search_candidates`. */
export const searchableCandidates = {
  kind: 'candidate',
  name: 'Candidates',
  icon: 'users',
  capability: 'web-portal.view',
  from: 'indexed',
} as const;

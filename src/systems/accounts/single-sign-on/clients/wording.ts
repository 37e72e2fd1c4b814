import type { Passed } from './clients.ts';
import type { Audience } from './may-enter.ts';

/** What is passed on, as people read it. */
export const PASSED_WORDS: Record<Passed, { readonly short: string; readonly full: string }> = {
  name: { short: 'Name', full: 'Your given names and family name' },
  email: { short: 'Email address', full: 'Your email address, and whether you have confirmed it' },
  organisation: {
    short: 'Organisation and roles',
    full: 'The organisation you act for, its number, and your roles there',
  },
};

export const AUDIENCE_WORDS: Record<Audience, string> = {
  all_centres: 'All centres',
  chosen_centres: 'Chosen centres',
  awarding_body: 'The awarding body',
};

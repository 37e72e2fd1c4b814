/** The forms that come with the product. Definitions only: what they do when granted is the named effect. */
import type { ShippedForm } from './ask.ts';
import { CANDIDATE_FORMS } from './candidates.ts';
import { CENTRE_FORMS } from './centre.ts';
import { CONCERN_FORMS } from './concerns.ts';

export const SHIPPED_FORMS: readonly ShippedForm[] = [...CANDIDATE_FORMS, ...CENTRE_FORMS, ...CONCERN_FORMS];

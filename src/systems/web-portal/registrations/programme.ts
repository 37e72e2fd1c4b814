import type { Language } from '#products';
import type { Choice } from '../pathway-choice/choice.ts';

/** What is typed of a registration. */
export interface Programme {
  readonly productId: string;
  readonly siteId: string | null;
  /** YYYY-MM-DD */
  readonly programmeStart: string;
  readonly assessmentLanguage: Language;
  readonly orderReference: string | null;
  /** Who pays, as far as the centre says it. */
  readonly funding?: 'funded' | 'not_funded' | null;
  /** A group of the centre's own, by its name. */
  readonly cohort?: string | null;
  /** Pathway and optional units, as far as they are chosen. */
  readonly choice?: Choice | null;
}

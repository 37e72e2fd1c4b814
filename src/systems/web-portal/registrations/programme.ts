/** What is typed of a registration. */
export interface Programme {
  readonly productId: string;
  readonly siteId: string | null;
  /** YYYY-MM-DD */
  readonly programmeStart: string;
  readonly assessmentLanguage: 'en' | 'cy';
  readonly orderReference: string | null;
  /** Who pays, as far as the centre says it. */
  readonly funding?: 'funded' | 'not_funded' | null;
}

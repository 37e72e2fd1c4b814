import type { Role } from '../../src/platform/permissions/capabilities.ts';

/** A picture of a page with one thing marked in it, drawn by scripts/draw-help.ts. */
export interface HelpPicture {
  /** Its file in pictures/, without ending. */
  readonly name: string;
  /** What is to be seen, for whoever does not see it. */
  readonly alt: string;
}

export interface HelpStep {
  /** One or two sentences: what to do, and what then happens. They are also the caption of the recording. */
  readonly words: string;
  /** The page on which the step is done, as it stands in the route table. */
  readonly page: string;
  readonly picture?: HelpPicture;
}

/** One thing that people do in Centres Hub, in steps. */
export interface HelpTask {
  /** Part of its address, for good. */
  readonly slug: string;
  /** "Add a user". */
  readonly title: string;
  /** When one does it, in a sentence or two. */
  readonly summary: string;
  /** Who may do all of it. */
  readonly roles: readonly Role[];
  /** The page where it begins, without parameters. */
  readonly beginsAt: string;
  readonly steps: readonly HelpStep[];
  /** What to know besides, in sentences. */
  readonly goodToKnow: readonly string[];
}

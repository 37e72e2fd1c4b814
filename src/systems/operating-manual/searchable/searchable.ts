/** The part of the manual in the search of IMI Connect. */
import { SECTIONS, sectionHref } from '../sections/sections.ts';

export const searchableSections = {
  kind: 'manual-section',
  name: 'Manual sections',
  icon: 'book',
  capability: 'connect.search',
  from: async () =>
    SECTIONS.map(({ number, title, about, governs }) => ({
      title: `${number} ${title}`,
      detail: about,
      href: sectionHref(number),
      words: [number, title, about, ...governs].join(' '),
    })),
} as const;

/**
 * The icon set: own line drawings on a 24 by 24 grid, stroked with the current colour.
 * `icon(name)` writes a reference; the page shell finds the references in the finished page and adds
 * only those drawings once, so a page of 50 rows carries each drawing one time.
 */
import { html, type Safe, trustedHtml } from '#platform/html/html.ts';

const DRAWINGS = {
  alert: '<path d="M12 4 2.75 20h18.5z"/><path d="M12 10v4.5M12 17.25v.1"/>',
  arrow: '<path d="M5 12h14M13 6l6 6-6 6"/>',
  award: '<circle cx="12" cy="9" r="5.5"/><path d="m8.5 13.5-1.5 7.5 5-2.5 5 2.5-1.5-7.5"/>',
  bell: '<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15z"/><path d="M10 20.5a2.2 2.2 0 0 0 4 0"/>',
  book: '<path d="M4 5.5c3-1.3 5.7-1 8 .8 2.3-1.8 5-2.1 8-.8v13c-3-1.3-5.7-1-8 .8-2.3-1.8-5-2.1-8-.8z"/><path d="M12 6.5v12.5"/>',
  cal: '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>',
  cc: '<rect x="3" y="5.5" width="18" height="13" rx="2"/><path d="M10.5 10.5a2 2 0 1 0 0 3M17 10.5a2 2 0 1 0 0 3"/>',
  chart: '<path d="M4 4v16h16"/><path d="M8.5 16v-4M12.5 16V8M16.5 16v-6"/>',
  chat: '<path d="M4 5.5h16v11h-8.5L7 20.5v-4H4z"/>',
  check: '<path d="m5 12.5 4.5 4.5L19.5 7"/>',
  chev: '<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.25l3.5 2"/>',
  doc: '<path d="M6 3.5h8l4.5 4.5v12.5H6z"/><path d="M14 3.5V8h4.5M9 12.5h6M9 16h6"/>',
  download: '<path d="M12 4.5v11M7.5 11l4.5 4.5 4.5-4.5M4.5 15.5v4h15v-4"/>',
  edit: '<path d="M4.5 19.5v-4L16 4l4 4L8.5 19.5z"/>',
  filter: '<path d="M4 6h16M7 12h10M10 18h4"/>',
  flag: '<path d="M6 21V4M6 4.5h11.5l-2.5 4 2.5 4H6"/>',
  folder: '<path d="M3.5 6.5h6l2 2.5h9v10.5h-17z"/><path d="m9 14.25 2.25 2.25L15.5 12"/>',
  full: '<path d="M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15"/>',
  grid: '<rect x="4" y="4" width="6.5" height="6.5" rx="1.5"/><rect x="13.5" y="4" width="6.5" height="6.5" rx="1.5"/><rect x="4" y="13.5" width="6.5" height="6.5" rx="1.5"/><circle cx="16.75" cy="16.75" r="3.25"/>',
  hub: '<path d="M4 20.5V9l8-5.5L20 9v11.5z"/><path d="M9.5 20.5v-6h5v6"/>',
  info: '<circle cx="12" cy="12" r="8.75"/><path d="M12 11v5.5M12 7.6v.1"/>',
  key: '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.5M16 7.5l3 3"/>',
  left: '<path d="M19 12H5M11 6l-6 6 6 6"/>',
  lock: '<rect x="5" y="11" width="14" height="9.5" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
  monitor: '<rect x="3" y="4.5" width="18" height="12" rx="1.5"/><path d="M8.5 20.5h7M12 16.5v4"/>',
  nowifi:
    '<path d="M3 3.5l18 17M3 9.5c1.7-1.6 3.7-2.6 5.8-3.1M21 9.5a13 13 0 0 0-7.5-3.4M6.25 13a8.3 8.3 0 0 1 5-2.2M9.4 16.4c1.5-1.3 3.7-1.3 5.2 0M12 19.5v.1"/>',
  pause: '<path d="M8.5 5.5v13M15.5 5.5v13"/>',
  play: '<path d="M7.5 5v14l11.5-7z"/>',
  pound: '<path d="M17 7.5A4.2 4.2 0 0 0 9 9.5c0 4 1 6.5-2.5 9.5H17.5M6.5 13h7.5"/>',
  print: '<path d="M7 8.5V3.5h10v5M7 17H4V8.5h16V17h-3"/><path d="M7 14h10v6.5H7z"/>',
  search: '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
  shield:
    '<path d="M12 3.5 4.5 6v5.5c0 4.5 3 7.7 7.5 9.5 4.5-1.8 7.5-5 7.5-9.5V6z"/><path d="m8.75 12 2.5 2.5 4.25-4.75"/>',
  sortup: '<path d="M12 19V5M7 10l5-5 5 5"/>',
  sort: '<path d="M12 5v14M7 14l5 5 5-5"/>',
  sun: '<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"/>',
  text: '<path d="M4 18.5 9 5.5l5 13M5.7 14.5h6.6M15.5 18.5l2.75-7.5L21 18.5M16.5 16h3.5"/>',
  upload: '<path d="M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4.5 15.5v4h15v-4"/>',
  user: '<circle cx="12" cy="8" r="3.75"/><path d="M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>',
  users:
    '<circle cx="9" cy="8.5" r="3.25"/><path d="M3 19.5c.5-3.6 3-5.5 6-5.5s5.5 1.9 6 5.5"/><path d="M15.5 5.5a3.25 3.25 0 0 1 0 6M17.5 14.5c2 .7 3.2 2.4 3.5 5"/>',
  video: '<rect x="3" y="6" width="12.5" height="12" rx="2"/><path d="m15.5 10.5 5.5-3v9l-5.5-3"/>',
  wifi: '<path d="M3 9.5c5-4.7 13-4.7 18 0M6.25 13c3.2-3 8.3-3 11.5 0M9.4 16.4c1.5-1.3 3.7-1.3 5.2 0"/><path d="M12 19.5v.1"/>',
  x: '<path d="M6 6l12 12M18 6 6 18"/>',
} as const;

/** The name of an icon of the set. */
export type IconName = keyof typeof DRAWINGS;

/** Every icon name, for tests and for islands that add icons later. */
export const iconNames = Object.keys(DRAWINGS) as IconName[];

/** A decorative icon, hidden from assistive technology: words beside it carry the meaning. */
export function icon(name: IconName): Safe {
  return html`<svg class="i" aria-hidden="true"><use href="#i-${name}"/></svg>`;
}

/** The drawings that `page` refers to, and any `extra` ones that an island of the page adds later. */
export function iconSymbols(page: Safe, extra: readonly IconName[] = []): Safe {
  const used = new Set<string>(extra);
  for (const match of page.text.matchAll(/<use href="#i-([a-z]+)"/g)) used.add(match[1] as string);
  let symbols = '';
  for (const name of used) {
    const drawing = DRAWINGS[name as IconName];
    if (drawing) symbols += `<symbol id="i-${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
  }
  // Names and drawings are constants of this file.
  return trustedHtml(
    symbols && `<svg class="govuk-visually-hidden" width="0" height="0" aria-hidden="true">${symbols}</svg>`,
  );
}

/** What a page shell needs to know. Plain data: the HTTP layer fills it once per request. */
import type { Safe } from '#platform/html/html.ts';
import type { Brand } from '#platform/settings/brand.ts';
import type { IconName } from '../icons.ts';

/** A door in System Access. */
export interface SystemLink {
  name: string;
  href: string;
  description: string;
  icon: IconName;
  /** Who runs it, where the link leads to the site of another supplier. */
  supplier?: string;
  /** One line of news, if the server knows any. `calm` news ask for nothing. */
  status?: { text: string; calm?: boolean } | undefined;
}

/** One for whom a person may act: an organisation to which he or she belongs, or `self`. */
export interface ActingChoice {
  value: string;
  /** "Northgate Motor Training", "Myself". */
  name: string;
  /** The number of a centre. */
  centreNumber: string | null;
  /** The roles held there, in words: "Invigilator, Assessor". */
  roles: string;
}

export interface ActingMenu {
  current: ActingChoice;
  /** All of them, the current one included. */
  choices: readonly ActingChoice[];
}

export interface ShellContext {
  brand: Brand;
  /** The reader's choice from the cookie `theme`; null follows the device. */
  theme: 'light' | 'dark' | null;
  /** Path and query of this page, as requested. */
  path: string;
  /** Whoever is logged in. */
  person: { name: string; href: string } | null;
  /** The organisation the person acts for. `label` stands before its number, as in "centre 04417". */
  organisation: { name: string; label: string; number: string } | null;
  /** For whom the person acts, and for whom else he or she may; left out when nobody is logged in. */
  acting?: ActingMenu | undefined;
  /** When the log-in session ends if nothing is asked for. */
  sessionEnd?: { secondsLeft: number; final: boolean } | undefined;
  /** The systems this person may open, in the order of System Access. */
  systems: readonly SystemLink[];
  unreadNotices: number;
  /** Where the notices are. The top bar shows Notices only when this is given. */
  noticesHref?: string | undefined;
  /** Where the search is. The top bar of staff has a search box only when this is given. */
  searchHref?: string | undefined;
  /** The manual section or help page that belongs to this page. */
  helpHref: string;
}

/** Looks up the hashed URL of an asset by its plain name, such as `theme.css`. */
export interface AssetUrls {
  url(name: string): string;
}

/** A tab of a system. The current one is the longest `href` that the path of the page starts with. */
export interface Tab {
  href: string;
  label: string;
}

export interface PageOptions {
  /** What the page is, without the name of the service: "Candidates". */
  title: string;
  shell: ShellContext;
  /** The nonce of the content security policy of this answer; empty when the policy allows this site's own files. */
  nonce: string;
  assets: AssetUrls;
  /** True when a form on the page came back with errors: the title then says so first. */
  hasErrors?: boolean;
  /** Islands of this page beside the general one, by asset name: `['live-board.js']`. */
  scripts?: readonly string[];
  /** The page has form controls with behaviour (password reveal, character count, error summary). */
  form?: boolean;
  /** Icons that an island adds later. */
  icons?: readonly IconName[];
  /** Extra elements for the head. */
  head?: Safe;
  /** Keep the page out of search engines. Staff and exam pages always are. */
  noIndex?: boolean;
}

export interface StaffPageOptions extends PageOptions {
  /** The system the page belongs to and its tabs (6 at most). */
  system?: { name: string; tabs?: readonly Tab[] };
}

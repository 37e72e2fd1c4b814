/** What the home page asks of every system: each offers a function, `application.ts` joins them here. */
import type { Context } from '#platform/http/context.ts';
import type { AttentionItem, SystemLink } from '#ui';
import { noticesAttention } from './home/own-news.ts';

/** One row of "Needs attention": what, why, whose move, until when, one button. */
export type Attention = AttentionItem;

/** One test of today. */
export interface TestToday {
  readonly at: Date;
  readonly title: string;
  readonly room: string;
  readonly state: 'planned' | 'open' | 'closed' | 'cancelled';
  readonly href: string;
  readonly finished: number;
  readonly candidates: number;
}

/** A card on a candidate's or member's own home page. */
export interface OwnCard {
  readonly title: string;
  readonly rows: readonly { readonly what: string; readonly detail: string; readonly href?: string }[];
  readonly empty: string;
}

export interface Contributions {
  readonly attention: readonly ((context: Context) => Promise<readonly Attention[]>)[];
  readonly testsToday: readonly ((context: Context) => Promise<readonly TestToday[]>)[];
  readonly own: readonly ((context: Context) => Promise<OwnCard | null>)[];
  /** Doors of System Access beside our own systems. Asked for every page: must cost no round trip of its own. */
  readonly systemLinks: readonly ((context: Context) => Promise<readonly SystemLink[]>)[];
}

let joined: Contributions = { attention: [], testsToday: [], own: [], systemLinks: [] };

/** Called once by the composition root. */
export function joinContributions(contributions: Contributions): void {
  joined = contributions;
}

async function gather<T>(functions: readonly ((context: Context) => Promise<T>)[], context: Context): Promise<T[]> {
  return Promise.all(functions.map((contribute) => contribute(context)));
}

/** What needs this person, most urgent first. */
export async function attentionFor(context: Context): Promise<Attention[]> {
  return (await gather([...joined.attention, noticesAttention], context)).flat().sort((a, b) => a.urgency - b.urgency);
}

export async function testsTodayFor(context: Context): Promise<TestToday[]> {
  return (await gather(joined.testsToday, context)).flat().sort((a, b) => a.at.getTime() - b.at.getTime());
}

export async function ownCardsFor(context: Context): Promise<OwnCard[]> {
  return (await gather(joined.own, context)).filter((card) => card !== null);
}

export async function systemLinksFor(context: Context): Promise<SystemLink[]> {
  return (await gather(joined.systemLinks, context)).flat();
}

/** What can be searched: each system says so of its own records, `application.ts` joins them. */
import type { Context } from '#platform/http/context.ts';
import type { Capability } from '#platform/permissions/capabilities.ts';
import { may, type Principal } from '#platform/permissions/principal.ts';
import type { IconName } from '#ui';

/** One thing that was found. */
export interface Entry {
  readonly title: string;
  readonly detail: string;
  readonly href: string;
}

/** Records of one kind that can be found by whoever has the capability. */
export interface Searchable {
  /** In addresses, and for `indexed` ones the kind in `platform.search_kinds`. */
  readonly kind: string;
  /** In the plural: "Candidates". */
  readonly name: string;
  readonly icon: IconName;
  readonly capability: Capability;
  /** Of those who have the capability, who finds them; without it, all of them. */
  readonly who?: (principal: Principal) => boolean;
  /**
   * `indexed`: the entries stand in the search table. Else a function lists the few there are for this person, each with
   * the words it is found by and the key that finds it when typed whole.
   */
  readonly from:
    | 'indexed'
    | ((context: Context) => Promise<readonly (Entry & { readonly words: string; readonly key?: string })[]>);
  /** The key that entries are found by only when all of it was typed, or null for what is no such key. */
  readonly keyIn?: (typed: string) => string | null;
  /** Where an entry leads for this person, when not to its own address. */
  readonly addressFor?: (principal: Principal, entry: Entry) => string;
}

let joined: readonly Searchable[] = [];

/** Called once by the composition root; results stand in this order. */
export function joinSearchables(searchables: readonly Searchable[]): void {
  joined = searchables;
}

/** The kinds that this person may find, in order. */
export function searchablesFor(principal: Principal): readonly Searchable[] {
  return joined.filter(({ capability, who }) => may(principal, capability) && (who?.(principal) ?? true));
}

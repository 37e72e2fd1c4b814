/** Draws a test form from a bank by blueprint: "so many from each group". Pure: the same seed gives the same form. */
import { type Seed, SeededNumbers, seedFor } from './seeded.ts';

export type Blueprint = {
  readonly parts: readonly { readonly group: string; readonly take: number }[];
  /** `blueprint`: questions follow the parts; `shuffled`: the whole form is mixed. Default `blueprint`. */
  readonly questionOrder?: 'blueprint' | 'shuffled';
};

/** One question that may be drawn. `ref` is the caller's key for it, unique in the bank. */
export type BankEntry = { readonly ref: string; readonly group?: string | null | undefined };

export type Shortage = { readonly group: string; readonly wanted: number; readonly available: number };

/** A form (`refs` in the order of the paper), or why none can be drawn: each group that is too small, in one sentence each. */
export type Drawn =
  | { readonly ok: true; readonly refs: readonly string[] }
  | { readonly ok: false; readonly shortages: readonly Shortage[]; readonly message: string };

/**
 * Draws without replacement; every question of a group is equally likely. The order of `bank` does not matter.
 * @throws RangeError when the blueprint itself makes no sense (no parts, a group named twice, a number that is not a
 * whole number of 1 or more) or the bank names a question twice: mistakes of the caller, not of the data.
 */
export function drawForm(blueprint: Blueprint, bank: readonly BankEntry[], seed: Seed): Drawn {
  const groups = new Set(blueprint.parts.map((part) => part.group));
  if (blueprint.parts.length === 0) throw new RangeError('A blueprint has at least one part');
  if (groups.size !== blueprint.parts.length) throw new RangeError('A blueprint names each group once');
  const byGroup = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const entry of bank) {
    if (seen.has(entry.ref)) throw new RangeError(`The bank names ${entry.ref} twice`);
    seen.add(entry.ref);
    if (entry.group === null || entry.group === undefined || !groups.has(entry.group)) continue;
    const list = byGroup.get(entry.group);
    if (list) list.push(entry.ref);
    else byGroup.set(entry.group, [entry.ref]);
  }
  const shortages: Shortage[] = [];
  const refs: string[] = [];
  for (const { group, take } of blueprint.parts) {
    if (!Number.isInteger(take) || take < 1) throw new RangeError(`Group ${group}: take a whole number, 1 or more`);
    const available = (byGroup.get(group) ?? []).sort();
    if (available.length < take) shortages.push({ group, wanted: take, available: available.length });
    else refs.push(...new SeededNumbers(seedFor(seed, 'draw', group)).shuffled(available).slice(0, take));
  }
  if (shortages.length > 0) return { ok: false, shortages, message: shortages.map(sentence).join(' ') };
  if (blueprint.questionOrder !== 'shuffled') return { ok: true, refs };
  return { ok: true, refs: new SeededNumbers(seedFor(seed, 'order')).shuffled(refs) };
}

function sentence({ group, wanted, available }: Shortage): string {
  const has = available === 0 ? 'no questions' : available === 1 ? '1 question' : `${available} questions`;
  return `Group ${group} has ${has} and the blueprint asks for ${wanted}: add questions to the group or ask for fewer.`;
}

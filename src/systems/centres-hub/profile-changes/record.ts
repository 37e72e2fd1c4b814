import type { Writer } from '#platform/database/database.ts';
import { brand } from '#platform/settings/brand.ts';
import { profileChanged } from '../centre-audit.ts';

/** Who acts, as it is kept beside what was done: a centre cannot read the names of the awarding body's people later. */
export function whoActs({ principal }: Pick<Writer, 'principal'>): string {
  if (principal.kind !== 'person') return brand.name;
  const name = `${principal.givenNames} ${principal.familyName}`;
  return principal.acting?.kind === 'awarding_body' ? `${name}, ${principal.acting.name}` : name;
}

/** One thing that reads differently on the profile from now on. */
export interface ProfileChange {
  /** "Telephone", "Contact: finance". */
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Adds to the history of the profile and to the ledger, in the transaction of the change. What did not change is left out; returns how many did. */
export async function recordProfileChanges(
  writer: Writer,
  centreId: string,
  changes: readonly ProfileChange[],
  requestId: string | null = null,
): Promise<number> {
  const real = changes.filter(({ before, after }) => before !== after);
  if (real.length === 0) return 0;
  await writer.db
    .insertInto('centres_hub.profile_changes')
    .values(
      real.map(({ what, before, after }) => ({
        centre_id: centreId,
        at: writer.now,
        person_id: writer.identity.personId,
        who: whoActs(writer),
        what,
        before,
        after,
        request_id: requestId,
      })),
    )
    .execute();
  const plain = real.map(({ what, before, after }) => ({ what, before, after }));
  await writer.audit(profileChanged, { kind: 'centre', id: centreId }, { changes: plain }, centreId);
  return real.length;
}

import { createHash } from 'node:crypto';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { peopleMerged } from '../administration/audit.ts';
import { lockPeople, type PersonRecord, personRecord } from '../administration/records.ts';
import { administrationProblem } from '../administration/rules.ts';
import { endSessionsOf } from '../sessions/open-session.ts';
import { mergedMail } from './mail.ts';
import { joinedMergers, type Merge, type MergeLine } from './merger.ts';
import { ownMerger } from './own-merger.ts';

export interface MergePreview {
  readonly kept: PersonRecord;
  readonly merged: PersonRecord;
  /** The username and address that stay. */
  readonly username: string | null;
  readonly email: string | null;
  readonly lines: readonly MergeLine[];
  /** Why it cannot be done, or null. */
  readonly problem: string | null;
  /** What this look showed, as a digest: the merge is done as it was shown or not at all. */
  readonly seen: string;
}

/** Every column of the database that names a person, and what a merge does with it. */
export function personColumns(): Readonly<Record<string, 'moves' | 'stays'>> {
  return Object.assign({}, ...[ownMerger, ...joinedMergers()].map(({ columns }) => columns));
}

/** The address that stays: a confirmed one, that of the record that stays first. */
function addressThatStays(kept: PersonRecord, merged: PersonRecord): PersonRecord {
  if (kept.emailConfirmedAt || !merged.emailConfirmedAt) return kept.email === null ? merged : kept;
  return merged;
}

function mergeProblem(actor: PersonPrincipal, kept: PersonRecord, merged: PersonRecord): string | null {
  if (kept.id === merged.id) return 'This is one record. Choose another one of the same person';
  for (const one of [kept, merged]) {
    if (one.status === 'merged')
      return `The record of ${one.name} was merged into another one. Find the person under People`;
    const problem = administrationProblem(actor, one);
    if (problem) return problem;
    if (one.status === 'suspended') return `The account of ${one.name} is suspended. Lift the suspension first`;
  }
  return null;
}

/** What would happen. 404 for an id that names nobody. With the system's rights. */
export async function previewMerge(
  reader: Reader,
  services: Services,
  actor: PersonPrincipal,
  merge: Merge,
): Promise<MergePreview> {
  const kept = await personRecord(reader, merge.keptId);
  const merged = await personRecord(reader, merge.mergedId);
  const problem = mergeProblem(actor, kept, merged);
  const lines: MergeLine[] = [];
  if (!problem) {
    for (const merger of [ownMerger, ...joinedMergers()]) {
      lines.push(...((await merger.preview?.(reader, merge, services)) ?? []));
    }
  }
  const stays = { username: kept.username ?? merged.username, email: addressThatStays(kept, merged).email };
  const seen = createHash('sha256')
    .update(JSON.stringify([merge, stays, lines]))
    .digest('base64url');
  return { kept, merged, ...stays, lines, problem, seen };
}

/**
 * Makes one person of two records, in the caller's transaction of the system. Refused when a rule says no, or when
 * something changed since the look that `seen` names; two merges of the same records wait for one another.
 */
export async function mergePeople(
  writer: Writer,
  services: Services,
  actor: PersonPrincipal,
  { keptId, mergedId, reason, seen }: Merge & { readonly reason: string; readonly seen: string },
): Promise<void> {
  const merge = { keptId, mergedId };
  if (keptId === mergedId) throw new NotFound();
  await lockPeople(writer, keptId, mergedId);
  const preview = await previewMerge(writer, services, actor, merge);
  if (preview.problem) throw new Refused(preview.problem);
  if (preview.seen !== seen) {
    throw new Refused('Something changed since you looked. Read again what happens, then merge the records');
  }
  for (const merger of [ownMerger, ...joinedMergers()]) await merger.move?.(writer, merge, services);
  const { kept, merged } = preview;
  await endSessionsOf(writer, mergedId, 'merged');
  await endSessionsOf(writer, keptId, 'merged');
  await moveLogIn(writer, kept, merged);
  const { db, now } = writer;
  await db
    .insertInto('accounts.merges')
    .values({
      merged_person_id: mergedId,
      kept_person_id: keptId,
      at: now,
      merged_by: actor.personId,
      reason,
      email: merged.email,
      email_confirmed_at: merged.emailConfirmedAt,
    })
    .execute();
  const moved = preview.lines.map(({ what }) => what);
  await writer.audit(peopleMerged, { kind: 'person', id: keptId }, { mergedId, reason, moved });
  for (const to of new Set([kept.email, merged.email])) {
    if (to)
      await writer.mail({
        to,
        personId: keptId,
        ...mergedMail({ name: kept.name, username: preview.username, email: preview.email }),
      });
  }
}

/** Username and address: the record that stays keeps its own, and takes the other's where it has none. */
async function moveLogIn({ db }: Writer, kept: PersonRecord, merged: PersonRecord): Promise<void> {
  const email = addressThatStays(kept, merged);
  // A confirmed address belongs to one person: first off the merged record, then to the other.
  await db
    .updateTable('accounts.people')
    .set({ status: 'merged', merged_into: kept.id, email: null, email_confirmed_at: null })
    .where('id', '=', merged.id)
    .execute();
  await db
    .updateTable('accounts.people')
    .set({ email: email.email, email_confirmed_at: email.emailConfirmedAt })
    .where('id', '=', kept.id)
    .execute();
  if (kept.username === null && merged.username !== null) {
    await db
      .updateTable('accounts.credentials')
      .set({ person_id: kept.id })
      .where('person_id', '=', merged.id)
      .execute();
  }
}

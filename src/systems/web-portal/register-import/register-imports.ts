/** The job that registers the rows of confirmed files: each file in one transaction, all of its ready rows or none. */
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { writeNotification } from '#platform/notifications/write-notification.ts';
import type { SystemPrincipal } from '#platform/permissions/principal.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { plural } from '#ui';
import { addCandidates } from '../candidates/add-candidates.ts';
import { lockCandidatesOf, numbersOf } from '../candidates/candidates.ts';
import { type JudgedRow, judgeRows, storeJudged } from '../imports/check-rows.ts';
import { importHref } from '../imports/import-page.ts';
import { changeImport, type Import, lockImport, rowsOf } from '../imports/imports.ts';
import type { RowEntry } from '../imports/row-entry.ts';
import { importEnded } from '../notifications.ts';
import { registerMany } from '../registrations/register.ts';

/** So many are written at a time; between them the progress is told. */
const AT_ONCE = 500;

/** Registers every file that waits for it, the longest waiting first. What fails stays as it was, and is tried again. */
export async function registerImports(services: Services): Promise<void> {
  const waiting = await services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ id: string; centreId: string; personId: string | null }>`
      select id, centre_id as "centreId", confirmed_by as "personId" from web_portal.imports
      where state = 'registering' order by confirmed_at`),
  );
  const failures: unknown[] = [];
  for (const { id, centreId, personId } of waiting) {
    const principal: SystemPrincipal = {
      kind: 'system',
      centreId,
      actingOrganisationId: centreId,
      ...(personId ? { personId } : {}),
    };
    const progress = (done: number) => tellProgress(services, id, done);
    await services.database
      .write(principal, (writer) => registerImport(writer, id, centreId, progress))
      .catch((error: unknown) =>
        // What a rule refuses would be refused for ever; what broke may succeed at the next try.
        error instanceof Refused
          ? services.database.write(principal, (writer) => giveBack(writer, id, centreId, error))
          : void failures.push(error),
      );
  }
  if (failures.length > 0) throw failures[0];
}

/** In a transaction of its own: others see it while the rows are still being written. */
async function tellProgress(services: Services, importId: string, done: number): Promise<void> {
  await services.database.write(SYSTEM, (writer) =>
    writer.rows(sql`update web_portal.import_progress set done = ${done} where import_id = ${importId}`),
  );
}

/**
 * Registers the ready rows of one import. They are judged anew under lock: where the centre may not register any more, or
 * a row is not what it was, nothing is registered and the import goes back to be looked at, with the reason.
 */
async function registerImport(
  writer: Writer,
  importId: string,
  centreId: string,
  progress: (done: number) => Promise<void>,
): Promise<void> {
  const from = await lockImport(writer, importId, centreId);
  // Another process was first.
  if (from.state !== 'registering') return;
  await lockCandidatesOf(writer, centreId);
  const rows = await rowsOf(writer, from);
  const judged = await judgeRows(writer, from, rows);
  const wanted = judged.filter(({ row }) => row.state === 'ready');
  const changed = wanted.filter(({ state }) => state !== 'ready');
  if (changed.length > 0) return refuse(writer, from, judged, changed);
  const registrationIds = await write(writer, from, wanted, progress);
  await writer.rows(sql`
    update web_portal.import_rows r set registration_id = m.id
    from unnest(${wanted.map(({ row }) => row.number)}::int[], ${registrationIds}::uuid[]) as m (number, id)
    where r.import_id = ${from.id} and r.centre_id = ${centreId} and r.row_number = m.number`);
  await writer.db
    .updateTable('web_portal.imports')
    .set({ registered_at: writer.now, registered_count: wanted.length })
    .where('id', '=', from.id)
    .where('centre_id', '=', centreId)
    .execute();
  await changeImport(writer, from, 'register', plural(wanted.length, 'candidate'));
  await tell(
    writer,
    from,
    `${plural(wanted.length, 'candidate is', 'candidates are')} registered`,
    `All ready rows of ${from.fileName} are registered.`,
  );
}

async function write(
  writer: Writer,
  { centreId }: Import,
  wanted: readonly JudgedRow[],
  progress: (done: number) => Promise<void>,
): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const part = wanted.slice(at, at + AT_ONCE);
    const entries = part.map(({ entry }) => entry as RowEntry);
    const added = await addCandidates(
      writer,
      centreId,
      part.flatMap(({ candidateId, warnings }, place) =>
        candidateId === null
          ? [
              {
                entry: (entries[place] as RowEntry).candidate,
                saidToBeAnotherThan: warnings.flatMap((one) => one.candidateId ?? []),
              },
            ]
          : [],
      ),
    );
    const numbers = await numbersOf(
      writer,
      centreId,
      part.flatMap(({ candidateId }) => candidateId ?? []),
    );
    let next = 0;
    const made = await registerMany(
      writer,
      centreId,
      part.map(({ candidateId }, place) => {
        const { candidate, programme } = entries[place] as RowEntry;
        const name = `${candidate.givenNames} ${candidate.familyName}`;
        const person =
          candidateId === null
            ? (added[next++] as { id: string; number: string })
            : { id: candidateId, number: numbers.get(candidateId) ?? '' };
        return { candidate: { ...person, name }, programme };
      }),
    );
    if (!made.ok) throw new Refused(made.problems.map(({ problem }) => problem));
    ids.push(...made.ids);
    await progress(ids.length);
  }
  return ids;
}

/** Back to be looked at, with the sentence of a rule that refused what all rows together would have done. */
async function giveBack(writer: Writer, importId: string, centreId: string, refused: Refused): Promise<void> {
  const from = await lockImport(writer, importId, centreId);
  if (from.state === 'registering') await goBack(writer, from, `Nothing was registered. ${refused.message}`);
}

/** Back to be looked at, with the reason of the first row in a sentence. */
async function refuse(
  writer: Writer,
  from: Import,
  judged: readonly JudgedRow[],
  changed: readonly JudgedRow[],
): Promise<void> {
  const [first] = changed as [JudgedRow, ...JudgedRow[]];
  const why = first.faults[0]?.message ?? 'it asks something that it did not ask before';
  const more =
    changed.length > 1 ? ` The same or another reason stands at ${plural(changed.length - 1, 'more row')}.` : '';
  const refusal = `Row ${first.row.number} cannot be registered any more: ${why.replace(/\.$/, '')}.${more}`;
  await storeJudged(writer, from, judged);
  await goBack(writer, from, refusal);
}

async function goBack(writer: Writer, from: Import, refusal: string): Promise<void> {
  await writer.db
    .updateTable('web_portal.imports')
    .set({ refusal })
    .where('id', '=', from.id)
    .where('centre_id', '=', from.centreId)
    .execute();
  await changeImport(writer, from, 'refuse', refusal);
  await tell(writer, from, 'Nothing of a file of candidates was registered', `${from.fileName}: ${refusal}`);
}

/** Whoever confirmed it may have left the page: told though it is his or her own act. */
async function tell(writer: Writer, from: Import, subject: string, body: string): Promise<void> {
  if (!from.confirmedBy) return;
  await writeNotification(writer.db, { ...writer.identity, personId: null }, writer.now, {
    kind: importEnded,
    personIds: [from.confirmedBy],
    subject,
    body,
    href: importHref(from),
    organisationId: from.centreId,
  });
}

/** Corrections of the demonstration: one that was done at once, one for an officer to decide. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { demonstrationPdf } from '../prior-learning/demonstrate.ts';
import type { Values } from './amendment-rule.ts';
import { noteAmendment, storeAmendmentFiles } from './amendments.ts';
import { applyAmendment, lockDetails, type StoredDetails } from './apply-amendment.ts';

const DAY = 86_400_000;

/** Writes them for a centre, as its administrator would have. */
export async function demonstrateAmendments(system: Writer, centreId: string): Promise<void> {
  const at = (daysAgo: number): Writer => ({ ...system, now: new Date(system.now.getTime() - daysAgo * DAY) });
  const [done] = await candidates(system, centreId, 'active');
  if (done) {
    const writer = at(6);
    const stored = await lockDetails(writer, done.id);
    const after = { postcode: 'ZZ4 4QT' };
    const changes = { before: { postcode: stored.postcode }, after };
    const one = await write(writer, centreId, stored, {
      ...changes,
      state: 'done',
      reason: 'Moved house in the summer',
    });
    await noteAmendment(writer, one, { act: 'do', side: 'centre', words: 'Moved house in the summer' });
    await applyAmendment(writer, stored, { ...changes, ...one, how: 'done' });
  }
  // Completed: a certificate of that time carries the name.
  const [certified] = await candidates(system, centreId, 'completed');
  if (!certified) return;
  const writer = at(1);
  const stored = await lockDetails(writer, certified.id);
  const reason = 'Married in September; the certificate of marriage is attached';
  const one = await write(writer, centreId, stored, {
    before: { familyName: stored.familyName },
    after: { familyName: `${stored.familyName}-Hale` },
    state: 'asked',
    reason,
  });
  await noteAmendment(writer, one, { act: 'ask', side: 'centre', words: reason });
  const content = demonstrationPdf('Certificate of marriage, invented');
  await storeAmendmentFiles(writer, one, [
    {
      field: 'evidence',
      name: 'marriage.pdf',
      content,
      sha256: createHash('sha256').update(content).digest(),
      kind: { mediaType: 'application/pdf', name: 'PDF', endings: ['.pdf'] },
      tooLarge: false,
    },
  ]);
}

/** The last of a centre's candidates with a registration in a state: the first ones have stories of their own. */
const candidates = (writer: Writer, centreId: string, state: string) =>
  writer.rows(sql<{ id: string }>`
    select c.id from web_portal.centre_candidates j join web_portal.candidates c on c.id = j.candidate_id
    where j.centre_id = ${centreId} and c.person_id is null
      and exists (select from web_portal.registrations r where r.candidate_id = c.id and r.state = ${state})
    order by c.candidate_number desc limit 1`);

async function write(
  writer: Writer,
  centreId: string,
  stored: StoredDetails,
  asked: { before: Values; after: Values; state: 'done' | 'asked'; reason: string },
): Promise<{ readonly id: string; readonly centreId: string }> {
  const { id } = await writer.db
    .insertInto('web_portal.candidate_amendments')
    .values({
      centre_id: centreId,
      candidate_id: stored.id,
      before: JSON.stringify(asked.before),
      after: JSON.stringify(asked.after),
      reason: asked.reason,
      state: asked.state,
      asked_at: writer.now,
      asked_by: writer.identity.personId as string,
      state_changed_at: writer.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, centreId };
}

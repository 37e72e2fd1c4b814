/** Prior learning of the demonstration: one claim to confirm, one to decide. */
import { createHash } from 'node:crypto';
import type { Writer } from '#platform/database/database.ts';
import { unitsOf } from '#products';
import { noteEvent, storeEvidence } from './change-prior-learning.ts';

/** A file of one page that says what it is. */
export function demonstrationPdf(text: string): Buffer {
  const line = `BT /F 14 Tf 60 760 Td (${text}) Tj ET`;
  return Buffer.from(
    [
      '%PDF-1.4',
      '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
      '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj',
      `4 0 obj<</Length ${line.length}>>stream\n${line}\nendstream endobj`,
      '5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj',
      'trailer<</Root 1 0 R>>',
      '%%EOF',
    ].join('\n'),
  );
}
const EVIDENCE = demonstrationPdf('Reference of an employer, invented');

const STORIES = [
  {
    grounds:
      'Four years in a body shop. The reference names the work week by week; the photographs show it from the bare metal to the clear coat.',
    confirmed: false,
  },
  {
    grounds:
      'Did this unit in the army in 2024 and has used it daily since. The record of training lists every learning outcome with the date on which it was assessed.',
    confirmed: true,
  },
] as const;

/** Writes them for a centre, as its assessor and its quality assurer would have. */
export async function demonstratePriorLearning(
  writer: Writer,
  centreId: string,
  people: { readonly assessor: string; readonly iqa: string },
): Promise<void> {
  const open = await writer.db
    .selectFrom('web_portal.registrations')
    .select(['id', 'product_version_id'])
    .where('centre_id', '=', centreId)
    .where('state', '=', 'active')
    .where('units_achieved', '=', 0)
    .where('units_needed', '>', 3)
    .orderBy('registered_at')
    .limit(STORIES.length)
    .execute();
  const as = (personId: string): Writer => ({ ...writer, identity: { ...writer.identity, personId, centreId } });
  for (const [index, registration] of open.entries()) {
    const story = STORIES[index];
    const unit = (await unitsOf(writer, registration.product_version_id)).at(-1 - index);
    if (!story || !unit) continue;
    const { id } = await writer.db
      .insertInto('web_portal.prior_learning')
      .values({
        centre_id: centreId,
        registration_id: registration.id,
        unit_id: unit.id,
        kind: 'recognition_of_prior_learning',
        grade: 'pass',
        grounds: story.grounds,
        state: story.confirmed ? 'confirmed' : 'proposed',
        proposed_at: writer.now,
        proposed_by: people.assessor,
        state_changed_at: writer.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const one = { id, centreId };
    const kind = { mediaType: 'application/pdf', name: 'PDF', endings: ['.pdf'] } as const;
    await storeEvidence(as(people.assessor), one, [
      {
        field: 'evidence',
        name: 'reference.pdf',
        content: EVIDENCE,
        sha256: createHash('sha256').update(EVIDENCE).digest(),
        kind,
        tooLarge: false,
      },
    ]);
    await noteEvent(as(people.assessor), one, 'propose', '');
    if (story.confirmed)
      await noteEvent(as(people.iqa), one, 'confirm', 'Authentic, current, and enough for each outcome.');
  }
}

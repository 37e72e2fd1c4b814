import type { Writer } from '#platform/database/database.ts';

/** Days ago that the first centre asked about the two candidates of one name. */
const ASKED = 2;

/** A question for the awarding body: the first centre says that its two candidates of one name are one person. */
export async function demonstrateIdentity(writer: Writer, centreId: string): Promise<void> {
  const twins = await writer.db
    .selectFrom('web_portal.candidates as c')
    .innerJoin('web_portal.centre_candidates as j', 'j.candidate_id', 'c.id')
    .select(['c.id', 'c.candidate_number as number'])
    .where('j.centre_id', '=', centreId)
    .where('j.centre_reference', 'in', ['NG-005', 'NG-006'])
    .orderBy('j.centre_reference')
    .execute();
  const [known, entered] = twins;
  if (!known || !entered) return;
  await writer.db
    .insertInto('web_portal.identity_questions')
    .values({
      centre_id: centreId,
      candidate_id: entered.id,
      other_id: known.id,
      candidate_number: entered.number,
      other_number: known.number,
      source: 'proposal',
      agrees: ['name'],
      centre_says: 'same',
      reason: 'There is one Daniel Hughes on our books. One date of birth may have been typed from the wrong card',
      asked_at: new Date(writer.now.getTime() - ASKED * 86_400_000),
      asked_by: writer.identity.personId,
    })
    .execute();
}

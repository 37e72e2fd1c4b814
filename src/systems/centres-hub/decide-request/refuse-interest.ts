import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { conflictBetween } from '../conflicts/conflict-between.ts';
import { answerList, askedQuestions } from '../forms/definition.ts';
import type { LockedRequest } from '../requests/change-request.ts';

/**
 * General Condition A4: nobody decides a request that he or she began or submitted, nor one of, or about, somebody to whom
 * an interest is declared. Throws Refused with the sentence.
 */
export async function refuseInterest(writer: Writer, request: LockedRequest, personId: string): Promise<void> {
  const makers = [...new Set([request.begunBy, request.submittedBy])].filter((one) => one !== null);
  if (makers.includes(personId)) throw new Refused('You made this request yourself. Somebody else decides it.');
  const asked = askedQuestions(request.definition, request.answers);
  const named = (type: 'candidate' | 'staff_member') =>
    asked.filter((question) => question.type === type).flatMap(({ key }) => answerList(request.answers, key));
  const about = [
    ...makers.map((otherPersonId) => ({ otherPersonId })),
    ...named('candidate').map((candidateId) => ({ candidateId })),
    // The id of a person who is a user, or of a staff member: what does not fit finds nothing.
    ...named('staff_member').flatMap((id) => [{ otherPersonId: id }, { otherEntryId: id }]),
  ];
  for (const one of about) {
    const conflict = await conflictBetween(writer, { centreId: request.centreId, personId, ...one });
    if (conflict) throw new Refused(`${conflict.words} Ask a colleague to decide.`);
  }
}

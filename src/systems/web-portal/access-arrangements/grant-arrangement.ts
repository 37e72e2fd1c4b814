/** The effect of granting a reasonable adjustment: the candidate's arrangement, in force in every test at once. */
import type { DecidedRequest, DecisionEffect } from '#centres-hub';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { formatDate } from '#ui';
import { accessArrangementGranted } from '../audit.ts';
import { survivorOf } from '../candidates/candidates.ts';
import { type AccessArrangement, arrangementWords, holdArrangements } from './access-arrangements.ts';

/** What else has to follow a new arrangement, such as tests that are booked; returns sentences for the thread. */
export type ArrangementFollower = (
  writer: Writer,
  arrangement: AccessArrangement & { readonly centreId: string },
) => Promise<string[]>;

let followers: readonly ArrangementFollower[] = [];

/** Told once by the composition root. */
export function joinArrangementFollowers(all: readonly ArrangementFollower[]): void {
  followers = all;
}

const EXTRA_TIME = 'extra-time';

/** What a form's answers grant. Throws Refused, with what the decision must change, when they cannot be granted. */
export function termsOf(
  { answers, definition }: Pick<DecidedRequest, 'answers' | 'definition'>,
  today: string,
): Omit<AccessArrangement, 'id'> {
  const one = (key: string): string => {
    const given = answers[key];
    return (Array.isArray(given) ? given[0] : (given as string | undefined)) ?? '';
  };
  const candidateId = one('candidate');
  if (candidateId === '')
    throw new Refused('The request names no candidate. Ask the centre which one it is for, or refuse it');
  const chosen = [answers.arrangements ?? []].flat();
  const options = definition.sections
    .flatMap(({ questions }) => questions)
    .find(({ key }) => key === 'arrangements')?.options;
  const labels = new Map((options ?? []).map(({ value, label }) => [value, label]));
  const percent = chosen.includes(EXTRA_TIME) ? one('extraTimePercent') : '0';
  if (!/^\d{1,3}$/.test(percent) || Number(percent) > 100)
    throw new Refused([{ field: 'granted.extraTimePercent', message: 'Extra time is 0 to 100 percent. Correct it' }]);
  const validUntil = one('validUntil');
  if (!/^\d{4}-\d\d-\d\d$/.test(validUntil) || validUntil < today)
    throw new Refused([
      { field: 'granted.validUntil', message: 'The last day lies in the past. Grant it in part, with a later one' },
    ]);
  return {
    candidateId,
    extraTimePercent: Number(percent),
    restBreaks: one('restBreaks') === 'yes',
    others: chosen.filter((value) => value !== EXTRA_TIME).map((value) => labels.get(value) ?? value),
    notes: one('notes') || null,
    validFrom: today,
    validUntil,
  };
}

export const reasonableAdjustment: DecisionEffect = {
  name: 'reasonable-adjustment',
  description: "Sets the candidate's extra time, rest breaks and notes in Online Assessments, until the last day",
  needs: {
    candidate: ['candidate'],
    restBreaks: ['yes_no'],
    arrangements: ['some_of'],
    extraTimePercent: ['number'],
    validUntil: ['date'],
  },
  // Rest breaks alone can be what is granted; the percentage is asked for extra time only.
  mayBeLeftOut: ['arrangements', 'extraTimePercent'],
  mayChange: ['extraTimePercent', 'validUntil'],
  apply: async (writer, request) => {
    const today = dayInLondon(writer.now);
    const terms = termsOf(request, today);
    const candidate = await writer.db
      .selectFrom('web_portal.candidates as c')
      .innerJoin('web_portal.centre_candidates as j', 'j.candidate_id', 'c.id')
      .select(['c.id', 'c.given_names', 'c.family_name'])
      .where('c.id', '=', (await survivorOf(writer, terms.candidateId)) ?? terms.candidateId)
      .where('j.centre_id', '=', request.centreId)
      .forUpdate('c')
      .executeTakeFirst();
    if (!candidate)
      throw new Refused('The candidate of this request is no longer at the centre. Refuse it with that reason.');
    await holdArrangements(writer, candidate.id);
    await writer.db
      .updateTable('web_portal.access_arrangements')
      .set({ ended_at: writer.now, ended_by: writer.identity.personId, end_reason: `Replaced by ${request.number}` })
      .where('candidate_id', '=', candidate.id)
      .where('centre_id', '=', request.centreId)
      .where('ended_at', 'is', null)
      .execute();
    const { id } = await writer.db
      .insertInto('web_portal.access_arrangements')
      .values({
        centre_id: request.centreId,
        candidate_id: candidate.id,
        extra_time_percent: terms.extraTimePercent,
        rest_breaks: terms.restBreaks,
        others: [...terms.others],
        notes: terms.notes,
        valid_from: terms.validFrom,
        valid_until: terms.validUntil,
        granted_at: writer.now,
        granted_by: writer.identity.personId,
        request_number: request.number,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await writer.audit(
      accessArrangementGranted,
      { kind: 'candidate', id: candidate.id },
      {
        request: request.number,
        extraTimePercent: terms.extraTimePercent,
        restBreaks: terms.restBreaks,
        others: [...terms.others],
        validUntil: terms.validUntil,
      },
      request.centreId,
    );
    const followed: string[] = [];
    for (const follow of followers)
      followed.push(...(await follow(writer, { ...terms, id, candidateId: candidate.id, centreId: request.centreId })));
    const name = `${candidate.given_names} ${candidate.family_name}`;
    return [`${name} has ${arrangementWords(terms)} until ${formatDate(terms.validUntil)}.`, ...followed].join(' ');
  },
};

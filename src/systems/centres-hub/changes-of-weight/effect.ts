import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { Refused } from '#platform/http/answers.ts';
import { formatDate } from '#ui';
import { changeGranted } from '../centre-audit.ts';
import { answerList } from '../forms/definition.ts';
import type { DecisionEffect } from '../requests/decision-effects.ts';
import { applyChange } from './apply.ts';
import { CHANGES_OF_WEIGHT, type ChangeOfWeight, wordingProblem } from './wording.ts';

/** Changes what a centre cannot change by itself, at once or on the day that the request names. */
export const changeOfCentreDetails: DecisionEffect = {
  name: 'change-of-centre-details',
  description: 'Changes the name, trading name, address, head of centre or owner on the centre profile, from a day on',
  needs: { what: ['one_of'], newWording: ['long_text', 'short_text'], from: ['date'] },
  mayChange: ['newWording', 'from'],
  apply: async (writer, { id: requestId, centreId, answers }) => {
    const [what = ''] = answerList(answers, 'what');
    const wording = (answerList(answers, 'newWording')[0] ?? '').trim();
    const problem = wordingProblem(what, wording);
    if (problem) throw new Refused(problem);
    const today = dayInLondon(writer.now);
    const [from = today] = answerList(answers, 'from');
    const takesEffectOn = from < today ? today : from;
    const kind = what as ChangeOfWeight;
    const { id } = await writer.db
      .insertInto('centres_hub.granted_changes')
      .values({
        centre_id: centreId,
        request_id: requestId,
        what: kind,
        wording,
        takes_effect_on: takesEffectOn,
        granted_at: writer.now,
        granted_by: writer.identity.personId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await writer.audit(changeGranted, { kind: 'granted change', id }, { what, wording, takesEffectOn }, centreId);
    const name = CHANGES_OF_WEIGHT[kind];
    if (takesEffectOn > today) return `${name} changes on ${formatDate(takesEffectOn)}.`;
    await applyChange(writer, { id, centreId, requestId, what: kind, wording });
    return `${name} has been changed on the profile.`;
  },
};

/** A withdrawal: its states, the one table of what leads where, and what its dates do to an approval. Dates YYYY-MM-DD. */
import { earlier } from '../capabilities/capability-answer.ts';

export const WITHDRAWAL_STATES = ['asked', 'decided', 'refused', 'taken_back'] as const;
export type WithdrawalState = (typeof WITHDRAWAL_STATES)[number];

export const WITHDRAWAL_STATE_WORDS: Record<WithdrawalState, { readonly label: string; readonly next: string }> = {
  asked: { label: 'Asked for', next: 'The awarding body decides.' },
  decided: { label: 'Decided', next: 'It takes effect by its dates. What is under way is finished or transferred.' },
  refused: { label: 'Refused', next: 'Nothing changes.' },
  taken_back: { label: 'Taken back', next: 'Nothing changes.' },
};

export const WITHDRAWAL_ACTS = {
  decide: { from: 'asked', to: 'decided', by: 'body' },
  refuse: { from: 'asked', to: 'refused', by: 'body' },
  'take-back': { from: 'asked', to: 'taken_back', by: 'centre' },
} as const;
export type WithdrawalAct = keyof typeof WITHDRAWAL_ACTS;

/** Why the act cannot be now; null when it can. A centre takes back only what it has asked for itself. */
export function withdrawalProblem(
  { state, side }: { readonly state: WithdrawalState; readonly side: 'centre' | 'body' },
  act: WithdrawalAct,
): string | null {
  if (act === 'take-back' && side === 'body')
    return 'The awarding body started this withdrawal, so the centre cannot take it back. Write a request instead';
  if (WITHDRAWAL_ACTS[act].from === state) return null;
  return `This withdrawal is "${WITHDRAWAL_STATE_WORDS[state].label}" already. Look at it again: somebody was quicker`;
}

interface LastDates {
  readonly lastRegistrationOn: string | null;
  readonly lastCertificationOn: string | null;
}

/** The last dates of an approval under a withdrawal: they only come nearer, never farther. */
export function withdrawnDates(approval: LastDates, withdrawal: LastDates): LastDates {
  return {
    lastRegistrationOn: earlier(approval.lastRegistrationOn, withdrawal.lastRegistrationOn),
    lastCertificationOn: earlier(approval.lastCertificationOn, withdrawal.lastCertificationOn),
  };
}

/** What does not fit in the dates of a withdrawal, by field. */
export function datesProblems(
  {
    lastRegistrationOn,
    lastCertificationOn,
  }: { readonly lastRegistrationOn: string; readonly lastCertificationOn: string },
  today: string,
): { field: string; message: string }[] {
  const problems = [];
  if (lastRegistrationOn < today) {
    problems.push({
      field: 'lastRegistrationOn',
      message: 'The last day for registrations lies in the past. Enter today or a later day',
    });
  }
  if (lastCertificationOn < lastRegistrationOn) {
    problems.push({
      field: 'lastCertificationOn',
      message: 'The last day for certification must not be before the last day for registrations. Enter a later day',
    });
  }
  return problems;
}

/** The day after a day: the first on which a centre is withdrawn. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/**
 * The states of a claim of prior learning: proposed by an assessor or the office, confirmed by another person who is
 * internal quality assurer, decided by the awarding body (General Condition E10; domain: assessor and IQA decide, the
 * record says that it is prior learning). Pure.
 */
export const PRIOR_LEARNING_STATES = ['proposed', 'confirmed', 'returned', 'granted', 'refused', 'withdrawn'] as const;
export type PriorLearningState = (typeof PRIOR_LEARNING_STATES)[number];

export const PRIOR_LEARNING_ACTS = ['propose', 'confirm', 'return', 'mend', 'grant', 'refuse', 'withdraw'] as const;
export type PriorLearningAct = (typeof PRIOR_LEARNING_ACTS)[number];

/** The words people read for each state. */
export const PRIOR_LEARNING_WORDS: Record<PriorLearningState, string> = {
  proposed: 'Waits for the quality assurer',
  confirmed: 'Waits for the awarding body',
  returned: 'Returned',
  granted: 'Granted',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
};

/** On which side, and in which capacity, somebody acts. */
export type Capacity = 'proposer' | 'quality_assurer' | 'awarding_body';

const NEXT: Record<
  PriorLearningState,
  Partial<Record<PriorLearningAct, { readonly to: PriorLearningState; readonly by: Capacity }>>
> = {
  proposed: {
    confirm: { to: 'confirmed', by: 'quality_assurer' },
    return: { to: 'returned', by: 'quality_assurer' },
    withdraw: { to: 'withdrawn', by: 'proposer' },
  },
  confirmed: {
    grant: { to: 'granted', by: 'awarding_body' },
    refuse: { to: 'refused', by: 'awarding_body' },
    return: { to: 'returned', by: 'awarding_body' },
    withdraw: { to: 'withdrawn', by: 'proposer' },
  },
  returned: {
    mend: { to: 'proposed', by: 'proposer' },
    withdraw: { to: 'withdrawn', by: 'proposer' },
  },
  granted: {},
  refused: {},
  withdrawn: {},
};

export interface Actor {
  readonly personId: string;
  readonly capacities: readonly Capacity[];
}

export type Move =
  | { readonly ok: true; readonly to: PriorLearningState }
  | { readonly ok: false; readonly message: string };

/**
 * The state that an act leads to, or a sentence why it does not. Nobody confirms what the same person has proposed or
 * mended (`proposedBy`): the assessor and the quality assurer are two people.
 */
export function moveOf(
  from: PriorLearningState,
  act: PriorLearningAct,
  actor: Actor,
  proposedBy: readonly string[],
): Move {
  const next = NEXT[from][act];
  if (!next)
    return {
      ok: false,
      message: `Somebody was faster: this is "${PRIOR_LEARNING_WORDS[from].toLowerCase()}" now. Look at it again`,
    };
  if (!actor.capacities.includes(next.by)) return { ok: false, message: BY[next.by] };
  if (act === 'confirm' && proposedBy.includes(actor.personId))
    return {
      ok: false,
      message: 'You proposed this yourself. Another internal quality assurer of the centre has to confirm it',
    };
  return { ok: true, to: next.to };
}

const BY: Record<Capacity, string> = {
  proposer: 'This is done by a coordinator, administrator or assessor of the centre',
  quality_assurer: 'This is done by an internal quality assurer of the centre',
  awarding_body: 'This is done by the awarding body',
};

/** What somebody can do now. */
export function actsOf(from: PriorLearningState, actor: Actor, proposedBy: readonly string[]): PriorLearningAct[] {
  return PRIOR_LEARNING_ACTS.filter((act) => moveOf(from, act, actor, proposedBy).ok);
}

/** Whose move it is; null when nobody's. */
export function whoseMove(state: PriorLearningState): 'quality assurer' | 'centre' | 'awarding body' | null {
  if (state === 'proposed') return 'quality assurer';
  if (state === 'returned') return 'centre';
  return state === 'confirmed' ? 'awarding body' : null;
}

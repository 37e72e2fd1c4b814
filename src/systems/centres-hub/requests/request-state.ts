/** The life of a request: which act leads from which state to which, and whose move it is. */

export const REQUEST_STATES = ['draft', 'submitted', 'question', 'decided', 'withdrawn'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** The words a person reads. */
export const STATE_NAMES: Record<RequestState, string> = {
  draft: 'Draft',
  submitted: 'Submitted',
  question: 'Question to the centre',
  decided: 'Decided',
  withdrawn: 'Withdrawn',
};

export const OUTCOMES = ['granted', 'granted_in_part', 'refused', 'answered'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const OUTCOME_NAMES: Record<Outcome, string> = {
  granted: 'Granted',
  granted_in_part: 'Granted in part',
  refused: 'Refused',
  answered: 'Answered',
};

/** What moves a request. `answer` is the centre's, to a question; `ask` and `decide` are the awarding body's. */
export type RequestAct = 'submit' | 'ask' | 'answer' | 'decide' | 'withdraw';

const NEXT: Record<RequestAct, Partial<Record<RequestState, RequestState>>> = {
  submit: { draft: 'submitted' },
  ask: { submitted: 'question' },
  answer: { question: 'submitted' },
  decide: { submitted: 'decided' },
  withdraw: { draft: 'withdrawn', submitted: 'withdrawn', question: 'withdrawn' },
};

const WHY_NOT: Record<RequestAct, Partial<Record<RequestState, string>>> = {
  submit: {},
  ask: { question: 'A question to the centre is open already. Wait for the answer, or add a note.' },
  answer: { submitted: 'The question was answered already. Add a remark instead.' },
  decide: { question: 'A question to the centre is open. Decide when it has answered.' },
  withdraw: {},
};

const STANDS: Record<RequestState, string> = {
  draft: 'The request is a draft. Submit it first.',
  submitted: 'The request has been submitted.',
  question: 'The request waits for an answer of the centre.',
  decided: 'The request has been decided. Make a new request instead.',
  withdrawn: 'The request was withdrawn. Make a new request instead.',
};

export type Transition =
  | { readonly ok: true; readonly state: RequestState }
  | { readonly ok: false; readonly message: string };

/** The state after an act, or the sentence that says why it cannot be. */
export function transition(state: RequestState, act: RequestAct): Transition {
  const next = NEXT[act][state];
  if (next) return { ok: true, state: next };
  return { ok: false, message: WHY_NOT[act][state] ?? STANDS[state] };
}

/** Who has to do something now; null: nobody. */
export function whoseMove(state: RequestState): 'centre' | 'body' | null {
  if (state === 'draft' || state === 'question') return 'centre';
  return state === 'submitted' ? 'body' : null;
}

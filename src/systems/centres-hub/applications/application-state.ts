/** How an organisation becomes a centre: the states, whose move each is, and the one table of what leads where. */

export const APPLICATION_STATES = [
  'asked',
  'interested',
  'invited',
  'submitted',
  'review',
  'agreement',
  'signed',
  'approved',
  'refused',
  'withdrawn',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

export type Side = 'applicant' | 'body';

interface StateWords {
  readonly label: string;
  /** Null: nobody has to do anything. */
  readonly whose: Side | null;
  /** What happens next, for both sides. */
  readonly next: string;
}

export const APPLICATION_STATE_WORDS: Record<ApplicationState, StateWords> = {
  asked: {
    label: 'Address not confirmed',
    whose: 'applicant',
    next: 'The organisation confirms its e-mail address by the link that was mailed.',
  },
  interested: {
    label: 'Interested',
    whose: 'body',
    next: 'The awarding body reads what was written and invites the organisation to apply.',
  },
  invited: {
    label: 'Applying',
    whose: 'applicant',
    next: 'The organisation fills in its application and sends it.',
  },
  submitted: {
    label: 'Being checked',
    whose: 'body',
    next: 'The awarding body does its checks: register, provider number, insurance, references, sanctions elsewhere.',
  },
  review: {
    label: 'Visit or desk decision',
    whose: 'body',
    next: 'The awarding body visits, or decides from the desk, writes its report and sets conditions.',
  },
  agreement: {
    label: 'Agreement to sign',
    whose: 'applicant',
    next: 'The head of centre signs the agreement.',
  },
  signed: {
    label: 'Agreement signed',
    whose: 'body',
    next: 'The awarding body approves the centre. Its coordinator is invited at once.',
  },
  approved: { label: 'Approved', whose: null, next: 'The organisation is a centre.' },
  refused: {
    label: 'Refused',
    whose: null,
    next: 'The organisation can appeal. Somebody who did not take the decision looks at it again.',
  },
  withdrawn: { label: 'Withdrawn', whose: null, next: 'The organisation has withdrawn. It can ask again at any time.' },
};

interface Transition {
  readonly from: readonly ApplicationState[];
  readonly to: ApplicationState;
  readonly by: Side;
  /** As the history words it. */
  readonly words: string;
}

/** Every act there is. */
export const APPLICATION_ACTS = {
  confirm: { from: ['asked'], to: 'interested', by: 'applicant', words: 'Address confirmed' },
  invite: { from: ['interested'], to: 'invited', by: 'body', words: 'Invited to apply' },
  submit: { from: ['invited'], to: 'submitted', by: 'applicant', words: 'Application sent' },
  return: { from: ['submitted'], to: 'invited', by: 'body', words: 'Sent back with a question' },
  'pass-checks': { from: ['submitted'], to: 'review', by: 'body', words: 'All checks done' },
  offer: { from: ['review'], to: 'agreement', by: 'body', words: 'Agreement sent to be signed' },
  sign: { from: ['agreement'], to: 'signed', by: 'applicant', words: 'Agreement signed' },
  approve: { from: ['signed'], to: 'approved', by: 'body', words: 'Approved as a centre' },
  refuse: {
    from: ['interested', 'submitted', 'review', 'agreement', 'signed'],
    to: 'refused',
    by: 'body',
    words: 'Refused',
  },
  reopen: { from: ['refused'], to: 'submitted', by: 'body', words: 'Taken up again on appeal' },
  withdraw: {
    from: ['interested', 'invited', 'submitted', 'review', 'agreement', 'signed'],
    to: 'withdrawn',
    by: 'applicant',
    words: 'Withdrawn by the organisation',
  },
} as const satisfies Record<string, Transition>;
export type ApplicationAct = keyof typeof APPLICATION_ACTS;

/** What stands beside the state and decides whether an act may be. */
export interface ApplicationFacts {
  /** The names of due-diligence checks that are not done. */
  readonly checksOpen: readonly string[];
  readonly hasReport: boolean;
  /** What the application lacks, one sentence each. */
  readonly missing: readonly string[];
  readonly agreementPublished: boolean;
  /** Whoever acts took the refusal that stands. */
  readonly actorRefused: boolean;
}

/** Why this cannot be now, in a sentence; null when it can. */
export function applicationProblem(
  state: ApplicationState,
  act: ApplicationAct,
  facts: ApplicationFacts,
): string | null {
  const transition: Transition = APPLICATION_ACTS[act];
  if (!transition.from.includes(state)) {
    return `This application is at "${APPLICATION_STATE_WORDS[state].label}". Look at it again: somebody was quicker`;
  }
  if (act === 'submit' && facts.missing.length > 0) return facts.missing[0] as string;
  if (act === 'pass-checks' && facts.checksOpen.length > 0) {
    return `Not done yet: ${facts.checksOpen.join(', ')}. Record each check first`;
  }
  if (act === 'offer' && !facts.hasReport) return 'Write the report of the visit or the desk decision first';
  if (act === 'offer' && !facts.agreementPublished) return 'Publish an agreement first: there is none to sign';
  if (act === 'reopen' && facts.actorRefused) {
    return 'You took the decision yourself. Ask a colleague to look at the appeal';
  }
  return null;
}

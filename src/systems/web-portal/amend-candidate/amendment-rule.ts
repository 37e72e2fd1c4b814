/** What of a candidate's details changes, and who decides about it (docs/decisions/018-one-candidate-for-life.md). Pure. */
import type { Candidate } from '../candidates/candidates.ts';

export const AMENDED_FIELDS = {
  givenNames: 'Given names',
  familyName: 'Family name',
  birthDate: 'Date of birth',
  uln: 'ULN',
  scottishNumber: 'Scottish candidate number',
  ulnAbsentReason: 'Why there is no ULN',
  postcode: 'Postcode',
  email: 'E-mail',
} as const;
export type AmendedField = keyof typeof AMENDED_FIELDS;
export const FIELD_NAMES = Object.keys(AMENDED_FIELDS) as AmendedField[];

export type Details = Pick<Candidate, AmendedField>;
export type Values = Partial<Record<AmendedField, string | null>>;

export interface Changes {
  readonly before: Values;
  readonly after: Values;
}

/** The fields that differ; empty when nothing does. */
export function changesOf(from: Details, to: Details): Changes {
  const changed = FIELD_NAMES.filter((field) => from[field] !== to[field]);
  const pick = (of: Details): Values => Object.fromEntries(changed.map((field) => [field, of[field]]));
  return { before: pick(from), after: pick(to) };
}

export interface AmendmentFacts {
  /** A certificate was ever issued to the candidate, at whichever centre. */
  readonly certified: boolean;
  /** Another centre has joined the candidate. */
  readonly knownElsewhere: boolean;
}

/**
 * `free`: done at once. `decision`: an officer decides, because another centre knows the person by what changes.
 * `evidence`: an officer decides by evidence, because a certificate carries the name and birth date.
 */
export type AmendmentWay = 'free' | 'decision' | 'evidence';

export function amendmentWay({ after }: Changes, { certified, knownElsewhere }: AmendmentFacts): AmendmentWay {
  const changes = (...fields: readonly AmendedField[]) => fields.some((field) => field in after);
  if (certified && changes('givenNames', 'familyName', 'birthDate')) return 'evidence';
  if (knownElsewhere && changes('birthDate', 'uln', 'scottishNumber')) return 'decision';
  return 'free';
}

export const AMENDMENT_STATES = ['done', 'asked', 'granted', 'refused', 'withdrawn'] as const;
export type AmendmentState = (typeof AMENDMENT_STATES)[number];
export type AmendmentAct = 'grant' | 'refuse' | 'withdraw';

/** The words people read for each state. */
export const AMENDMENT_WORDS: Record<AmendmentState, string> = {
  done: 'Done at once',
  asked: 'Waits for the awarding body',
  granted: 'Granted',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
};

const NEXT: Record<AmendmentAct, { readonly to: AmendmentState; readonly by: 'centre' | 'body' }> = {
  grant: { to: 'granted', by: 'body' },
  refuse: { to: 'refused', by: 'body' },
  withdraw: { to: 'withdrawn', by: 'centre' },
};

/** The state that an act leads to, or a sentence why it does not. */
export function amendmentMove(
  from: AmendmentState,
  act: AmendmentAct,
  side: 'centre' | 'body',
): { readonly ok: true; readonly to: AmendmentState } | { readonly ok: false; readonly message: string } {
  if (from !== 'asked')
    return {
      ok: false,
      message: `Somebody was faster: this is "${AMENDMENT_WORDS[from].toLowerCase()}" now. Look at it again`,
    };
  if (NEXT[act].by !== side)
    return {
      ok: false,
      message: side === 'centre' ? 'The awarding body decides this' : 'The centre that asked takes it back',
    };
  return { ok: true, to: NEXT[act].to };
}

/** Checks an answer against what its question declares, before it is stored and before it is scored. */
import type { ItemKind } from './model.ts';

/** What an answer is checked against: an item's content or a candidate's view, whichever ids the answer uses. */
export type Answerable = {
  readonly kind: ItemKind;
  readonly choices: readonly { readonly id: string }[];
  readonly minChoices: number;
  readonly maxChoices: number;
};

export type ResponseProblem = {
  readonly code: 'not-a-list' | 'unknown-choice' | 'repeated-choice' | 'too-many-choices' | 'too-few-choices';
  readonly message: string;
};

/**
 * `complete` is false for an answer that may be stored but is not finished: nothing chosen, or fewer than the question
 * asks for. Such an answer scores 0.
 */
export type CheckedResponse =
  | { readonly ok: true; readonly response: readonly string[]; readonly complete: boolean }
  | { readonly ok: false; readonly problem: ResponseProblem };

/**
 * Accepts a list of choice ids (an empty list takes the answer back). Refuses what the page cannot have sent: anything
 * but a list of text, an id that the question does not declare, an id twice, more ids than the question allows.
 * The answer comes back in the question's own order, so that equal answers are equal bytes.
 */
export function validateResponse(target: Answerable, response: unknown): CheckedResponse {
  if (!Array.isArray(response) || !response.every((id) => typeof id === 'string')) {
    return refuse('not-a-list', 'An answer is a list of the options chosen. Choose again.');
  }
  const chosen: string[] = response;
  const declared = target.choices.map((choice) => choice.id);
  if (chosen.some((id) => !declared.includes(id))) {
    return refuse('unknown-choice', 'The answer names an option that this question does not have. Choose again.');
  }
  if (new Set(chosen).size !== chosen.length) {
    return refuse('repeated-choice', 'The answer names an option twice. Choose again.');
  }
  const most = target.kind === 'choice' ? 1 : target.maxChoices;
  if (chosen.length > most) {
    return refuse('too-many-choices', `Choose ${most === 1 ? 'one answer' : `no more than ${most} answers`}.`);
  }
  const least = Math.max(1, target.minChoices);
  return { ok: true, response: declared.filter((id) => chosen.includes(id)), complete: chosen.length >= least };
}

function refuse(code: ResponseProblem['code'], message: string): CheckedResponse {
  return { ok: false, problem: { code, message } };
}

import { type Answers, askedQuestions, type FormDefinition, type Question } from '../forms/definition.ts';
import { decisionEffect } from '../requests/decision-effects.ts';
import type { Outcome } from '../requests/request-state.ts';

/** The outcomes that a form allows: a reply, or something granted, in part or not. */
export function outcomesOf({ decision }: Pick<FormDefinition, 'decision'>): readonly Outcome[] {
  return decision === 'answer' ? ['answered'] : ['granted', 'granted_in_part', 'refused'];
}

/** The questions whose answers the decision may change when it grants in part, as the effect says. */
export function changeable(definition: FormDefinition, answers: Answers): readonly Question[] {
  const keys = (definition.effect !== null && decisionEffect(definition.effect)?.mayChange) || [];
  return askedQuestions(definition, answers).filter(({ key }) => keys.includes(key));
}

/** What happens besides the words when a request is granted: each effect has a name, and its owner is the system it acts in. */
import type { Writer } from '#platform/database/database.ts';
import type { Answers, FormDefinition, QuestionType } from '../forms/definition.ts';

export interface DecidedRequest {
  readonly id: string;
  /** "R-10001" */
  readonly number: string;
  readonly centreId: string;
  readonly definition: FormDefinition;
  /** Of the questions that were asked, as submitted or as the decision changed them (granted in part). */
  readonly answers: Answers;
  readonly outcome: 'granted' | 'granted_in_part';
}

export interface DecisionEffect {
  /** As it stands in a form's definition: "reasonable-adjustment". */
  readonly name: string;
  /** For the designer: "Sets extra time and rest breaks for the candidate's tests". */
  readonly description: string;
  /** Question keys that the form must have, each with the types that serve; each is asked always, and must be answered. */
  readonly needs: Readonly<Record<string, readonly QuestionType[]>>;
  /** Of these questions, those that may be left out or hang on a condition: the effect does without their answer. */
  readonly mayBeLeftOut?: readonly string[];
  /** Of these questions, what a decision that grants in part may answer otherwise: numbers, dates and texts. */
  readonly mayChange?: readonly string[];
  /** Does it in the transaction of the decision; returns the sentence for the thread. Throws `Refused` when it cannot be. */
  readonly apply: (writer: Writer, request: DecidedRequest) => Promise<string>;
}

let effects: ReadonlyMap<string, DecisionEffect> = new Map();

/** Told once by the composition root. */
export function joinDecisionEffects(all: readonly DecisionEffect[]): void {
  effects = new Map(all.map((effect) => [effect.name, effect]));
}

export function decisionEffects(): readonly DecisionEffect[] {
  return [...effects.values()];
}

export function decisionEffect(name: string): DecisionEffect | undefined {
  return effects.get(name);
}

/** What a definition lacks for its effect, one sentence each; empty: it fits. */
export function effectProblems(definition: FormDefinition): string[] {
  if (definition.effect === null) return [];
  const effect = effects.get(definition.effect);
  if (!effect) return [`There is no effect "${definition.effect}". Choose another, or none.`];
  const questions = new Map(definition.sections.flatMap((section) => section.questions.map((one) => [one.key, one])));
  return Object.entries(effect.needs).flatMap(([key, types]) => {
    const question = questions.get(key);
    if (!question) return [`The effect needs a question with the key "${key}". Add it, or choose another effect.`];
    if (!types.includes(question.type))
      return [`The question "${question.label}" has a type that the effect cannot read. Change its type.`];
    if ((question.required && question.condition === null) || effect.mayBeLeftOut?.includes(key)) return [];
    return [
      `The effect needs an answer to "${question.label}". Let it be asked always, without a condition, and not be left out.`,
    ];
  });
}

/** What is fixed for a sitting at its start: which item versions, in which order, with their choices in which order. */
import { type Blueprint, drawForm, fixedPlaces, type ItemContent, type Seed, seedFor, shuffleOrder } from '#qti';
import type { Answerable } from '../save-answer/read-request.ts';

/** Stored as JSON with the sitting. Numbers of questions count from 1: the first entry is question 1. */
export interface Paper {
  readonly questions: readonly PaperQuestion[];
}

export interface PaperQuestion {
  readonly itemVersionId: string;
  readonly kind: 'choice' | 'multiple';
  /** `order[place]` = index of the choice served there. */
  readonly order: readonly number[];
  /** Most letters an answer may name. */
  readonly most: number;
}

/** An item that may be drawn. */
export interface Drawable {
  readonly itemVersionId: string;
  readonly group: string;
  readonly content: ItemContent;
}

/** One part of a stored blueprint. */
export interface BlueprintPart {
  readonly group: string;
  readonly count: number;
}

/** The paper of a seed: the same seed gives the same paper. Rejects a bank that is too small with a sentence. */
export function drawPaper(
  parts: readonly BlueprintPart[],
  bank: readonly Drawable[],
  seed: Seed,
): { readonly ok: true; readonly paper: Paper } | { readonly ok: false; readonly message: string } {
  const blueprint: Blueprint = {
    parts: parts.map(({ group, count }) => ({ group, take: count })),
    questionOrder: 'shuffled',
  };
  const drawn = drawForm(
    blueprint,
    bank.map(({ itemVersionId, group }) => ({ ref: itemVersionId, group })),
    seed,
  );
  if (!drawn.ok) return drawn;
  const byId = new Map(bank.map((entry) => [entry.itemVersionId, entry.content]));
  const questions = drawn.refs.map((itemVersionId): PaperQuestion => {
    const content = byId.get(itemVersionId) as ItemContent;
    return {
      itemVersionId,
      kind: content.kind,
      order: shuffleOrder(seedFor(seed, 'options', itemVersionId), content.choices.length, fixedPlaces(content)),
      most: content.kind === 'choice' ? 1 : content.maxChoices,
    };
  });
  return { ok: true, paper: { questions } };
}

/** What an answer to each question may be. */
export function shapeOf(paper: Paper): Answerable[] {
  return paper.questions.map(({ order, most }) => ({ choices: order.length, most }));
}

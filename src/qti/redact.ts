/**
 * What a candidate gets of an item. A view is built up from named parts, never by taking things away: a new field of the
 * item cannot slip through. Choices are re-labelled by their place in the served order, so that neither ids nor their
 * order tell anything; the order stays on the server and translates answers back.
 */
import { type Block, type Choice, type Inline, type ItemContent, type ItemKind, letterOf } from './model.ts';

/** The candidate's view: no key, no rationale, no author's identifiers, titles or file names. */
export type CandidateItem = {
  readonly kind: ItemKind;
  readonly stem: readonly Block[];
  readonly prompt: readonly Block[];
  /** `id` is the letter of the place: A, B, C ... */
  readonly choices: readonly { readonly id: string; readonly content: readonly Inline[] }[];
  readonly minChoices: number;
  readonly maxChoices: number;
};

/** The indexes of the options that keep their place; the third argument of `shuffleOrder`. */
export function fixedPlaces(content: Pick<ItemContent, 'choices'>): number[] {
  return content.choices.flatMap((choice, index) => (choice.fixed ? [index] : []));
}

/** True when `order` names each of n places once. */
export function isOrder(order: readonly number[], n: number): boolean {
  return order.length === n && new Set(order).size === n && order.every((i) => Number.isInteger(i) && i >= 0 && i < n);
}

function inOrder(content: Pick<ItemContent, 'choices'>, order: readonly number[]): Choice[] {
  if (!isOrder(order, content.choices.length)) throw new RangeError('The order does not fit the choices of this item');
  return order.map((index) => content.choices[index] as Choice);
}

/**
 * The view of one item in one served order.
 * @param pictureRef the public name of a picture: an author's file name ("answer-b.png") may tell the answer, so give
 * each a name of its own, such as the hash of its bytes. `renderCandidateItem` gets these names.
 * @throws RangeError when the order does not fit the item.
 */
export function redactForCandidate(
  content: ItemContent,
  order: readonly number[],
  pictureRef: (name: string) => string,
): CandidateItem {
  const inline = (parts: readonly Inline[]): Inline[] => parts.map(visible);
  const visible = (part: Inline): Inline => {
    if (part.t === 'text') return { t: 'text', text: part.text };
    if (part.t === 'br') return { t: 'br' };
    if (part.t === 'image') return { t: 'image', name: pictureRef(part.name), alt: part.alt };
    return { t: part.t, content: inline(part.content) };
  };
  const block = (each: Block): Block => {
    if (each.t === 'paragraph') return { t: 'paragraph', content: inline(each.content) };
    if (each.t === 'figure') return { t: 'figure', name: pictureRef(each.name), alt: each.alt };
    if (each.t === 'list') return { t: 'list', ordered: each.ordered, items: each.items.map(inline) };
    const rows = each.rows.map((row) => row.map((cell) => ({ header: cell.header, content: inline(cell.content) })));
    return each.caption ? { t: 'table', caption: inline(each.caption), rows } : { t: 'table', rows };
  };
  return {
    kind: content.kind,
    stem: content.stem.map(block),
    prompt: (content.prompt ?? []).map(block),
    choices: inOrder(content, order).map((choice, place) => ({ id: letterOf(place), content: inline(choice.content) })),
    minChoices: content.minChoices,
    maxChoices: content.maxChoices,
  };
}

/**
 * Translates served letters to the item's choice ids, in the item's own order. Null when a letter was not served or is
 * named twice: such an answer cannot come from our page and must be refused, not guessed at.
 */
export function choiceIdsOf(
  content: Pick<ItemContent, 'choices'>,
  order: readonly number[],
  letters: readonly string[],
): string[] | null {
  const served = new Map(inOrder(content, order).map((choice, place) => [letterOf(place), choice.id]));
  if (new Set(letters).size !== letters.length || letters.some((letter) => !served.has(letter))) return null;
  const named = new Set(letters.map((letter) => served.get(letter)));
  return content.choices.map((choice) => choice.id).filter((id) => named.has(id));
}

/** Translates choice ids to the letters under which this candidate saw them, in the order of the page. Unknown ids: none. */
export function lettersOf(
  content: Pick<ItemContent, 'choices'>,
  order: readonly number[],
  ids: readonly string[],
): string[] {
  return inOrder(content, order).flatMap((choice, place) => (ids.includes(choice.id) ? [letterOf(place)] : []));
}

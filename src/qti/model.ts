/**
 * The item model: plain values that survive JSON, with a version number. What a candidate may see (`ItemContent`) and
 * what decides the mark (`ItemKey`) are two values, so that they can be stored, read and permitted apart.
 */

/** The version of the stored shape of `ItemContent`. A change of shape gets a new number and a reader for the old one. */
export const MODEL_VERSION = 1;

/** Running text. There is no raw HTML anywhere in the model: what has no entry here cannot be stored or shown. */
export type Inline =
  | { readonly t: 'text'; readonly text: string }
  | { readonly t: 'strong' | 'em' | 'sub' | 'sup' | 'code'; readonly content: readonly Inline[] }
  | { readonly t: 'br' }
  | { readonly t: 'image'; readonly name: string; readonly alt: string };

/** A cell of a table; `header` cells name their row or column. */
export type Cell = { readonly header: boolean; readonly content: readonly Inline[] };

/** A block of a question. `figure` is a picture that stands alone; `name` is the picture's name in its package. */
export type Block =
  | { readonly t: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly t: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly t: 'figure'; readonly name: string; readonly alt: string }
  | { readonly t: 'table'; readonly caption?: readonly Inline[]; readonly rows: readonly (readonly Cell[])[] };

/** `choice`: exactly one answer is right. `multiple`: a set of answers is right. */
export type ItemKind = 'choice' | 'multiple';

/** One option. `fixed` options keep their place when the others are shuffled ("None of these"). */
export type Choice = { readonly id: string; readonly content: readonly Inline[]; readonly fixed?: boolean };

/** All that a candidate may see of a question, and how it is filed in the bank. Contains nothing of the key. */
export type ItemContent = {
  readonly model: typeof MODEL_VERSION;
  /** The author's identifier, unique within a bank. */
  readonly code: string;
  readonly title: string;
  readonly kind: ItemKind;
  readonly stem: readonly Block[];
  /** The instruction straight before the options (QTI `qti-prompt`), when the item keeps it apart from the stem. */
  readonly prompt?: readonly Block[];
  readonly choices: readonly Choice[];
  readonly minChoices: number;
  readonly maxChoices: number;
  /** Every picture used anywhere in the item, once, in order of first use. */
  readonly pictures: readonly { readonly name: string; readonly alt: string }[];
  /** The blueprint draws "so many from each group". */
  readonly group?: string;
  /** The heading under which marks are reported back. */
  readonly topic?: string;
};

/** The key: ids of the right choices, and the author's reasons. Never leaves the server before release. */
export type ItemKey = { readonly correct: readonly string[]; readonly rationale?: string };

/** A whole item, as import makes it and export reads it. */
export type Item = ItemContent & { readonly key: ItemKey };

/** Splits an item into the two values that are stored apart. */
export function splitItem(item: Item): { content: ItemContent; key: ItemKey } {
  const { key, ...content } = item;
  return { content, key };
}

/** The letter of a position: 0 is A. An item has at most 26 choices (`validateItem`). */
export function letterOf(position: number): string {
  if (!Number.isInteger(position) || position < 0 || position > 25) throw new RangeError('A position is 0 to 25');
  return String.fromCharCode(65 + position);
}

function inlineText(content: readonly Inline[]): string {
  return content
    .map((part) => {
      if (part.t === 'text') return part.text;
      if (part.t === 'br') return '\n';
      if (part.t === 'image') return part.alt;
      return inlineText(part.content);
    })
    .join('');
}

/** The words of running text; pictures by their description, line breaks as line feeds. For lists, search, comparison. */
export function textOfInline(content: readonly Inline[]): string {
  return inlineText(content).trim();
}

/** The words of blocks, one block a line. */
export function textOfBlocks(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.t === 'paragraph') return textOfInline(block.content);
      if (block.t === 'figure') return block.alt;
      if (block.t === 'list') return block.items.map(textOfInline).join('\n');
      return block.rows.map((row) => row.map((cell) => textOfInline(cell.content)).join(' ')).join('\n');
    })
    .join('\n')
    .trim();
}

function* inlinePictures(content: readonly Inline[]): Generator<{ name: string; alt: string }> {
  for (const part of content) {
    if (part.t === 'image') yield { name: part.name, alt: part.alt };
    else if (part.t !== 'text' && part.t !== 'br') yield* inlinePictures(part.content);
  }
}

function* blockPictures(blocks: readonly Block[]): Generator<{ name: string; alt: string }> {
  for (const block of blocks) {
    if (block.t === 'figure') yield { name: block.name, alt: block.alt };
    else if (block.t === 'paragraph') yield* inlinePictures(block.content);
    else if (block.t === 'list') for (const item of block.items) yield* inlinePictures(item);
    else {
      yield* inlinePictures(block.caption ?? []);
      for (const row of block.rows) for (const cell of row) yield* inlinePictures(cell.content);
    }
  }
}

/** Every use of a picture in an item, in reading order; a picture used twice is listed twice. */
export function pictureUses(item: Pick<ItemContent, 'stem' | 'prompt' | 'choices'>): { name: string; alt: string }[] {
  const uses = [...blockPictures(item.stem), ...blockPictures(item.prompt ?? [])];
  for (const choice of item.choices) uses.push(...inlinePictures(choice.content));
  return uses;
}

/** The `pictures` of an item: each picture once, in order of first use, with the description of its first use. */
export function picturesOf(item: Pick<ItemContent, 'stem' | 'prompt' | 'choices'>): { name: string; alt: string }[] {
  const first = new Map<string, string>();
  for (const use of pictureUses(item)) if (!first.has(use.name)) first.set(use.name, use.alt);
  return [...first].map(([name, alt]) => ({ name, alt }));
}

/** A candidate's view as HTML. Every option gets the same markup, whatever it says; nothing here knows the key. */
import { html, type Safe, safeUrl } from '#platform/html/html.ts';
import type { Block, Cell, Inline } from './model.ts';
import type { CandidateItem } from './redact.ts';

export type RenderOptions = {
  /** Address of a picture, by its public name (the `pictureRef` of `redactForCandidate`). */
  readonly pictureUrl: (name: string) => string;
  /** Size in pixels, so that the page does not jump when the picture arrives. */
  readonly pictureSize?: (name: string) => { readonly width: number; readonly height: number } | undefined;
  /** "Question 12 of 30" above the question. */
  readonly position?: { readonly number: number; readonly of: number };
  /** Letters that are chosen already. */
  readonly chosen?: readonly string[];
};

/**
 * The question and its options, to be placed inside the page's form. The first paragraph is the heading; everything
 * keeps the author's order. The page must hold the symbol `#i-check`.
 */
export function renderCandidateItem(view: CandidateItem, options: RenderOptions): Safe {
  const chosen = new Set(options.chosen ?? []);
  const stem = splitHeading(view.stem);
  const prompt = stem.heading ? { heading: undefined, before: [], after: view.prompt } : splitHeading(view.prompt);
  const heading = stem.heading ?? prompt.heading ?? [];
  const legend = view.kind === 'choice' ? 'Choose one answer' : 'Choose every answer that is right';
  return html`<div class="ao-q stack-l">
<div>${options.position && html`<p class="muted small strong m0">Question ${options.position.number} of ${options.position.of}</p>`}<h1>${inline(heading, options)}</h1></div>
${[...stem.before, ...stem.after].map((each) => block(each, options))}${prompt.before.map((each) => block(each, options))}${prompt.after.map((each) => block(each, options, true))}<fieldset class="ao-opts"><legend class="govuk-visually-hidden">${legend}</legend>
${view.choices.map((choice) => renderChoice(view, choice, chosen, options))}</fieldset>
</div>`;
}

/** A question must have a heading; it is the first paragraph. What stands before it (a picture) comes after it. */
function splitHeading(blocks: readonly Block[]): { heading?: readonly Inline[]; before: Block[]; after: Block[] } {
  const at = blocks.findIndex((each) => each.t === 'paragraph');
  const first = blocks[at];
  if (first?.t !== 'paragraph') return { before: [...blocks], after: [] };
  return { heading: first.content, before: blocks.slice(0, at), after: blocks.slice(at + 1) };
}

function renderChoice(
  view: CandidateItem,
  choice: CandidateItem['choices'][number],
  chosen: ReadonlySet<string>,
  options: RenderOptions,
): Safe {
  const type = view.kind === 'choice' ? 'radio' : 'checkbox';
  const checked = chosen.has(choice.id) && html` checked`;
  return html`<label><input type="${type}" name="answer" value="${choice.id}"${checked}><span class="k">${choice.id}</span><span>${inline(choice.content, options)}</span><span class="tick"><svg class="i" aria-hidden="true"><use href="#i-check"/></svg></span></label>
`;
}

function block(each: Block, options: RenderOptions, strong = false): Safe {
  if (each.t === 'paragraph') {
    return strong
      ? html`<p class="strong">${inline(each.content, options)}</p>
`
      : html`<p>${inline(each.content, options)}</p>
`;
  }
  if (each.t === 'figure') {
    return html`<figure class="ao-fig">${picture(each, options)}</figure>
`;
  }
  if (each.t === 'list') {
    const items = each.items.map((item) => html`<li>${inline(item, options)}</li>`);
    return each.ordered
      ? html`<ol class="govuk-list govuk-list--number">${items}</ol>
`
      : html`<ul class="govuk-list govuk-list--bullet">${items}</ul>
`;
  }
  const caption =
    each.caption && html`<caption class="govuk-table__caption">${inline(each.caption, options)}</caption>`;
  return html`<table class="govuk-table">${caption}${each.rows.map((cells, row) => html`<tr class="govuk-table__row">${cells.map((cell) => tableCell(cell, row, options))}</tr>`)}</table>
`;
}

function tableCell(cell: Cell, row: number, options: RenderOptions): Safe {
  if (!cell.header) return html`<td class="govuk-table__cell">${inline(cell.content, options)}</td>`;
  return html`<th class="govuk-table__header" scope="${row === 0 ? 'col' : 'row'}">${inline(cell.content, options)}</th>`;
}

function inline(content: readonly Inline[], options: RenderOptions): Safe[] {
  return content.map((part) => piece(part, options));
}

function piece(part: Inline, options: RenderOptions): Safe {
  switch (part.t) {
    case 'text':
      return html`${part.text}`;
    case 'br':
      return html`<br>`;
    case 'image':
      return picture(part, options);
    case 'strong':
      return html`<strong>${inline(part.content, options)}</strong>`;
    case 'em':
      return html`<em>${inline(part.content, options)}</em>`;
    case 'sub':
      return html`<sub>${inline(part.content, options)}</sub>`;
    case 'sup':
      return html`<sup>${inline(part.content, options)}</sup>`;
    case 'code':
      return html`<code>${inline(part.content, options)}</code>`;
  }
}

function picture(image: { readonly name: string; readonly alt: string }, options: RenderOptions): Safe {
  const size = options.pictureSize?.(image.name);
  const dimensions = size && html` width="${size.width}" height="${size.height}"`;
  return html`<img src="${safeUrl(options.pictureUrl(image.name))}" alt="${image.alt}"${dimensions}>`;
}

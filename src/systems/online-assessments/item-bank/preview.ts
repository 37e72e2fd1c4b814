/** A question as a candidate sees it, for the pages of the awarding body. */
import type { Safe } from '#platform/html/html.ts';
import { type ItemContent, redactForCandidate, renderCandidateItem } from '#qti';
import { bankPath } from './list-items.ts';
import type { VersionPicture } from './load-items.ts';

export interface Preview {
  readonly bank: string;
  readonly content: ItemContent;
  readonly pictures: ReadonlyMap<string, VersionPicture>;
  /** `order[place]` = index of the choice shown there; without one, as the author wrote them. */
  readonly order?: readonly number[];
  readonly position?: { readonly number: number; readonly of: number };
}

/** The very way to a candidate: redacted, then rendered. Nothing here knows the key. */
export function previewOf({ bank, content, pictures, order, position }: Preview): Safe {
  const sizes = new Map([...pictures.values()].map((picture) => [picture.sha256, picture]));
  const view = redactForCandidate(
    content,
    order ?? content.choices.map((_, index) => index),
    (name) => pictures.get(name)?.sha256 ?? 'missing',
  );
  return renderCandidateItem(view, {
    pictureUrl: (sha256) => `${bankPath(bank)}/pictures/${sha256}`,
    pictureSize: (sha256) => sizes.get(sha256),
    ...(position ? { position } : {}),
  });
}

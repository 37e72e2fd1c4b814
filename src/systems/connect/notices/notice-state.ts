/** A notice from draft to end, and what its dates make of it on a day. */

const NOTICE_STATES = ['draft', 'published', 'ended'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];
export type NoticeAct = 'change' | 'publish' | 'correct' | 'discard' | 'end';

const FROM: Record<NoticeAct, readonly NoticeState[]> = {
  // A draft of a correction hangs on a notice that is published.
  change: ['draft', 'published'],
  publish: ['draft', 'published'],
  correct: ['published'],
  discard: ['draft', 'published'],
  end: ['published'],
};

export type Moved =
  | { readonly ok: true; readonly state: NoticeState }
  | { readonly ok: false; readonly message: string };

/**
 * The state after an act, or why it cannot be. `draft` says whether there is an unpublished version: changing,
 * publishing and discarding need one, correcting and ending need that there is none.
 */
export function noticeTransition(state: NoticeState, act: NoticeAct, draft: boolean): Moved {
  const refuse = (message: string): Moved => ({ ok: false, message });
  if (state === 'ended') return refuse('The notice has ended and stays as it was. Write a new one');
  if (!FROM[act].includes(state)) return refuse('The notice is not published yet. Change the draft instead');
  const needsDraft = act === 'change' || act === 'publish' || act === 'discard';
  if (needsDraft && !draft) return refuse('There is no draft. A published notice is corrected by a new version');
  if (!needsDraft && draft) return refuse('A correction is drafted already. Publish or discard it first');
  if (act === 'publish') return { ok: true, state: 'published' };
  return { ok: true, state: act === 'end' ? 'ended' : state };
}

/** What readers have of a notice on a day: dates of law, YYYY-MM-DD, both included. */
export type Standing = 'draft' | 'to_come' | 'shown' | 'run_out' | 'ended';

export const STANDINGS = ['draft', 'to_come', 'shown', 'run_out', 'ended'] as const satisfies readonly Standing[];

export function standingOn(
  notice: { readonly state: NoticeState; readonly showsFrom: string; readonly showsUntil: string | null },
  today: string,
): Standing {
  if (notice.state !== 'published') return notice.state;
  if (notice.showsFrom > today) return 'to_come';
  return notice.showsUntil !== null && notice.showsUntil < today ? 'run_out' : 'shown';
}

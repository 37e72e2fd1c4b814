/** The notices of a person on the own home page: those to confirm as rows of "Needs attention", and the newest. */
import type { Context } from '#platform/http/context.ts';
import type { AttentionItem } from '#ui';
import { NOTICES_PATH } from '../notices/notices-page.ts';
import { type OwnNotice, ownNotices } from '../notices/own-notices.ts';

const SHOWN = 3;
const MOST_TO_CONFIRM = 20;

/** A row for each notice that the person must still confirm. */
export async function noticesAttention(context: Context<unknown, unknown>): Promise<AttentionItem[]> {
  const notices = await context.services.database.read(
    context.principal,
    (reader) => ownNotices(reader, 'confirm', { limit: MOST_TO_CONFIRM, offset: 0 }),
    { capability: 'connect.notices' },
  );
  return notices.map(rowOf);
}

function rowOf({ id, title, showsUntil, correction }: OwnNotice): AttentionItem {
  return {
    urgency: 3,
    tone: 'info',
    icon: 'bell',
    title: `Confirm: ${title}`,
    why: correction
      ? 'A corrected notice of the awarding body.'
      : 'A notice of the awarding body asks for your confirmation.',
    system: 'Notices',
    whose: 'you',
    until: showsUntil,
    action: { label: 'Read and confirm', href: `${NOTICES_PATH}/${id}` },
  };
}

/** The first notices of the person, unread ones first. */
export function newestNotices(context: Context<unknown, unknown>): Promise<OwnNotice[]> {
  return context.services.database.read(
    context.principal,
    (reader) => ownNotices(reader, 'current', { limit: SHOWN, offset: 0 }),
    { capability: 'connect.notices' },
  );
}

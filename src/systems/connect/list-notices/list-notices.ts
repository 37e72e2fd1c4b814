import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { card, chips, emptyState, formatDate, link, linkButton, listHref, pageHead, pager, plural, tag } from '#ui';
import { firstWords } from '../notices/notice-text.ts';
import { NOTICES_PATH, noticesPage } from '../notices/notices-page.ts';
import { countOwnNotices, NOTICE_VIEWS, type NoticeView, type OwnNotice, ownNotices } from '../notices/own-notices.ts';

const PAGE_SIZE = 20;

const query = z.object({
  show: z.enum(NOTICE_VIEWS).catch('current'),
  page: z.coerce.number().int().min(1).max(400).catch(1),
});

const LABELS: Record<NoticeView, string> = {
  current: 'Current',
  unread: 'Unread',
  confirm: 'To confirm',
  past: 'Past',
};

const EMPTY: Record<NoticeView, readonly [string, string]> = {
  current: ['No notices now', 'What the awarding body has to tell you appears here.'],
  unread: ['You have read them all', 'New notices appear here.'],
  confirm: ['Nothing to confirm', 'Notices that you must confirm stay here until you have.'],
  past: ['No past notices', 'Notices that you have read stay here after they have run out or were ended.'],
};

/** GET /notices: what the awarding body has to tell this person, unread first. */
export const listNotices = handler({ query }, async (context): Promise<Answer> => {
  const { show, page: number } = context.query;
  const { counts, rows } = await context.read(async (reader) => ({
    counts: await countOwnNotices(reader),
    rows: await ownNotices(reader, show, { limit: PAGE_SIZE, offset: (number - 1) * PAGE_SIZE }),
  }));
  const words = { show: show === 'current' ? undefined : show };
  const [title, text] = EMPTY[show];
  return page(
    await noticesPage(
      context,
      { title: 'Notices' },
      html`${pageHead({ title: 'Notices', lead: `${plural(counts.current, 'notice')} from the awarding body, ${counts.unread} unread` })}
<section class="ao-card flush" aria-label="Notices"><div class="ao-toolbar chips">${chips(
        NOTICE_VIEWS.map((view) => ({
          label: LABELS[view],
          count: counts[view],
          href: listHref(NOTICES_PATH, { show: view === 'current' ? undefined : view }),
          current: view === show,
        })),
      )}</div>${
        rows.length > 0
          ? html`${noticeRows(rows)}${pager({
              page: number,
              pageSize: PAGE_SIZE,
              total: counts[show],
              href: (to) => listHref(NOTICES_PATH, words, { page: to > 1 ? String(to) : undefined }),
            })}`
          : html`<div class="pad">${emptyState({
              icon: 'bell',
              title: counts[show] > 0 ? 'The list ends before this page' : title,
              text,
              actions:
                (show !== 'current' || number > 1) && linkButton('Current notices', NOTICES_PATH, { look: 'quiet' }),
            })}</div>`
      }</section>`,
    ),
  );
});

/** Notices one under the other; what is unread or waits says so. */
function noticeRows(notices: readonly OwnNotice[], { short = false } = {}): Safe {
  return html`<ul class="ao-notices">${notices.map(
    (notice) =>
      html`<li><div><p class="t">${!notice.read && html`<span class="new"><span class="govuk-visually-hidden">Unread: </span></span>`}${link(notice.title, `${NOTICES_PATH}/${notice.id}`)}</p>${!short && html`<p>${firstWords(notice.body)}</p>`}</div><div class="facts">${noticeTag(notice)}<span>${formatDate(notice.publishedAt, 'list')}</span></div></li>`,
  )}</ul>`;
}

/** Where the reader stands with a notice, in a word; nothing for one that asks for nothing. */
export function noticeTag(notice: OwnNotice): Safe | null {
  if (notice.past) return tag(notice.ended ? 'Ended' : 'Run out');
  if (notice.acknowledgeWords && !notice.acknowledgedAt) return tag('Confirm it', 'warn', 'alert');
  if (notice.acknowledgedAt) return tag('Confirmed', undefined, 'check');
  if (notice.correction) return tag('Corrected', 'info');
  return null;
}

/** The notices on a home page: a few, and the way to the rest. */
export function noticesCard(notices: readonly OwnNotice[]): Safe {
  return card(
    { title: 'Notices', id: 'notices', flush: true, aside: link('All notices', NOTICES_PATH) },
    notices.length > 0
      ? noticeRows(notices, { short: true })
      : emptyState({
          icon: 'bell',
          title: 'No notices now',
          text: 'What the awarding body has to tell you appears here.',
        }),
  );
}

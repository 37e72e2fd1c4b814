import { z } from 'zod';
import { card, crumbs, emptyState, formatDateTime, pageHead, rowLink, summaryList, table, taskPage } from '#ui';
import { type HtmlValue, html } from '../html/html.ts';
import { NotFound, page } from '../http/answers.ts';
import { get, handler, type System } from '../http/routes.ts';
import { SYSTEM } from '../permissions/principal.ts';
import type { Settings } from '../settings/settings.ts';

const SHOWN = 100;

/**
 * Whether the development mailbox exists: only where mail is not sent and nobody but this machine can look, neither by
 * the address we listen on nor through a proxy.
 */
export function hasMailbox(settings: Settings): boolean {
  const host = new URL(settings.publicUrl).hostname;
  const own = host === 'localhost' || host === '[::1]' || /^127\./.test(host);
  return settings.loopback && settings.mailUrl === undefined && settings.trustProxy === false && own;
}

const list = handler({}, async (context) => {
  const mails = await context.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('platform.mails')
      .select(['id', 'to_address', 'subject', 'written_at'])
      .orderBy('written_at', 'desc')
      .orderBy('id', 'desc')
      .limit(SHOWN)
      .execute(),
  );
  return page(
    taskPage(
      { ...(await context.frame()), title: 'Mailbox', noIndex: true },
      html`${pageHead({ title: 'Mailbox', lead: 'Mail that this installation has written, newest first. It is not sent, because MAIL_URL is not set' })}
${
  mails.length === 0
    ? emptyState({
        icon: 'bell',
        title: 'No mail yet',
        text: 'It appears here as soon as the product writes one, for example when a user is added in Centres Hub.',
      })
    : card(
        { label: 'Mails', flush: true },
        table({
          caption: 'Mails, newest first',
          rows: mails,
          columns: [
            { label: 'Subject', header: true, cell: (mail) => rowLink(mail.subject, `/dev/mailbox/${mail.id}`) },
            { label: 'To', cell: (mail) => mail.to_address },
            { label: 'Written', class: 'nw', cell: (mail) => formatDateTime(mail.written_at, 'list', context.now) },
          ],
        }),
      )
}`,
    ),
  );
});

const single = handler({ params: z.object({ id: z.uuid() }) }, async (context) => {
  const mail = await context.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('platform.mails')
      .select(['to_address', 'subject', 'body', 'sent_by', 'written_at'])
      .where('id', '=', context.params.id)
      .executeTakeFirst(),
  );
  if (!mail) throw new NotFound();
  return page(
    taskPage(
      { ...(await context.frame()), title: mail.subject, noIndex: true },
      html`${crumbs([{ label: 'Mailbox', href: '/dev/mailbox' }, { label: mail.subject }])}
<h1>${mail.subject}</h1>
${card(
  { label: 'Mail' },
  html`${summaryList([
    ['To', mail.to_address],
    ['Written', formatDateTime(mail.written_at)],
    ['Text', paragraphs(mail.body, context.services.settings.publicUrl)],
    mail.sent_by !== null && ['Last line', mail.sent_by],
  ])}`,
)}`,
    ),
  );
});

/** Plain text as paragraphs; links to this site can be followed. */
function paragraphs(text: string, publicUrl: string): HtmlValue {
  return text
    .trim()
    .split(/\n{2,}/)
    .map(
      (paragraph) =>
        html`<p>${paragraph
          .split(/(https?:\/\/\S+)/)
          .map((part) =>
            part.startsWith(`${publicUrl}/`) ? html`<a href="${part.slice(publicUrl.length)}">${part}</a>` : part,
          )}</p>`,
    );
}

/** /dev/mailbox, composed only where `hasMailbox`. */
export const mailbox: System = {
  name: 'mailbox',
  routes: [get('/dev/mailbox', 'public', list), get('/dev/mailbox/:id', 'public', single)],
};

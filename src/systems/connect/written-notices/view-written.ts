import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import {
  card,
  codeText,
  crumbs,
  details,
  errorSummary,
  formatCount,
  formatDate,
  formatDateTime,
  kpis,
  linkButton,
  meter,
  note,
  pageHead,
  plural,
  postButton,
  summaryList,
  table,
} from '#ui';
import { audienceInWords } from '../notices/audience.ts';
import { type Figures, figuresOf, type OrganisationFigures } from '../notices/notice-figures.ts';
import { draftOf, type Notice, type NoticeVersion, noticeById, publishedOf } from '../notices/notice-records.ts';
import { standingOn } from '../notices/notice-state.ts';
import { noticesPage, WRITTEN_PATH } from '../notices/notices-page.ts';
import { noticeSheet } from '../view-notice/view-notice.ts';
import { standingTag } from './list-written.ts';

const params = z.object({ id: z.uuid() });
const query = z.object({
  done: z.enum(['published', 'ended', 'discarded', 'reminded']).optional().catch(undefined),
  people: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});
type Query = z.infer<typeof query>;

/** GET /notices/written/:id */
export const viewWritten = handler(
  { params, query },
  async (context): Promise<Answer> => page(await writtenPage(context, context.params.id, { done: context.query })),
);

/** A notice as its writer sees it: figures, the draft as readers will see it, and all that was published. */
export async function writtenPage(
  context: Context<unknown, unknown>,
  id: string,
  { errors = [], done }: { errors?: readonly FieldError[]; done?: Query },
): Promise<Safe> {
  const { notice, figures } = await context.read(async (reader) => {
    const notice = await noticeById(reader, id);
    return { notice, figures: notice?.publishedVersion ? await figuresOf(reader, id) : null };
  });
  if (!notice) throw new NotFound();
  const draft = draftOf(notice);
  const published = publishedOf(notice);
  const version = (published ?? draft) as NoticeVersion;
  const standing = standingOn({ ...version, state: notice.state }, dayInLondon(context.now));
  const base = `${WRITTEN_PATH}/${id}`;
  return noticesPage(
    context,
    { title: version.title, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}${done?.done && doneNote(done)}${crumbs([{ label: 'Write notices', href: WRITTEN_PATH }, { label: version.title }])}
${pageHead({
  title: version.title,
  lead: html`${standingTag(standing)} ${audienceInWords(version, version.productTitle)}`,
  actions:
    notice.state === 'published' &&
    !draft &&
    html`${linkButton('End it', `${base}/end`, { look: 'quiet' })}${linkButton('Correct it', `${base}/correct`, { look: 'quiet', icon: 'edit' })}`,
})}
${notice.state === 'ended' && note(html`${notice.endedBy}, ${formatDateTime(notice.endedAt as Date)}. Reason: ${notice.endReason}`, { title: 'This notice has ended.', class: 'mb' })}
${draft && draftCard(base, draft)}
${published && figures && readersCard(base, published, figures, standing === 'shown')}
${published && publishedCard(notice, published)}`,
  );
}

function doneNote({ done, people }: Query): Safe {
  const [title, text] = {
    published: ['It is published.', 'Its readers see it from its first day on.'],
    ended: ['The notice has ended.', 'Nobody is shown it as current any more.'],
    discarded: ['The correction is discarded.', 'What was published stands.'],
    reminded: [`${plural(people, 'person is', 'people are')} reminded.`, 'Each is told the way he or she chose.'],
  }[done as NonNullable<typeof done>] as [string, string];
  return note(text, { tone: 'ok', title, announce: true, class: 'mb' });
}

const facts = (version: NoticeVersion) =>
  summaryList([
    ['For', audienceInWords(version, version.productTitle)],
    ['First day', formatDate(version.showsFrom)],
    ['Last day', version.showsUntil ? formatDate(version.showsUntil) : 'Until it is ended'],
    ['Readers confirm', version.acknowledgeWords ?? 'Nothing'],
    version.correction !== null && ['Shown as new to everyone', version.renewed ? 'Yes' : 'No'],
  ]);

function draftCard(base: string, draft: NoticeVersion): Safe {
  const what = draft.version > 1 ? 'correction' : 'notice';
  return html`<section class="mb" aria-labelledby="draft"><h2 id="draft" class="mb">${draft.version > 1 ? 'The correction' : 'The draft'} as its readers will see it</h2>
${note(`Nobody but the awarding body sees it yet. Written by ${draft.writtenBy ?? 'the product'}, ${formatDateTime(draft.writtenAt)}.`, { title: 'Not published.', class: 'mb' })}
${noticeSheet(draft)}
<div class="mt">${card({ label: `Facts of the ${what}`, tint: true }, facts(draft))}</div>
<div class="row mt">${postButton(`Publish the ${what}`, { action: `${base}/publish`, submissionId: crypto.randomUUID() })}${linkButton('Change it', `${base}/change`, { look: 'quiet', icon: 'edit' })}${postButton('Discard it', { action: `${base}/discard`, submissionId: crypto.randomUUID(), look: 'text' })}</div></section>`;
}

function readersCard(
  base: string,
  version: NoticeVersion,
  { all, byOrganisation }: { all: Figures; byOrganisation: readonly OrganisationFigures[] },
  shown: boolean,
): Safe {
  const confirm = version.acknowledgeWords !== null;
  const done = confirm ? all.acknowledged : all.read;
  const left = all.people - done;
  const share = (part: number) => `${all.people === 0 ? 0 : Math.floor((part * 100) / all.people)}% of them`;
  return card(
    { title: 'Readers', id: 'readers', flush: true, class: 'mb' },
    html`${kpis([
      { label: 'Reaches today', value: formatCount(all.people), comparison: all.people === 1 ? 'person' : 'people' },
      { label: 'Have read it', value: formatCount(all.read), comparison: share(all.read) },
      ...(confirm
        ? [{ label: 'Have confirmed it', value: formatCount(all.acknowledged), comparison: share(all.acknowledged) }]
        : []),
    ])}
${
  left > 0 &&
  html`<div class="ao-toolbar">${linkButton(`See the ${formatCount(left)} who ${left === 1 ? 'has' : 'have'} not`, `${base}/missing`, { look: 'quiet', icon: 'users' })}${
    shown &&
    postButton('Remind them', {
      action: `${base}/remind`,
      submissionId: crypto.randomUUID(),
      look: 'quiet',
      icon: 'bell',
    })
  }</div>`
}${
  byOrganisation.length > 0 &&
  table<OrganisationFigures>({
    caption: 'Readers by centre',
    rows: byOrganisation,
    columns: [
      {
        label: 'Centre',
        header: true,
        cell: ({ name, number }) => (name ? html`${name} ${codeText(number ?? '')}` : 'No organisation'),
      },
      { label: 'Reaches', numeric: true, cell: ({ people }) => formatCount(people) },
      { label: 'Read', numeric: true, cell: ({ read }) => formatCount(read) },
      ...(confirm
        ? [
            {
              label: 'Confirmed',
              cell: ({ name, people, acknowledged }: OrganisationFigures) =>
                meter({
                  value: acknowledged,
                  max: Math.max(people, 1),
                  label: `Confirmed at ${name ?? 'no organisation'}`,
                  text: `${acknowledged} of ${people}`,
                }),
            },
          ]
        : []),
    ],
  })
}`,
  );
}

function publishedCard(notice: Notice, published: NoticeVersion): Safe {
  const earlier = notice.versions.filter(({ version, publishedAt }) => publishedAt && version !== published.version);
  const when = ({ publishedBy, publishedAt }: NoticeVersion) =>
    `${publishedBy ?? 'the product'}, ${formatDateTime(publishedAt as Date)}`;
  return html`<section aria-labelledby="published"><h2 id="published" class="mb">What readers see</h2>${noticeSheet(published)}
<div class="mt">${card({ label: 'Facts of the notice', tint: true }, html`${facts(published)}<p class="muted m0">Version ${published.version}, published by ${when(published)}</p>`)}</div>
${earlier.map((version) => details(html`Version ${version.version}, published by ${when(version)}`, html`<h3>${version.title}</h3>${noticeSheet(version)}`))}</section>`;
}

import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import {
  type Column,
  card,
  crumbs,
  details,
  emptyState,
  formatDate,
  formatDateTime,
  link,
  linkButton,
  note,
  pageHead,
  table,
  tag,
  trail,
} from '#ui';
import { hubPage, whose } from '../hub-page/hub-page.ts';
import type { CompetenceView, Reminder, Right } from './competence-view.ts';
import { FUNCTION_NAMES, isJudge } from './functions.ts';
import { hoursInWords, recordFacts } from './record-form.ts';
import { type CompetenceRecord, isCurrent, KIND_ARTICLES, KIND_NAMES, RECORD_KINDS } from './records.ts';
import type { Standing } from './standing.ts';

export const DONE = ['added', 'corrected', 'withdrawn', 'decided', 'ended'] as const;
const DONE_WORDS: Record<(typeof DONE)[number], string> = {
  added: 'The record is added.',
  corrected: 'The record is corrected. The old one stays readable below.',
  withdrawn: 'The record is withdrawn and no longer counts.',
  decided: 'The decision is recorded and holds at once. The person and the coordinators are told.',
  ended: 'The approval has ended. The right that it gave is gone at once.',
};

/** What somebody may judge, on what evidence, and what was decided. */
export function competencePage(frame: Frame, view: CompetenceView, done: (typeof DONE)[number] | undefined): Safe {
  const { hub, colleague, own } = view;
  const title = own ? 'Your own competence' : `Competence of ${colleague.name}`;
  const roles = colleague.roles.map((role) => ROLE_NAMES[role]).join(', ');
  const manages = hub.may('centres-hub.manage-users');
  return hubPage(
    frame,
    hub,
    { title },
    html`${crumbs([{ label: 'Who does what', href: hub.href('/centres-hub/who-does-what') }, { label: title }])}
${pageHead({
  title,
  lead: whose(hub) ?? (roles || colleague.job),
  actions: html`${own && linkButton('Your conflicts of interest', '/centres-hub/conflicts/own', { look: 'quiet' })}${
    manages &&
    colleague.there &&
    linkButton('Put down for something', hub.href('/centres-hub/who-does-what/add', { who: colleague.id }))
  }`,
})}
<div class="stack">
${done && note(DONE_WORDS[done], { tone: 'ok', announce: true })}
${!colleague.there && note(`${colleague.name} does not work at the centre any more.`, { tone: 'warn' })}
${card({ title: 'What it allows today', id: 'rights', flush: view.rights.length > 0 }, rights(view))}
${card({ title: 'Competence records', id: 'records', flush: view.all.some(isCurrent) }, records(view))}
${view.records && card({ title: 'Add to the records', id: 'add' }, html`<div class="row">${RECORD_KINDS.map((kind) => linkButton(`Add ${KIND_ARTICLES[kind]}`, hub.href(`/centres-hub/competence/${colleague.id}/records/add/${kind}`), { look: 'quiet' }))}</div>`)}
${card({ title: 'Decisions and reminders', id: 'history' }, history(view))}
${closed(view)}
</div>`,
  );
}

function standingCell(standing: Standing): HtmlValue {
  if (standing.allowed)
    return html`${tag('Allowed')}${standing.until !== null && html`<br><span class="small muted">Until ${formatDate(standing.until)}</span>`}`;
  return html`${tag('Not allowed', 'warn', 'alert')}<br><span class="small">${standing.why}</span><br><span class="small muted">${
    standing.whose === 'nobody' ? 'Nobody has to do anything.' : `Waits for ${standing.whose}.`
  }</span>`;
}

function rights(view: CompetenceView): Safe {
  const { hub, colleague } = view;
  const decides = hub.may('centres-hub.decide-approvals');
  const others = view.others.map(
    (line) => `${FUNCTION_NAMES[line.function]} (${line.product ?? 'every product'}, ${line.site ?? 'every site'})`,
  );
  const more = others.length > 0 && html`<p class="pad m0">Also: ${others.join('; ')}.</p>`;
  if (view.rights.length === 0)
    return html`${more}<p class="m0">${own(view) ? 'You are' : `${colleague.name} is`} not put down as assessor, internal quality assurer or invigilator. The centre coordinator does that under "Who does what".</p>`;
  return html`${table<Right>({
    caption: 'Rights by product',
    rows: view.rights,
    columns: [
      { label: 'Product', header: true, cell: ({ product }) => product },
      { label: 'Function', cell: ({ line }) => FUNCTION_NAMES[line.function] },
      { label: 'Site', cell: ({ line }) => line.site ?? 'Every site' },
      { label: 'Today', phone: 'plain', cell: ({ standing }) => standingCell(standing) },
      ...(decides
        ? [
            {
              label: 'Decide',
              phone: 'plain' as const,
              cell: ({ line, product, code }: Right) =>
                isJudge(line.function) &&
                link(
                  html`Decide<span class="govuk-visually-hidden"> about ${FUNCTION_NAMES[line.function]} of ${product}</span>`,
                  hub.href(`/centres-hub/competence/${colleague.id}/decide/${line.function}/${code}`),
                ),
            },
          ]
        : []),
    ],
  })}${more}`;
}

const own = (view: CompetenceView) => view.own;

function fileLink({ hub, colleague }: CompetenceView, record: CompetenceRecord): HtmlValue {
  if (record.fileId === null) return html`<span class="muted">None</span>`;
  return html`<a href="${hub.href(`/centres-hub/competence/${colleague.id}/files/${record.fileId}`)}" download>${record.fileName}</a>`;
}

function records(view: CompetenceView): Safe {
  const { hub, colleague, today } = view;
  const current = RECORD_KINDS.flatMap((kind) => view.all.filter((one) => one.kind === kind && isCurrent(one)));
  if (current.length === 0)
    return emptyState({
      icon: 'doc',
      title: 'No competence records yet',
      text: 'The awarding body decides on qualifications and a curriculum vitae; professional development, standardisation and licences belong here too.',
    });
  const path = `/centres-hub/competence/${colleague.id}/records`;
  const columns: Column<CompetenceRecord>[] = [
    {
      label: 'Record',
      header: true,
      cell: (one) => html`<span class="name">${one.title}</span><span class="sub">${recordFacts(one)}</span>`,
    },
    { label: 'Kind', cell: (one) => KIND_NAMES[one.kind] },
    { label: 'Date', class: 'nw', cell: (one) => formatDate(one.happenedOn, 'list') },
    {
      label: 'Last day',
      class: 'nw',
      cell: ({ expiresOn }) => {
        if (expiresOn === null) return html`<span class="muted">None</span>`;
        return html`${formatDate(expiresOn, 'list')}${expiresOn < today && html` ${tag('Run out', 'bad', 'alert')}`}`;
      },
    },
    { label: 'Evidence', cell: (one) => fileLink(view, one) },
    ...(view.records
      ? [
          {
            label: 'Change',
            phone: 'plain' as const,
            cell: (one: CompetenceRecord) =>
              html`<span class="row">${link(html`Correct<span class="govuk-visually-hidden"> ${one.title}</span>`, hub.href(`${path}/${one.id}/correct`))}${link(html`Withdraw<span class="govuk-visually-hidden"> ${one.title}</span>`, hub.href(`${path}/${one.id}/withdraw`))}</span>`,
          },
        ]
      : []),
  ];
  const year = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
  const minutes = current.reduce(
    (sum, one) => sum + (one.kind === 'cpd' && one.happenedOn > year ? (one.minutes ?? 0) : 0),
    0,
  );
  return html`${table({ caption: 'Records that count', rows: current, columns })}<p class="pad m0 muted">Professional development in the last 12 months: ${hoursInWords(minutes)}.</p>`;
}

function reminderWords({ about, what, lastDay, daysBefore }: Reminder): string {
  const name = about === 'licence' ? `The licence "${what}"` : `The approval for ${what}`;
  return daysBefore === 0
    ? `${name} ran out on ${formatDate(lastDay)}. The right has ended.`
    : `Reminded: ${name} runs out on ${formatDate(lastDay)}.`;
}

function history(view: CompetenceView): Safe {
  const { hub } = view;
  const decides = hub.may('centres-hub.decide-approvals');
  const items = [
    ...view.decisions.flatMap((one) => {
      const what = `${FUNCTION_NAMES[one.function]}, ${one.product}`;
      const said =
        one.outcome === 'approved'
          ? `Approved from ${formatDate(one.validFrom as string)} until ${formatDate(one.validUntil as string)}`
          : 'Not approved';
      const open = decides && one.outcome === 'approved' && one.endReason === null;
      const lines = [
        {
          at: one.decidedAt,
          what: html`${what}: ${said}. ${one.reasons}${open && html` ${link(html`End the approval<span class="govuk-visually-hidden"> as ${what}</span>`, hub.href(`/centres-hub/competence-decisions/${one.id}/end`))}`}`,
        },
      ];
      if (one.endedAt !== null)
        lines.push({ at: one.endedAt, what: html`${what}: the awarding body ended the approval. ${one.endReason}` });
      return lines;
    }),
    ...view.reminders.map((one) => ({ at: one.writtenAt, what: html`${reminderWords(one)}` })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
  if (items.length === 0) return html`<p class="m0">Nothing was decided yet.</p>`;
  return trail(items.map(({ at, what }) => ({ when: formatDateTime(at), what })));
}

function closed(view: CompetenceView): Safe | false {
  const rows = view.all.filter((one) => !isCurrent(one));
  if (rows.length === 0) return false;
  return details(
    `Corrected and withdrawn (${rows.length})`,
    html`<ul>${rows.map(
      (one) =>
        html`<li>${KIND_NAMES[one.kind]}: ${one.title}, ${formatDate(one.happenedOn, 'list')}${one.expiresOn && ` to ${formatDate(one.expiresOn, 'list')}`}. ${recordFacts(one)}. ${
          one.withdrawnAt !== null
            ? `Withdrawn on ${formatDate(one.withdrawnAt, 'list')}: ${one.withdrawnReason}`
            : 'Corrected by a later record.'
        } ${one.fileId !== null && fileLink(view, one)}</li>`,
    )}</ul>`,
  );
}

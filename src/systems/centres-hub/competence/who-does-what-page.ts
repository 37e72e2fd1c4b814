import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { type Column, formatDate, link, linkButton, listOf, listPage, note, plural, rowLink, tag } from '#ui';
import { hubPage, whose } from '../hub-page/hub-page.ts';
import { FUNCTION_KEYS, FUNCTION_NAMES } from './functions.ts';
import type { LineStanding } from './standing.ts';
import { type Line, type ListQuery, listQuery, type WhoDoesWhat } from './who-does-what-list.ts';

const DONE_WORDS = {
  begun:
    'It is put down. Assessors and internal quality assurers wait for the awarding body to approve the competence.',
  ended: 'The function has ended. What was done in it stays on record.',
} as const;

/** "Allowed until 3 March 2027", or what stands in the way. */
export function standingInWords(standing: LineStanding | null): string {
  if (standing === null) return 'Needs no approval';
  const { allowed, asked, until, obstacle } = standing;
  if (allowed === 0) return obstacle ? `${obstacle.why} Waits for ${obstacle.whose}.` : 'The centre has no products.';
  const some = allowed === asked ? 'Allowed' : `Allowed for ${allowed} of ${plural(asked, 'product')}`;
  return until === null ? some : `${some} until ${formatDate(until)}`;
}

function standingTag(standing: LineStanding | null): Safe {
  if (standing === null) return html`<span class="muted">Needs no approval</span>`;
  if (standing.allowed === 0) return tag('Not allowed', 'warn', 'alert');
  return tag(standing.allowed === standing.asked ? 'Allowed' : `Allowed for ${standing.allowed} of ${standing.asked}`);
}

interface Shown {
  readonly query: ListQuery;
  readonly rows: readonly Line[];
  readonly total: number;
  readonly counts: { readonly all: number; readonly yes: number; readonly no: number };
}

/** Who is put down for what at the centre, and what it lets do today. */
export function whoDoesWhatPage(frame: Frame, all: WhoDoesWhat, { query, rows, total, counts }: Shown): Safe {
  const { hub } = all;
  const path = '/centres-hub/who-does-what';
  const manages = hub.may('centres-hub.manage-users');
  const list = listOf(path, listQuery, query);
  const chip = (label: string, count: number, can: ListQuery['can']) => list.chip(label, { can }, count);
  const add = manages && linkButton('Put somebody down', hub.href(`${path}/add`));
  const actions = html`${hub.may('centres-hub.see-interests') && linkButton('Conflicts of interest', hub.href('/centres-hub/conflicts'), { look: 'quiet' })}${
    hub.may('centres-hub.own-competence') &&
    linkButton('Your own competence', hub.href('/centres-hub/competence/own'), { look: 'quiet' })
  }${hub.may('centres-hub.decide-approvals') && linkButton('All that wait for a decision', '/centres-hub/competence-queue', { look: 'quiet' })}${add}`;
  return hubPage(
    frame,
    hub,
    { title: 'Who does what' },
    html`${query.done && note(DONE_WORDS[query.done], { tone: 'ok', announce: true, class: 'mb' })}
${listPage<Line>({
  title: 'Who does what',
  lead: whose(hub) ?? 'Users and staff members with what they do, for which product and at which site',
  actions,
  ...list.shown(total),
  keep: ['centre'],
  noun: ['function', 'functions'],
  filters: [
    { kind: 'search', name: 'q', label: 'Name' },
    {
      kind: 'select',
      name: 'function',
      label: 'Function',
      choices: [
        { value: '', label: 'Every function' },
        ...FUNCTION_KEYS.map((value) => ({ value, label: FUNCTION_NAMES[value] })),
      ],
    },
    {
      kind: 'select',
      name: 'product',
      label: 'Product',
      choices: [
        { value: '', label: 'Every product' },
        ...all.products.map(({ productId, title }) => ({ value: productId, label: title })),
      ],
    },
    {
      kind: 'select',
      name: 'site',
      label: 'Site',
      choices: [{ value: '', label: 'Every site' }, ...all.sites.map(({ id, name }) => ({ value: id, label: name }))],
    },
  ],
  chips: [
    chip('All', counts.all, undefined),
    chip('Allowed today', counts.yes, 'yes'),
    chip('Not allowed', counts.no, 'no'),
  ],
  narrowedBy: ['can'],
  columns: columns(all, manages),
  rows,
  exportPath: `${path}/export`,
  firstUse: {
    icon: 'user',
    title: 'Nobody is put down for anything yet',
    text: 'Assessors, internal quality assurers, expert witnesses, tutors and others stand here, product by product and site by site. The awarding body then approves assessors and internal quality assurers.',
    actions: add,
  },
})}`,
  );
}

function columns({ hub }: WhoDoesWhat, manages: boolean): Column<Line>[] {
  const sees = manages || hub.may('centres-hub.decide-approvals');
  return [
    {
      label: 'Name',
      header: true,
      sort: 'name',
      cell: ({ colleague }) => {
        const name = `${colleague.familyName}, ${colleague.givenNames}`;
        return sees ? rowLink(name, hub.href(`/centres-hub/competence/${colleague.id}`)) : name;
      },
    },
    { label: 'Function', sort: 'function', cell: (line) => FUNCTION_NAMES[line.function] },
    { label: 'Product', sort: 'product', cell: (line) => line.product ?? 'Every product' },
    { label: 'Site', cell: (line) => line.site ?? 'Every site' },
    { label: 'From', sort: 'from', class: 'nw', cell: (line) => formatDate(line.startsOn, 'list') },
    {
      label: 'Today',
      phone: 'plain',
      cell: ({ standing }) =>
        html`${standingTag(standing)}${
          standing !== null &&
          (standing.allowed === 0 || standing.until !== null) &&
          html`<br><span class="small muted">${standing.allowed === 0 ? standingInWords(standing) : `Until ${formatDate(standing.until as string)}`}</span>`
        }`,
    },
    ...(manages
      ? [
          {
            label: 'Change',
            phone: 'plain' as const,
            cell: (line: Line) =>
              link(
                html`End<span class="govuk-visually-hidden"> ${FUNCTION_NAMES[line.function]} of ${line.colleague.name}</span>`,
                hub.href(`/centres-hub/who-does-what/${line.id}/end`),
              ),
          },
        ]
      : []),
  ];
}

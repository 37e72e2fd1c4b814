import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import {
  type Column,
  formatDate,
  inOrder,
  link,
  linkButton,
  listFields,
  listOf,
  listPage,
  note,
  pageOf,
  tag,
  withWords,
} from '#ui';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { RELATION_NAMES, RELATIONS } from './conflict-rule.ts';
import { type Declaration, declarationsOf, mayEnd, peopleOf } from './declarations.ts';

const listQuery = hubQuery.extend({
  ...listFields(['declared', 'by', 'relation'], 'desc'),
  relation: z.enum(RELATIONS).optional().catch(undefined),
  state: z.enum(['open', 'ended']).optional().catch(undefined),
  done: z.enum(['declared', 'ended']).optional().catch(undefined),
});
type Query = z.infer<typeof listQuery>;

const DONE_WORDS = {
  declared: 'Your declaration is recorded. It binds at once.',
  ended: 'The declaration has ended and no longer binds. It stays in the register.',
} as const;

interface Register {
  readonly hub: Hub;
  readonly own: boolean;
  readonly personId: string;
  /** Who holds a role at the centre. */
  readonly people: ReadonlySet<string>;
  readonly query: Query;
  readonly all: readonly Declaration[];
}

/** GET /centres-hub/conflicts: the register of the centre. */
export const listConflicts = register(false);

/** GET /centres-hub/conflicts/own: what the person has declared. */
export const listOwnConflicts = register(true);

function register(own: boolean) {
  return centreHandler({ query: listQuery }, async (context) => {
    const { personId } = context.person();
    const found = await context.read(async (reader) => {
      const hub = await hubOf(reader, context);
      return {
        hub,
        all: await declarationsOf(reader, hub.centre.id, own ? personId : null),
        people: await peopleOf(reader, hub.centre.id),
      };
    });
    return page(conflictsPage(await context.frame(), { ...found, own, personId, query: context.query }));
  });
}

/** GET /centres-hub/conflicts/export */
export const exportConflicts = centreHandler({ query: listQuery }, async (context) => {
  const { query } = context;
  const all = await context.read(async (reader) =>
    declarationsOf(reader, (await hubOf(reader, context)).centre.id, null),
  );
  return listFile(
    'conflicts-of-interest',
    ['Declared by', 'Relation', 'About', 'What', 'Declared on', 'Ended on', 'Why it ended'],
    sorted(inState(fitting(all, query), query.state), query).map((one) => [
      one.by,
      RELATION_NAMES[one.relation],
      one.aboutName,
      one.words,
      formatDate(one.declaredAt),
      one.endedAt && formatDate(one.endedAt),
      one.endReason,
    ]),
  );
});

function fitting(rows: readonly Declaration[], { q, relation }: Query): Declaration[] {
  const related = rows.filter((one) => !relation || one.relation === relation);
  return withWords(related, q, (one) => `${one.by} ${one.aboutName ?? ''} ${one.words}`);
}

function inState(rows: readonly Declaration[], state: Query['state']): Declaration[] {
  return rows.filter(({ endedAt }) => !state || (endedAt === null) === (state === 'open'));
}

function sorted(rows: readonly Declaration[], query: Query): Declaration[] {
  const byName = [...rows].sort((a, b) => a.by.localeCompare(b.by, 'en'));
  return inOrder(byName, query, {
    by: (one) => one.by,
    relation: (one) => RELATION_NAMES[one.relation],
    declared: (one) => one.declaredAt.toISOString(),
  });
}

function conflictsPage(frame: Frame, { hub, own, personId, people, query, all }: Register): Safe {
  const path = own ? '/centres-hub/conflicts/own' : '/centres-hub/conflicts';
  const found = fitting(all, query);
  const rows = sorted(inState(found, query.state), query);
  const title = own ? 'Your conflicts of interest' : 'Conflicts of interest';
  const list = listOf(path, listQuery, query);
  const chip = (label: string, state: Query['state']) => list.chip(label, { state }, inState(found, state).length);
  const declare =
    hub.may('centres-hub.declare-interest') &&
    linkButton('Declare an interest', hub.href('/centres-hub/conflicts/declare'));
  return hubPage(
    frame,
    hub,
    { title },
    html`${query.done && note(DONE_WORDS[query.done], { tone: 'ok', announce: true, class: 'mb' })}
${listPage<Declaration>({
  title,
  lead:
    whose(hub) ??
    'Nobody assesses, samples, invigilates or decides about somebody to whom an interest is declared, or about own work',
  actions: html`${own && hub.may('centres-hub.see-interests') && linkButton('The register', hub.href('/centres-hub/conflicts'), { look: 'quiet' })}${!own && linkButton('Your own', hub.href('/centres-hub/conflicts/own'), { look: 'quiet' })}${declare}`,
  ...list.shown(rows.length),
  keep: ['centre'],
  noun: ['declaration', 'declarations'],
  filters: [
    { kind: 'search', name: 'q', label: 'Name or words' },
    {
      kind: 'select',
      name: 'relation',
      label: 'Relation',
      choices: [
        { value: '', label: 'Every relation' },
        ...RELATIONS.map((value) => ({ value, label: RELATION_NAMES[value] })),
      ],
    },
  ],
  chips: [chip('All', undefined), chip('In force', 'open'), chip('Ended', 'ended')],
  narrowedBy: ['state'],
  columns: columns(hub, personId, people),
  rows: pageOf(rows, query),
  ...(own ? {} : { exportPath: '/centres-hub/conflicts/export' }),
  firstUse: {
    icon: 'shield',
    title: own ? 'You have declared nothing yet' : 'Nothing is declared yet',
    text: 'A relative, an employer or employee, or own work must be declared before somebody assesses, samples or invigilates.',
    actions: declare,
  },
})}`,
  );
}

function columns(hub: Hub, personId: string, people: ReadonlySet<string>): Column<Declaration>[] {
  const manages = hub.may('centres-hub.manage-users');
  return [
    { label: 'Declared by', header: true, sort: 'by', cell: (one) => one.by },
    { label: 'Relation', sort: 'relation', cell: (one) => RELATION_NAMES[one.relation] },
    { label: 'About', cell: (one) => one.aboutName ?? html`<span class="muted">Nobody named</span>` },
    {
      label: 'What',
      cell: (one) =>
        html`${one.words}${one.endReason !== null && html`<br><span class="small muted">Ended: ${one.endReason}</span>`}`,
    },
    { label: 'Declared', class: 'nw', sort: 'declared', cell: (one) => formatDate(one.declaredAt, 'list') },
    {
      label: 'State',
      phone: 'status',
      cell: (one) => (one.endedAt === null ? tag('In force') : html`<span class="muted">Ended</span>`),
    },
    {
      label: 'Change',
      phone: 'plain',
      cell: (one) =>
        one.endedAt === null &&
        mayEnd(one, { personId, manages }, people) &&
        link(
          html`End<span class="govuk-visually-hidden"> the declaration of ${one.by}${one.aboutName && ` about ${one.aboutName}`}</span>`,
          hub.href(`/centres-hub/conflicts/${one.id}/end`),
        ),
    },
  ];
}

import type { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import {
  formatDate,
  inOrder,
  link,
  linkButton,
  listFields,
  listOf,
  listPage,
  pageOf,
  plural,
  rowLink,
  withWords,
} from '#ui';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { type StaffMember, staffOf } from './staff-members.ts';

const listQuery = hubQuery.extend({
  ...listFields(['name', 'function', 'recorded']),
});
type StaffQuery = z.infer<typeof listQuery>;

/** GET /centres-hub/staff */
export const listStaff = centreHandler({ query: listQuery }, async (context) => {
  const { query } = context;
  const { hub, staff } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return { hub, staff: await staffOf(reader, hub.centre.id) };
  });
  return page(staffPageBody(await context.frame(), hub, query, chosen(staff, query), staff.length));
});

/** GET /centres-hub/staff/export */
export const exportStaff = centreHandler({ query: listQuery }, async (context) => {
  const staff = await context.read(async (reader) => staffOf(reader, (await hubOf(reader, context)).centre.id));
  return listFile(
    'staff-members',
    ['Family name', 'Given names', 'What they do', 'Email', 'On the profile since'],
    chosen(staff, context.query).map((one) => [
      one.familyName,
      one.givenNames,
      one.function,
      one.email,
      formatDate(one.recordedAt),
    ]),
  );
});

function chosen(staff: readonly StaffMember[], query: StaffQuery): StaffMember[] {
  return inOrder(
    withWords(staff, query.q, (one) => `${one.familyName} ${one.givenNames} ${one.function} ${one.email ?? ''}`),
    query,
    {
      name: (one) => `${one.familyName} ${one.givenNames}`,
      function: (one) => one.function,
      recorded: (one) => one.recordedAt.toISOString(),
    },
  );
}

function staffPageBody(frame: Frame, hub: Hub, query: StaffQuery, rows: readonly StaffMember[], known: number): Safe {
  const manages = hub.may('centres-hub.manage-users');
  const add = manages && linkButton('Add a staff member', hub.href('/centres-hub/staff/add'));
  const list = listOf('/centres-hub/staff', listQuery, query);
  return hubPage(
    frame,
    hub,
    { title: 'Staff members' },
    listPage<StaffMember>({
      title: 'Staff members',
      lead: whose(hub) ?? `${plural(known, 'person', 'people')} on the centre profile without a PIN and without access`,
      actions: add,
      ...list.shown(rows.length),
      keep: ['centre'],
      noun: ['staff member', 'staff members'],
      filters: [{ kind: 'search', name: 'q', label: 'Name or what they do' }],
      columns: [
        {
          label: 'Name',
          header: true,
          sort: 'name',
          cell: (one) => {
            const name = `${one.familyName}, ${one.givenNames}`;
            const sees = manages || hub.may('centres-hub.decide-approvals');
            return sees ? rowLink(name, hub.href(`/centres-hub/competence/${one.id}`)) : name;
          },
        },
        { label: 'What they do', sort: 'function', cell: (one) => one.function },
        { label: 'Email', cell: (one) => one.email ?? html`<span class="muted">None</span>` },
        { label: 'On the profile since', sort: 'recorded', cell: (one) => formatDate(one.recordedAt, 'list') },
        ...(manages
          ? [
              {
                label: 'Change',
                phone: 'plain' as const,
                cell: (one: StaffMember) =>
                  link(
                    html`Take off<span class="govuk-visually-hidden"> ${one.givenNames} ${one.familyName}</span>`,
                    hub.href(`/centres-hub/staff/${one.id}/end`),
                  ),
              },
            ]
          : []),
      ],
      rows: pageOf(rows, query),
      exportPath: '/centres-hub/staff/export',
      firstUse: {
        icon: 'user',
        title: 'No staff members yet',
        text: 'Tutors, technicians and others who need no access to the systems can be put on the centre profile here. They get no PIN.',
        actions: add,
      },
    }),
  );
}

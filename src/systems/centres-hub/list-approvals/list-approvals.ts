import { page } from '#platform/http/answers.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { inOrder, pageOf } from '#ui';
import { type ApprovedProduct, approvedProducts } from '../approvals/approvals.ts';
import { earlier } from '../capabilities/capability-answer.ts';
import { centreHandler, hubOf } from '../hub-page/hub-page.ts';
import { stoppedAt } from '../switches/switches.ts';
import { type ApprovalsQuery, listQuery } from './list-query.ts';
import { approvalsPage } from './page.ts';

/** GET /centres-hub/approvals: what the centre is approved for, and what it may do with it today. */
export const listApprovals = centreHandler({ query: listQuery }, async (context) => {
  const { query } = context;
  const { hub, all, stopped } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return {
      hub,
      all: await approvedProducts(reader, hub.centre.id),
      stopped: await stoppedAt(reader, hub.centre.id),
    };
  });
  const found = fitting(all, query);
  const rows = sorted(query.can ? found.filter((row) => standing(row) === query.can) : found, query);
  return page(
    approvalsPage(await context.frame(), hub, {
      query,
      stopped,
      rows: pageOf(rows, query),
      total: rows.length,
      known: all.length,
      counts: {
        all: found.length,
        register: found.filter((row) => standing(row) === 'register').length,
        stopped: found.filter((row) => standing(row) === 'stopped').length,
      },
    }),
  );
});

/** GET /centres-hub/approvals/export */
export const exportApprovals = centreHandler({ query: listQuery }, async (context) => {
  const { query } = context;
  const all = await context.read(async (reader) => approvedProducts(reader, (await hubOf(reader, context)).centre.id));
  const found = fitting(all, query).filter((row) => !query.can || standing(row) === query.can);
  return listFile(
    'approvals',
    [
      'Product',
      'Qualification number',
      'Code',
      'Approved from',
      'Last registration',
      'Last certification',
      'Direct claims',
      'Open conditions',
      'Registration today',
    ],
    sorted(found, query).map((row) => [
      row.title,
      row.qualificationNumber,
      row.code,
      row.approvedFrom,
      earlier(row.lastRegistrationOn, row.operationalEnd),
      earlier(row.lastCertificationOn, row.certificationEnd),
      row.directClaims ? 'Yes' : 'No',
      row.openConditions,
      row.mayRegister.allowed ? 'Allowed' : row.mayRegister.why,
    ]),
  );
});

/** Whether candidates can be registered today. */
function standing(row: ApprovedProduct): 'register' | 'stopped' {
  return row.mayRegister.allowed ? 'register' : 'stopped';
}

function fitting(rows: readonly ApprovedProduct[], { q }: ApprovalsQuery): ApprovedProduct[] {
  const words = (q ?? '').toLowerCase().replaceAll('/', '').split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const where = `${row.title} ${row.qualificationNumber ?? ''} ${row.code}`.toLowerCase().replaceAll('/', '');
    return words.every((word) => where.includes(word));
  });
}

function sorted(rows: readonly ApprovedProduct[], query: ApprovalsQuery): ApprovedProduct[] {
  const byTitle = [...rows].sort((a, b) => a.title.localeCompare(b.title, 'en'));
  return inOrder(byTitle, query, {
    title: (row) => row.title,
    from: (row) => row.approvedFrom,
    last: (row) => earlier(row.lastRegistrationOn, row.operationalEnd) ?? '9999',
  });
}

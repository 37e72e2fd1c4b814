import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Answer } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { actingCentreId } from '#platform/permissions/principal.ts';
import { STATE_WORDS } from '../registration-state/registration-state.ts';
import { COLUMNS, keysShown } from './columns.ts';
import { listQuery, listRows, type Row } from './list-query.ts';

/** Rows of one export. A centre's own are fewer; the awarding body narrows by centre or product. */
const MOST_ROWS = 20_000;

// Neither ULN nor date of birth: such files are sent by e-mail, where the two must never meet (LRS user guide).
const HEADINGS = [
  'Candidate number',
  'Family name',
  'Given names',
  'Your reference',
  'Has ULN',
  'Centre',
  'Product',
  'Registered',
  'Programme start',
  'Days used of 90',
  'Late',
  'Units achieved',
  'Units needed',
  'State',
  'Order reference',
  'Cohort',
  'Lateness waived',
];

/** GET /web-portal/candidates/export: the list as asked, with the columns chosen or all of them, as a CSV file that a spreadsheet can open without danger. */
export const exportCandidates = handler({ query: listQuery }, async (context): Promise<Answer> => {
  const { query, principal, now } = context;
  const centreId = actingCentreId(principal);
  const acting = context.acting();
  const rows = await context.read((reader) => listRows(reader, query, centreId, { limit: MOST_ROWS, offset: 0 }));
  const cells = (row: Row) => [
    row.number,
    row.familyName,
    row.givenNames,
    row.centreReference,
    row.hasUln ? 'Yes' : 'No',
    centreId ? acting.number : row.centreNumber,
    row.title,
    row.registeredOn,
    row.programmeStart,
    row.daysUsed,
    row.late ? 'Yes' : 'No',
    row.unitsAchieved,
    row.unitsNeeded,
    row.state === 'active' && row.requirementsMet ? 'All units achieved' : STATE_WORDS[row.state],
    row.orderReference,
    row.cohort,
    row.waived ? 'Yes, our outage' : null,
  ];
  const name = `candidates-${centreId ? acting.number : 'all-centres'}-${dayInLondon(now)}`;
  if (!query.columns) return listFile(name, HEADINGS, rows.map(cells));
  const keys = keysShown(query.columns, centreId);
  return listFile(
    name,
    ['Family name', 'Given names', ...keys.map((key) => COLUMNS[key].label)],
    rows.map((row) => [row.familyName, row.givenNames, ...keys.map((key) => COLUMNS[key].text(row))]),
  );
});

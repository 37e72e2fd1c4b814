import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { inOrder, pageOf, withWords } from '#ui';
import { approvedProducts } from '../approvals/approvals.ts';
import { sitesOf } from '../centres/centres.ts';
import { centreHandler, hubOf } from '../hub-page/hub-page.ts';
import { colleaguesOf } from './colleagues.ts';
import { FUNCTION_NAMES } from './functions.ts';
import { standingFactsOfAll } from './read-standing.ts';
import { lineStanding } from './standing.ts';
import { type Line, type ListQuery, listQuery, type WhoDoesWhat } from './who-does-what-list.ts';
import { standingInWords, whoDoesWhatPage } from './who-does-what-page.ts';

async function everything(reader: Reader, context: Context<unknown, ListQuery>): Promise<WhoDoesWhat> {
  const hub = await hubOf(reader, context);
  const { id } = hub.centre;
  const colleagues = await colleaguesOf(reader, id);
  const facts = await standingFactsOfAll(reader, id, colleagues);
  const products = await approvedProducts(reader, id);
  const ids = products.map(({ productId }) => productId);
  const today = dayInLondon(reader.now);
  const lines = colleagues.flatMap((colleague) => {
    const own = facts.get(colleague.id);
    return own
      ? own.functions.map((line) => ({ ...line, colleague, standing: lineStanding(own, line, ids, today) }))
      : [];
  });
  return { hub, lines, products, sites: await sitesOf(reader, id) };
}

/** GET /centres-hub/who-does-what */
export const listWhoDoesWhat = centreHandler({ query: listQuery }, async (context) => {
  const { query } = context;
  const all = await context.read((reader) => everything(reader, context));
  const found = fitting(all.lines, query);
  const rows = sorted(
    found.filter((line) => can(line, query.can)),
    query,
  );
  return page(
    whoDoesWhatPage(await context.frame(), all, {
      query,
      rows: pageOf(rows, query),
      total: rows.length,
      counts: {
        all: found.length,
        yes: found.filter((line) => can(line, 'yes')).length,
        no: found.filter((line) => can(line, 'no')).length,
      },
    }),
  );
});

/** GET /centres-hub/who-does-what/export */
export const exportWhoDoesWhat = centreHandler({ query: listQuery }, async (context) => {
  const { query } = context;
  const { lines } = await context.read((reader) => everything(reader, context));
  return listFile(
    'who-does-what',
    ['Family name', 'Given names', 'Function', 'Product', 'Site', 'From', 'Today'],
    sorted(
      fitting(lines, query).filter((line) => can(line, query.can)),
      query,
    ).map((line) => [
      line.colleague.familyName,
      line.colleague.givenNames,
      FUNCTION_NAMES[line.function],
      line.product ?? 'Every product',
      line.site ?? 'Every site',
      line.startsOn,
      standingInWords(line.standing),
    ]),
  );
});

function can({ standing }: Line, asked: ListQuery['can']): boolean {
  if (!asked) return true;
  return standing !== null && standing.allowed > 0 === (asked === 'yes');
}

function fitting(lines: readonly Line[], query: ListQuery): Line[] {
  const asked = lines.filter(
    (line) =>
      (!query.function || line.function === query.function) &&
      (!query.product || line.productId === null || line.productId === query.product) &&
      (!query.site || line.siteId === null || line.siteId === query.site),
  );
  return withWords(asked, query.q, ({ colleague }) => `${colleague.name} ${colleague.job ?? ''}`);
}

function sorted(lines: readonly Line[], query: ListQuery): Line[] {
  const name = ({ colleague }: Line) => `${colleague.familyName} ${colleague.givenNames}`;
  const byName = [...lines].sort((a, b) => name(a).localeCompare(name(b), 'en'));
  return inOrder(byName, query, {
    name,
    function: (line) => FUNCTION_NAMES[line.function],
    product: (line) => line.product ?? '',
    from: (line) => line.startsOn,
  });
}

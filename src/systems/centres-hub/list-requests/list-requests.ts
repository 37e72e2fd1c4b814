import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { formatDate, LIST_PAGE_SIZE } from '#ui';
import { centreByNumber } from '../centres/centres.ts';
import { type Hub, hubOfCentre } from '../hub-page/hub-page.ts';
import { requestNumber } from '../requests/change-request.ts';
import { OUTCOME_NAMES, STATE_NAMES } from '../requests/request-state.ts';
import { listQuery, type RequestsQuery } from './list-query.ts';
import { requestsPage } from './page.ts';
import { countRequests, findRequests, publishedForms, type RequestScope } from './requests.ts';

type Asked = Context<unknown, RequestsQuery>;

/** Whose requests are shown: a centre's own, one centre's, or everybody's; of them what the person may read. */
async function scopeOf(reader: Reader, context: Asked): Promise<{ scope: RequestScope; hub: Hub | null }> {
  const acting = context.acting();
  const named = context.query.centre;
  const asking = { ...acting, personId: context.person().personId };
  if (acting.kind === 'centre') {
    if (named && named !== acting.number) throw new NotFound();
    return {
      scope: { centreId: acting.organisationId, asking, forBody: false },
      hub: await hubOfCentre(reader, context, acting.organisationId),
    };
  }
  if (!named) return { scope: { centreId: null, asking, forBody: true }, hub: null };
  const centre = await centreByNumber(reader, named);
  if (!centre) throw new NotFound();
  return {
    scope: { centreId: centre.id, asking, forBody: true },
    hub: await hubOfCentre(reader, context, centre.id),
  };
}

/** GET /centres-hub/requests: a centre's own, or the queue of the awarding body. */
export const listRequests = handler({ query: listQuery }, async (context) => {
  const found = await context.read(async (reader) => {
    const { scope, hub } = await scopeOf(reader, context);
    return {
      hub,
      scope,
      rows: await findRequests(reader, scope, context.query, LIST_PAGE_SIZE),
      counts: await countRequests(reader, scope),
      forms: await publishedForms(reader),
    };
  });
  return page(
    await requestsPage(context as Context, {
      ...found,
      query: context.query,
      today: dayInLondon(context.now),
    }),
  );
});

/** GET /centres-hub/requests/export */
export const exportRequests = handler({ query: listQuery }, async (context) => {
  const rows = await context.read(async (reader) => {
    const { scope } = await scopeOf(reader, context);
    return findRequests(reader, scope, { ...context.query, page: 1 }, 100_000);
  });
  return listFile(
    'requests',
    [
      'Number',
      'Form',
      'Centre',
      'Centre name',
      'State',
      'Begun by',
      'Assigned to',
      'Submitted',
      'Decision by',
      'Outcome',
    ],
    rows.map((row) => [
      requestNumber(row.number),
      row.title,
      row.centreNumber,
      row.centreName,
      STATE_NAMES[row.state],
      row.begunBy,
      row.assignedTo,
      row.submittedAt && formatDate(row.submittedAt),
      row.dueOn && formatDate(row.dueOn),
      row.outcome && OUTCOME_NAMES[row.outcome],
    ]),
  );
});

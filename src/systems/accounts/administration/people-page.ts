import type { Reader } from '#platform/database/database.ts';
import type { HtmlValue, Safe } from '#platform/html/html.ts';
import type { Context, Frame } from '#platform/http/context.ts';
import { onBehalfOf } from '#platform/permissions/principal.ts';
import { type StaffPageOptions, staffPage } from '#ui';

/** A page of People, where the awarding body looks after accounts. */
export function peoplePage(
  frame: Frame,
  options: Pick<StaffPageOptions, 'title' | 'form' | 'hasErrors'>,
  body: HtmlValue,
): Safe {
  return staffPage(
    { ...frame, ...options, system: { name: 'People', tabs: [{ href: '/people', label: 'People' }] } },
    body,
  );
}

/**
 * The same request with the system's rights, in the name of whoever asks: usernames and log-in sessions are closed to
 * every scope of an organisation. The route's capability decides who gets here.
 */
export function withSystemRights<Params, Query>(context: Context<Params, Query>): Context<Params, Query> {
  const { services, requestId } = context;
  const principal = onBehalfOf(context.person());
  return {
    ...context,
    read: (work: (reader: Reader) => Promise<never>) => services.database.read(principal, work, { requestId }),
    write: (work, options) => services.database.write(principal, work, { requestId, ...options }),
  } as Context<Params, Query>;
}

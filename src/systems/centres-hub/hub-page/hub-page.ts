import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import type { HtmlValue, Safe } from '#platform/html/html.ts';
import { type Answer, NotFound, redirect } from '#platform/http/answers.ts';
import type { Context, Frame } from '#platform/http/context.ts';
import { type Handler, handler } from '#platform/http/routes.ts';
import type { Capability } from '#platform/permissions/capabilities.ts';
import { may, type Principal } from '#platform/permissions/principal.ts';
import { type StaffPageOptions, staffPage, type Tab } from '#ui';
import { type Centre, centreById, centreByNumber } from '../centres/centres.ts';

/** Whose pages are shown: a centre's own, or for the awarding body's people the centre they chose. */
export interface Hub {
  readonly centre: Centre;
  /** The awarding body looks: addresses name the centre. */
  readonly forBody: boolean;
  /** Whether the person who looks may do this. */
  may(capability: Capability): boolean;
  /** An address of Centres Hub for this centre. */
  href(path: string, query?: Readonly<Record<string, string>>): string;
}

/** The part of the query string that every page of Centres Hub understands. */
export const hubQuery = z.object({
  centre: z
    .string()
    .regex(/^\d{5}$/)
    .optional()
    .catch(undefined),
});
export type HubQuery = z.infer<typeof hubQuery>;

/**
 * A handler for one centre. A centre's people get their own centre, and 404 for another's number; the awarding body's
 * people get the centre that the query names, or are led to the list of centres.
 */
export function centreHandler<Params, Query extends HubQuery>(
  schemas: { params?: z.ZodType<Params>; query: z.ZodType<Query> },
  run: (context: Context<Params, Query>) => Promise<Answer>,
): Handler<Params, Query> {
  return handler(schemas, async (context) => {
    if (context.acting().kind === 'awarding_body' && !context.query.centre) return redirect('/centres-hub/centres');
    return run(context);
  });
}

/** The centre in question; call it first in each read and write, so that what follows is about a centre in scope. */
export async function hubOf(reader: Reader, context: Context<unknown, HubQuery>): Promise<Hub> {
  const acting = context.acting();
  const forBody = acting.kind === 'awarding_body';
  const named = context.query.centre;
  const centre = forBody
    ? named && (await centreByNumber(reader, named))
    : await centreById(reader, acting.organisationId);
  if (!centre || (named && named !== centre.number)) throw new NotFound();
  return hubFor(centre, forBody, context.principal);
}

/** The centre of something that was found in scope, such as a request. */
export async function hubOfCentre(reader: Reader, context: Context, centreId: string): Promise<Hub> {
  const centre = await centreById(reader, centreId);
  if (!centre) throw new NotFound();
  return hubFor(centre, context.acting().kind === 'awarding_body', context.principal);
}

function hubFor(centre: Centre, forBody: boolean, principal: Principal): Hub {
  return {
    centre,
    forBody,
    may: (capability) => may(principal, capability),
    href: (path, query = {}) => {
      const params = new URLSearchParams(forBody ? { centre: centre.number, ...query } : query);
      return params.size > 0 ? `${path}?${params}` : path;
    },
  };
}

export const SYSTEM_NAME = 'Centres Hub';

/** Tabs of the pages on which the awarding body looks at no centre in particular. */
const BODY_TABS: readonly (Tab & { readonly needs: Capability })[] = [
  { href: '/centres-hub/centres', label: 'All centres', needs: 'centres-hub.view' },
  { href: '/centres-hub/applications', label: 'Applications', needs: 'centres-hub.decide-approvals' },
  { href: '/centres-hub/competence-queue', label: 'Competence', needs: 'centres-hub.decide-approvals' },
  { href: '/centres-hub/coordinator-recoveries', label: 'Coordinators', needs: 'centres-hub.decide-approvals' },
  { href: '/centres-hub/requests', label: 'Requests', needs: 'centres-hub.decide-requests' },
  { href: '/centres-hub/requests/statistics', label: 'Figures', needs: 'centres-hub.decide-requests' },
  { href: '/centres-hub/forms', label: 'Forms', needs: 'centres-hub.design-forms' },
  { href: '/centres-hub/agreements', label: 'Agreements', needs: 'centres-hub.decide-approvals' },
  { href: '/centres-hub/help', label: 'How to', needs: 'centres-hub.view' },
];

/** The tabs among them that this person may open. */
export function bodyTabs(principal: Principal): Tab[] {
  return BODY_TABS.filter(({ needs }) => may(principal, needs)).map(({ href, label }) => ({ href, label }));
}

/** A page of the awarding body about no centre in particular. */
export async function bodyPage(
  context: Context,
  options: Pick<StaffPageOptions, 'title' | 'form' | 'hasErrors'>,
  body: HtmlValue,
): Promise<Safe> {
  const system = { name: SYSTEM_NAME, tabs: bodyTabs(context.principal) };
  return staffPage({ ...(await context.frame()), ...options, system }, body);
}

function tabsOf(hub: Hub): Tab[] {
  return [
    ...(hub.forBody ? [{ href: '/centres-hub/centres', label: 'All centres' }] : []),
    { href: hub.href('/centres-hub'), label: hub.forBody ? 'Profile' : 'Your centre' },
    { href: hub.href('/centres-hub/users'), label: 'Users' },
    { href: hub.href('/centres-hub/staff'), label: 'Staff members' },
    { href: hub.href('/centres-hub/who-does-what'), label: 'Who does what' },
    { href: hub.href('/centres-hub/sites'), label: 'Sites' },
    { href: hub.href('/centres-hub/approvals'), label: 'Approvals' },
    ...(hub.may('centres-hub.view-requests') ? [{ href: hub.href('/centres-hub/requests'), label: 'Requests' }] : []),
    { href: hub.href('/centres-hub/documents'), label: 'Documents' },
    { href: hub.href('/centres-hub/help'), label: 'How to' },
  ];
}

/** A page about one centre. */
export function hubPage(
  frame: Frame,
  hub: Hub,
  options: Pick<StaffPageOptions, 'title' | 'form' | 'hasErrors' | 'scripts'>,
  body: HtmlValue,
): Safe {
  return staffPage({ ...frame, ...options, system: { name: SYSTEM_NAME, tabs: tabsOf(hub) } }, body);
}

/** "Northgate Motor Training, centre 04417" for the awarding body, which looks at many centres; nothing for the centre itself. */
export function whose(hub: Hub): string | null {
  return hub.forBody ? `${hub.centre.name}, centre ${hub.centre.number}` : null;
}

import type { HtmlValue, Safe } from '#platform/html/html.ts';
import type { Context } from '#platform/http/context.ts';
import { may } from '#platform/permissions/principal.ts';
import { type StaffPageOptions, staffPage, type Tab } from '#ui';

/** The tabs of the Web Portal for this person. */
function tabsFor(context: Context): Tab[] {
  const tabs: Tab[] = [{ href: '/web-portal/candidates', label: 'Candidates' }];
  if (may(context.principal, 'web-portal.register')) {
    tabs.push({ href: '/web-portal/candidates/register', label: 'Register a candidate' });
    tabs.push({ href: '/web-portal/drafts', label: 'Drafts' });
  }
  if (may(context.principal, 'web-portal.view'))
    tabs.push(
      { href: '/web-portal/prior-learning', label: 'Prior learning' },
      { href: '/web-portal/transfers', label: 'Transfers' },
      { href: '/web-portal/amendments', label: 'Corrections' },
    );
  tabs.push({ href: '/web-portal/imports', label: 'Imports' });
  if (may(context.principal, 'web-portal.view'))
    tabs.push({ href: '/web-portal/late-registrations', label: 'Late registrations' });
  if (may(context.principal, 'web-portal.settle-identity')) {
    tabs.push({ href: '/web-portal/identity', label: 'Identity questions' });
  }
  if (may(context.principal, 'certificates.view')) tabs.push({ href: '/certificates', label: 'Certificates' });
  if (may(context.principal, 'web-portal.manage-api')) tabs.push({ href: '/web-portal/api', label: 'API' });
  return tabs;
}

/** A page of the Web Portal, with its tabs. */
export async function portalPage(
  context: Context,
  options: Pick<StaffPageOptions, 'title' | 'hasErrors' | 'form' | 'scripts' | 'head'>,
  body: HtmlValue,
): Promise<Safe> {
  return staffPage(
    { ...(await context.frame()), ...options, system: { name: 'Web Portal', tabs: tabsFor(context) } },
    body,
  );
}

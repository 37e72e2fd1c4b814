import type { HtmlValue, Safe } from '#platform/html/html.ts';
import type { Context } from '#platform/http/context.ts';
import type { Capability } from '#platform/permissions/capabilities.ts';
import { may } from '#platform/permissions/principal.ts';
import { type StaffPageOptions, staffPage, type Tab } from '#ui';

const TABS: readonly (Tab & { readonly capability: Capability })[] = [
  { href: '/online-assessments', label: 'Sessions', capability: 'online-assessments.view' },
  { href: '/online-assessments/sessions/plan', label: 'Plan a session', capability: 'online-assessments.book' },
  { href: '/online-assessments/item-bank', label: 'Item bank', capability: 'online-assessments.author' },
  { href: '/online-assessments/test-forms', label: 'Test forms', capability: 'online-assessments.forms' },
];

/** The tabs of Online Assessments that this person may open. */
function assessmentsTabs(context: Pick<Context, 'principal'>): Tab[] {
  return TABS.filter(({ capability }) => may(context.principal, capability)).map(({ href, label }) => ({
    href,
    label,
  }));
}

/** A page of Online Assessments for staff, with its tabs. */
export async function assessmentsPage(
  context: Context,
  options: Pick<StaffPageOptions, 'title' | 'hasErrors' | 'form' | 'scripts' | 'icons'>,
  body: HtmlValue,
): Promise<Safe> {
  return staffPage(
    { ...(await context.frame()), ...options, system: { name: 'Online Assessments', tabs: assessmentsTabs(context) } },
    body,
  );
}

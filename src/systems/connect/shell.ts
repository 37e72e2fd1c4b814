import type { Context } from '#platform/http/context.ts';
import type { Capability } from '#platform/permissions/capabilities.ts';
import { may } from '#platform/permissions/principal.ts';
import { brand, type ShellContext, type SystemLink } from '#ui';

type Door = SystemLink & { readonly capability: Capability; readonly feature?: string };

/** System Access, in the manual's order (Operating Manual 3.1). */
const DOORS: readonly Door[] = [
  {
    name: 'Web Portal',
    href: '/web-portal',
    description: 'Register candidates, view them, claim certificates',
    icon: 'users',
    capability: 'web-portal.view',
  },
  {
    name: 'Online Assessments',
    href: '/online-assessments',
    description: 'Book, run and watch tests',
    icon: 'monitor',
    capability: 'online-assessments.view',
  },
  {
    name: 'Online Assessment Reports',
    href: '/assessment-reports',
    description: 'Pass rates, topics and questions',
    icon: 'chart',
    capability: 'assessment-reports.view',
  },
  {
    name: 'Centres Hub',
    href: '/centres-hub',
    description: 'Centre profile, users, PINs, approvals',
    icon: 'hub',
    capability: 'centres-hub.view',
  },
  {
    name: 'ePortfolio',
    href: '/eportfolio',
    description: 'Evidence, feedback and sampling',
    icon: 'folder',
    capability: 'eportfolio.view',
    feature: 'eportfolio',
  },
  {
    name: 'IMI Connect Community',
    href: '/community',
    description: 'Ask and share with other centres',
    icon: 'chat',
    capability: 'connect.home',
  },
];

/** The systems this person may open: by own capabilities, and by what is set up for the organisation. */
export function systemsFor(context: Context): SystemLink[] {
  const { principal } = context;
  if (principal.kind !== 'person') return [];
  return DOORS.filter(
    ({ capability, feature }) =>
      may(principal, capability) &&
      (!feature || principal.acting?.kind === 'awarding_body' || principal.acting?.features.includes(feature)),
  ).map(({ capability: _, feature: __, ...link }) => link);
}

/** What the frame of every page shows to whoever asks. */
export async function shellFor(context: Context): Promise<ShellContext> {
  const { principal, request } = context;
  const theme = request.cookies?.theme;
  const person = principal.kind === 'person' ? principal : null;
  const acting = person?.acting ?? null;
  return {
    brand,
    theme: theme === 'dark' || theme === 'light' ? theme : null,
    path: request.url,
    person: person && { name: `${person.givenNames} ${person.familyName}`, href: '/my-details' },
    organisation: acting && {
      name: acting.name,
      label: acting.kind === 'centre' ? 'centre' : 'awarding body',
      number: acting.number,
    },
    systems: systemsFor(context),
    unreadNotices: 0,
    helpHref: '/help',
  };
}

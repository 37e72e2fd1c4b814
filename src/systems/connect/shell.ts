import { helpFor } from '#operating-manual';
import type { Context } from '#platform/http/context.ts';
import { FOR_SELF } from '#platform/http/made-for.ts';
import { type Capability, ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { type Acting, may, type PersonPrincipal } from '#platform/permissions/principal.ts';
import { type ActingChoice, type ActingMenu, brand, type ShellContext, type SystemLink } from '#ui';
import { systemLinksFor } from './contributions.ts';
import { unreadOf } from './unread/unread.ts';

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
    name: 'People',
    href: '/people',
    description: 'Find people, see what they may do, stop accounts',
    icon: 'user',
    capability: 'accounts.manage-people',
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
  {
    name: 'Single sign-on',
    href: '/single-sign-on',
    description: 'Systems of other suppliers that people enter from here',
    icon: 'key',
    capability: 'accounts.manage-clients',
  },
];

/** The systems this person may open: by own capabilities, by what is set up for the organisation, and what other systems add. */
export async function systemsFor(context: Context): Promise<SystemLink[]> {
  const { principal } = context;
  if (principal.kind !== 'person') return [];
  const own = DOORS.filter(
    ({ capability, feature }) =>
      may(principal, capability) &&
      (!feature || principal.acting?.kind === 'awarding_body' || principal.acting?.features.includes(feature)),
  ).map(({ capability: _, feature: __, ...link }) => link);
  return [...own, ...(await systemLinksFor(context))];
}

const MYSELF: ActingChoice = { value: FOR_SELF, name: 'Myself', centreNumber: null, roles: 'Your own records only' };

const choiceOf = ({ organisationId, kind, name, number, roles, activated }: Acting): ActingChoice => ({
  value: organisationId,
  name,
  centreNumber: kind === 'centre' ? number : null,
  roles: activated ? roles.map((role) => ROLE_NAMES[role]).join(', ') : 'Activate your PIN first',
});

/** For whom the person acts and may act; nothing for somebody without a membership. */
function actingMenu({ organisations, acting }: PersonPrincipal): ActingMenu | undefined {
  if (organisations.length === 0) return undefined;
  return { current: acting ? choiceOf(acting) : MYSELF, choices: [...organisations.map(choiceOf), MYSELF] };
}

/** What the frame of every page shows to whoever asks. */
export async function shellFor(context: Context): Promise<ShellContext> {
  const { principal, request } = context;
  const theme = request.cookies?.theme;
  const person = principal.kind === 'person' ? principal : null;
  const acting = person?.acting ?? null;
  const [systems, unread] = await Promise.all([
    systemsFor(context),
    // A page is worth more than the figure in its top bar.
    person && unreadOf(context.services, person).catch(() => null),
  ]);
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
    ...(person && {
      acting: actingMenu(person),
      sessionEnd: {
        secondsLeft: Math.max(0, Math.round((person.sessionEnd.at.getTime() - context.now.getTime()) / 1000)),
        final: person.sessionEnd.final,
      },
    }),
    systems,
    unreadNotices: unread ? unread.notices + unread.notifications : 0,
    noticesHref: person ? '/notices' : undefined,
    searchHref: person ? '/search' : undefined,
    helpHref: helpFor(request.url),
  };
}

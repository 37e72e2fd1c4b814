/** Systems that the manual names and that are not open yet: each has a page of its own that says so, and what to do meanwhile. */
import { page } from '#platform/http/answers.ts';
import { get, type Route } from '#platform/http/routes.ts';
import type { Capability } from '#platform/permissions/capabilities.ts';
import { brand, notOpenYetPage } from '#ui';

interface NotOpenYet {
  readonly url: string;
  readonly name: string;
  readonly capability: Capability;
  readonly text: string;
  readonly meanwhile: string;
}

const ask = `Until then, write to ${brand.supportEmail} or call ${brand.supportPhone}.`;

const SYSTEMS: readonly NotOpenYet[] = [
  {
    url: '/fees',
    name: 'Fees & Charges',
    capability: 'public',
    text: 'The fees for every regulated qualification will be published here, for anyone to read.',
    meanwhile: ask,
  },
  {
    url: '/accredited-centre-fees',
    name: 'Accredited Centre Fees',
    capability: 'connect.home',
    text: 'The fees for accredited programmes will be listed here.',
    meanwhile: ask,
  },
  {
    url: '/webinars',
    name: 'Webinars',
    capability: 'connect.home',
    text: 'Live sessions, with sign-up and recordings, will be here.',
    meanwhile: ask,
  },
  {
    url: '/community',
    name: `${brand.name} Community`,
    capability: 'connect.home',
    text: 'Boards where centres ask and share will be here.',
    meanwhile: ask,
  },
  {
    url: '/eportfolio',
    name: 'ePortfolio',
    capability: 'eportfolio.view',
    text: 'Evidence, feedback and sampling will be here for the candidates of your centre.',
    meanwhile: 'Until then, keep evidence as you do today. Nothing that a unit needs is asked for twice.',
  },
  {
    url: '/assessment-reports',
    name: 'Online Assessment Reports',
    capability: 'assessment-reports.view',
    text: 'Pass rates, topics and questions over time will be reported here.',
    meanwhile: "Each result, with its topics, is on the live board and on the candidate's page in the Web Portal.",
  },
];

export const notOpenYetRoutes: readonly Route[] = SYSTEMS.map(({ url, name, capability, text, meanwhile }) =>
  get(url, capability, async (context) => page(notOpenYetPage({ ...(await context.frame()), name, text, meanwhile }))),
);

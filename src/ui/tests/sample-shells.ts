/** Who looks at the sample pages. */
import { brand, type ShellContext } from '../index.ts';

export const PUBLIC_SHELL: ShellContext = {
  brand,
  theme: null,
  path: '/',
  person: null,
  organisation: null,
  systems: [],
  unreadNotices: 0,
  helpHref: '/help',
};

export const STAFF_SHELL: ShellContext = {
  ...PUBLIC_SHELL,
  path: '/web-portal/candidates?status=open',
  person: { name: 'Farah Siddiqui', href: '/my-details' },
  organisation: { name: 'Northgate Motor Training', label: 'centre', number: '04417' },
  unreadNotices: 4,
  noticesHref: '/notices',
  systems: [
    {
      name: 'Web Portal',
      href: '/web-portal',
      description: 'Register, amend, claim certificates',
      icon: 'users',
      status: { text: '3 rows to fix in your last file' },
    },
    {
      name: 'Online Assessments',
      href: '/online-assessments',
      description: 'Book, run and watch tests',
      icon: 'monitor',
      status: { text: 'Next test 13:30, Room B12' },
    },
    {
      name: 'Online Assessment Reports',
      href: '/assessment-reports',
      description: 'Pass rates, topics and questions',
      icon: 'chart',
      status: { text: 'Updated today 06:00', calm: true },
    },
    { name: 'Centres Hub', href: '/centres-hub', description: 'Centre profile, users, PINs, requests', icon: 'hub' },
    { name: 'ePortfolio', href: '/eportfolio', description: 'Evidence, feedback and sampling', icon: 'folder' },
    {
      name: 'IMI Connect Community',
      href: '/community',
      description: 'Ask and share with other centres',
      icon: 'chat',
    },
  ],
};

export const WEB_PORTAL = {
  name: 'Web Portal',
  tabs: [
    { href: '/web-portal/candidates', label: 'Candidates' },
    { href: '/web-portal/registrations', label: 'Registrations' },
    { href: '/web-portal/results', label: 'Results' },
    { href: '/certificates', label: 'Certificate claims' },
  ],
};

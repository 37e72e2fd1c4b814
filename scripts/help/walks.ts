/** How each task is done in the running product, step by step: pictures and films are made from it. */
import type { Locator, Page } from 'playwright-core';
import { WAITS_FOR_THE_BODY, WAITS_FOR_THE_CENTRE } from './stage.ts';

export type Find = (page: Page) => Locator;

export type Act =
  | { readonly open: string }
  | { readonly click: Find }
  | { readonly fill: Find; readonly text: string }
  | { readonly show: Find }
  /** A picture of the page as it now stands with something marked; in a film nothing happens. */
  | { readonly picture: string; readonly mark: Find; readonly above?: number; readonly below?: number };

export interface Walk {
  readonly username: string;
  /** For each step of the task what is done in it. */
  readonly steps: readonly (readonly Act[])[];
  readonly film?: boolean;
  /** Pixels of the pictures, where a table needs more than others. */
  readonly width?: number;
}

const link =
  (name: string | RegExp): Find =>
  (page) =>
    page.getByRole('main').getByRole('link', { name }).first();
const tab =
  (name: string): Find =>
  (page) =>
    page.getByRole('navigation', { name: 'Centres Hub' }).getByRole('link', { name });
const button =
  (name: string): Find =>
  (page) =>
    page.getByRole('main').getByRole('button', { name }).first();
const field =
  (name: string): Find =>
  (page) =>
    page.getByLabel(name, { exact: true });
const words =
  (text: string | RegExp): Find =>
  (page) =>
    page.getByRole('main').getByText(text).first();
const all =
  (selector: string): Find =>
  (page) =>
    page.locator(selector).first();

const HUB = '/centres-hub';
const USERS = '/centres-hub/users';

export const walks: Readonly<Record<string, Walk>> = {
  'add-a-user': {
    username: 'coordinator',
    film: true,
    steps: [
      [
        { open: HUB },
        { click: tab('Users') },
        { picture: 'add-user-button', mark: link('Add a user'), above: 70, below: 160 },
        { click: link('Add a user') },
      ],
      [
        { fill: field('Given names'), text: 'Ottoline' },
        { fill: field('Family name'), text: 'Fairweather' },
        { fill: field('Email'), text: 'ottoline.fairweather@northgate.example' },
        { picture: 'add-user-email', mark: field('Email'), above: 250, below: 40 },
      ],
      [
        { click: field('Invigilator') },
        { picture: 'add-user-roles', mark: field('Invigilator'), above: 180, below: 90 },
      ],
      [{ click: button('Add the user') }],
      [{ show: words('Invited') }, { picture: 'add-user-added', mark: all('.ao-note'), above: 110, below: 110 }],
    ],
  },
  'follow-an-invitation': {
    username: 'coordinator',
    film: true,
    steps: [
      [
        { open: USERS },
        { picture: 'follow-button', mark: link('Invitations and activation'), above: 70, below: 160 },
        { click: link('Invitations and activation') },
      ],
      [
        { show: (page) => page.getByRole('row', { name: /Ashgrove/ }).getByText('Invitation expired') },
        {
          picture: 'follow-expired',
          mark: (page) => page.getByRole('row', { name: /Ashgrove/ }).getByText('Invitation expired'),
          above: 120,
          below: 120,
        },
      ],
      [
        {
          click: (page) =>
            page
              .getByRole('row', { name: /Ashgrove/ })
              .getByRole('link', { name: /Ashgrove/ })
              .first(),
        },
        { show: words('bryony.ashgrove@northgate.example') },
      ],
      [
        { picture: 'follow-again', mark: button('Send the invitation again'), above: 300, below: 60 },
        { click: button('Send the invitation again') },
      ],
      [{ show: words('Link works until') }],
    ],
  },
  'change-email-or-roles': {
    username: 'coordinator',
    steps: [
      [
        { open: USERS },
        { picture: 'change-name', mark: link(/Winterbourne/), above: 130, below: 90 },
        { click: link(/Winterbourne/) },
      ],
      [{ picture: 'change-add-roles', mark: link('Add roles'), above: 80, below: 220 }],
      [{ picture: 'change-email-link', mark: link('Change the email'), above: 280, below: 40 }],
      [{ click: link('Change the email') }],
    ],
  },
  'end-a-role': {
    username: 'coordinator',
    steps: [
      [{ open: `${USERS}?q=Tregarthen` }, { click: link(/Tregarthen/) }],
      [{ picture: 'end-role-link', mark: link(/^End/), above: 190, below: 60 }, { click: link(/^End/) }],
      [
        { fill: field('Reason'), text: 'Works in the workshop only from now on' },
        { picture: 'end-role-reason', mark: field('Reason'), above: 300, below: 80 },
      ],
      [{ show: button('End the role') }],
    ],
  },
  'add-a-staff-member': {
    username: 'coordinator',
    steps: [
      [
        { open: `${HUB}/staff` },
        { picture: 'staff-button', mark: link('Add a staff member'), above: 70, below: 190 },
        { click: link('Add a staff member') },
      ],
      [
        { fill: field('Given names'), text: 'Leopold' },
        { fill: field('Family name'), text: 'Marchbanks' },
        { fill: field('What the person does'), text: 'Workshop technician' },
        { picture: 'staff-function', mark: field('What the person does'), above: 240, below: 110 },
      ],
      [{ click: button('Add the staff member') }],
      [{ show: words('Marchbanks') }],
    ],
  },
  'add-a-site': {
    username: 'coordinator',
    film: true,
    steps: [
      [
        { open: HUB },
        { click: tab('Sites') },
        { picture: 'site-button', mark: link('Add a site'), above: 70, below: 120 },
        { click: link('Add a site') },
      ],
      [{ fill: field('Name of the site'), text: 'Foundry Row' }],
      [
        { fill: field('Rooms'), text: 'Test room\nDiagnostics bay' },
        { picture: 'site-rooms', mark: field('Rooms'), above: 210, below: 80 },
      ],
      [{ click: button('Add the site') }],
      [
        {
          show: (page) => page.getByRole('region', { name: 'Foundry Row' }).getByRole('link', { name: 'Change rooms' }),
        },
      ],
    ],
  },
  'see-approvals': {
    username: 'coordinator',
    film: true,
    width: 1080,
    steps: [
      [
        { open: HUB },
        { click: tab('Approvals') },
        { show: words('No registration') },
        { picture: 'approvals-today', mark: all('tbody tr:nth-child(2) td.st .ao-tag'), above: 110, below: 90 },
      ],
      [
        { picture: 'approvals-filter', mark: link(/^No registration/), above: 130, below: 130 },
        { click: link(/^No registration/) },
      ],
      [
        { show: (page) => page.getByRole('cell', { name: /second assessor/ }).last() },
        {
          picture: 'approvals-stopped',
          mark: (page) => page.getByRole('cell', { name: /second assessor/ }).last(),
          above: 120,
          below: 30,
        },
      ],
      [{ click: (page) => page.getByRole('rowheader').getByRole('link').first() }],
    ],
  },
  'make-a-request': {
    username: 'coordinator',
    steps: [
      [{ open: `${HUB}/requests` }, { picture: 'request-button', mark: link('Make a request'), above: 70, below: 190 }],
      [],
      [
        {
          picture: 'request-clock',
          mark: (page) =>
            page
              .getByRole('row', { name: `R-${WAITS_FOR_THE_BODY}` })
              .getByRole('cell')
              .filter({ hasText: /day/ })
              .first(),
          above: 110,
          below: 90,
        },
        {
          click: (page) =>
            page
              .getByRole('row', { name: `R-${WAITS_FOR_THE_BODY}` })
              .getByRole('link')
              .first(),
        },
      ],
      [{ picture: 'request-standing', mark: all('.split .ao-note'), above: 140, below: 200 }],
      [],
    ],
  },
  'answer-a-question': {
    username: 'coordinator',
    film: true,
    steps: [
      [
        { open: `${HUB}/requests` },
        { show: words('Answer a question') },
        {
          picture: 'question-state',
          mark: (page) => page.getByRole('row', { name: `R-${WAITS_FOR_THE_CENTRE}` }).getByText('Answer a question'),
          above: 110,
          below: 90,
        },
      ],
      [
        {
          click: (page) =>
            page
              .getByRole('row', { name: `R-${WAITS_FOR_THE_CENTRE}` })
              .getByRole('link')
              .first(),
        },
        { show: words('Which report names the need, and of what date is it?') },
        {
          picture: 'question-thread',
          mark: (page) => page.getByRole('listitem').filter({ hasText: 'Which report names' }),
          above: 130,
          below: 70,
        },
      ],
      [
        {
          fill: field('Your answer'),
          text: 'It is the report of the educational psychologist of 3 September. It asks for a reader in every test.',
        },
        { picture: 'question-answer', mark: field('Your answer'), above: 130, below: 90 },
      ],
      [{ click: button('Send the answer') }, { show: all('.split .ao-note') }],
    ],
  },
};

import { CAPABILITIES } from '../../src/platform/permissions/capabilities.ts';
import type { HelpTask } from './task.ts';

const REQUESTS = '/centres-hub/requests';
const REQUEST = '/centres-hub/requests/:requestId';

/** Tasks about the centre itself: profile, sites, approvals, requests. */
export const centreTasks: readonly HelpTask[] = [
  {
    slug: 'add-a-staff-member',
    title: 'Put a staff member on the profile',
    summary: 'Record somebody who works at your centre and needs no access to the systems.',
    roles: ['coordinator'],
    beginsAt: '/centres-hub/staff',
    steps: [
      {
        words: 'Open Centres Hub and choose Staff members. Then choose "Add a staff member".',
        page: '/centres-hub/staff',
        picture: {
          name: 'staff-button',
          alt: 'The list of staff members. The button "Add a staff member" at the right of the heading is marked.',
        },
      },
      {
        words: 'Enter the names and what the person does. The e-mail address may stay empty.',
        page: '/centres-hub/staff/add',
        picture: {
          name: 'staff-function',
          alt: 'The form "Add a staff member". The field that says what the person does is marked.',
        },
      },
      {
        words: 'Choose "Add the staff member". The person is on the profile at once.',
        page: '/centres-hub/staff/add',
      },
      {
        words: 'When somebody leaves, choose "Take off" in the row and say why.',
        page: '/centres-hub/staff/:id/end',
      },
    ],
    goodToKnow: ['A staff member has no PIN and cannot log in. To give access, add the person as a user.'],
  },
  {
    slug: 'add-a-site',
    title: 'Add a site and its rooms',
    summary: 'Say where your centre teaches and assesses. Sessions are planned in the rooms you enter here.',
    roles: ['coordinator'],
    beginsAt: '/centres-hub/sites',
    steps: [
      {
        words: 'Open Centres Hub and choose Sites. Then choose "Add a site".',
        page: '/centres-hub/sites',
        picture: {
          name: 'site-button',
          alt: 'The sites of a centre with their rooms. The button "Add a site" is marked.',
        },
      },
      {
        words: 'Enter the name of the site, as your people call it.',
        page: '/centres-hub/sites/add',
      },
      {
        words: 'Enter the rooms, each on a line of its own.',
        page: '/centres-hub/sites/add',
        picture: {
          name: 'site-rooms',
          alt: 'The form "Add a site". The field for the rooms is marked; it holds two lines, one for each room.',
        },
      },
      {
        words: 'Choose "Add the site". From now on sessions can be planned in its rooms.',
        page: '/centres-hub/sites/add',
      },
      {
        words: 'To change the rooms later, choose "Change rooms" beside the site.',
        page: '/centres-hub/sites/:siteId/rooms',
      },
    ],
    goodToKnow: ['Sessions that are planned keep the name of the room they were planned in.'],
  },
  {
    slug: 'see-approvals',
    title: 'See approvals and what is stopped',
    summary:
      'See for which products your centre is approved, what it may do with them today, and why something is stopped.',
    roles: CAPABILITIES['centres-hub.view'].roles,
    beginsAt: '/centres-hub/approvals',
    steps: [
      {
        words:
          'Open Centres Hub and choose Approvals. Each row is a product, with its dates and whether registration is open today.',
        page: '/centres-hub/approvals',
        picture: {
          name: 'approvals-today',
          alt: 'A row of the list of approvals. The word "Open" at its end is marked: registration is open today.',
        },
      },
      {
        words:
          'To see only what cannot be used for new candidates, choose "No registration". The reason stands beneath the product.',
        page: '/centres-hub/approvals',
        picture: {
          name: 'approvals-filter',
          alt: 'The choices above the list of approvals. The choice "No registration" is marked.',
        },
      },
      {
        words: 'Beneath the list stands what the awarding body has stopped: since when, for which product, and why.',
        page: '/centres-hub/approvals',
        picture: {
          name: 'approvals-stopped',
          alt: 'The table "Stopped" beneath the approvals. The reason for a stop is marked.',
        },
      },
      {
        words: 'To see the units and dates of a product, choose its name.',
        page: '/products/:code',
      },
    ],
    goodToKnow: [
      'A stop takes effect everywhere in the same second, and so does its end. Nothing has to be sent again.',
      'You are told of each stop by a notification; how, you choose under Notifications.',
    ],
  },
  {
    slug: 'make-a-request',
    title: 'Make a request and follow its clock',
    summary: 'Ask the awarding body for something by a form, and see at any time whose move it is and until when.',
    roles: CAPABILITIES['centres-hub.make-requests'].roles,
    beginsAt: REQUESTS,
    steps: [
      {
        words: 'Open Centres Hub and choose Requests. Then choose "Make a request" and the form that fits.',
        page: REQUESTS,
        picture: {
          name: 'request-button',
          alt: 'The list of requests. The button "Make a request" at the right of the heading is marked.',
        },
      },
      {
        words:
          'Fill the form in and submit it. You can stop at any time: until you submit it, it stays in your list as a draft.',
        page: REQUESTS,
      },
      {
        words: 'In the list, "Decision by" names the day by which the awarding body decides. Only working days count.',
        page: REQUESTS,
        picture: {
          name: 'request-clock',
          alt: 'A row of the list of requests. The column "Decision by" with the day and the days that are left is marked.',
        },
      },
      {
        words:
          'Open the request. The first sentence says whom it waits for; the thread beneath holds all that was written.',
        page: REQUEST,
        picture: {
          name: 'request-standing',
          alt: 'The page of a request. The sentence that says whom it waits for is marked.',
        },
      },
      {
        words: 'To add something that you forgot, write it beneath the thread. Nothing of the form changes by it.',
        page: REQUEST,
      },
    ],
    goodToKnow: [
      'You are told when the request is decided, with the reasons.',
      'A request that is no longer needed can be withdrawn from its page until it is decided.',
    ],
  },
  {
    slug: 'answer-a-question',
    title: 'Answer a question about a request',
    summary: 'The awarding body has asked something. Until you answer, the clock of your request stands still.',
    roles: CAPABILITIES['centres-hub.make-requests'].roles,
    beginsAt: REQUESTS,
    steps: [
      {
        words:
          'Open Requests. A request that waits for you says "Answer a question"; it stands under "Needs attention" too.',
        page: REQUESTS,
        picture: {
          name: 'question-state',
          alt: 'A row of the list of requests. Its state, "Answer a question", is marked.',
        },
      },
      {
        words: 'Open it and read the question in the thread.',
        page: REQUEST,
        picture: {
          name: 'question-thread',
          alt: 'The thread of a request. The question of the awarding body is marked.',
        },
      },
      {
        words: 'Write your answer beneath the thread, as exactly as you can.',
        page: REQUEST,
        picture: {
          name: 'question-answer',
          alt: 'The field "Your answer" beneath the thread, with a sentence in it, is marked.',
        },
      },
      {
        words:
          'Choose "Send the answer". The clock goes on, and the page says again that the request waits for the awarding body.',
        page: REQUEST,
      },
    ],
    goodToKnow: ['The days that the clock stood still are added to the day by which the awarding body decides.'],
  },
];

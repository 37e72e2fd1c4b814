import type { HelpTask } from './task.ts';

const LIST = '/centres-hub/users';
const USER = '/centres-hub/users/:personId';

/** Tasks about those who work in the systems. */
export const userTasks: readonly HelpTask[] = [
  {
    slug: 'add-a-user',
    title: 'Add a user',
    summary: 'Give somebody of your centre roles and a PIN, so that he or she can work in the systems.',
    roles: ['coordinator'],
    beginsAt: LIST,
    steps: [
      {
        words: 'Open Centres Hub and choose Users. Then choose "Add a user".',
        page: LIST,
        picture: {
          name: 'add-user-button',
          alt: 'The list of users of a centre. The button "Add a user" at the right of the heading is marked.',
        },
      },
      {
        words: 'Enter the names and the e-mail address. The invitation goes to this address, so look at it twice.',
        page: '/centres-hub/users/add',
        picture: {
          name: 'add-user-email',
          alt: 'The form "Add a user" with names filled in. The field for the e-mail address is marked.',
        },
      },
      {
        words: 'Tick the roles. Each says what its holder may do; you can tick several.',
        page: '/centres-hub/users/add',
        picture: {
          name: 'add-user-roles',
          alt: 'The list of roles with a sentence beneath each. The box "Invigilator" is ticked and marked.',
        },
      },
      {
        words: 'Choose "Add the user". The user has a PIN at once, and the invitation is on its way.',
        page: '/centres-hub/users/add',
      },
      {
        words:
          'The page of the new user says how far he or she has come: Invited, until the link in the e-mail is opened.',
        page: USER,
        picture: {
          name: 'add-user-added',
          alt: 'The page of the new user. A message says that the user has been added and has a PIN.',
        },
      },
    ],
    goodToKnow: [
      'Nobody but the user sees the PIN. It stands in My details and is activated with the e-mail address you entered.',
      'Somebody who needs no access is not a user: put him or her on the profile as a staff member.',
    ],
  },
  {
    slug: 'follow-an-invitation',
    title: 'Follow an invitation, and send it again',
    summary: 'See who has not come in yet, and why. A link that was not used in time is replaced by a new one.',
    roles: ['coordinator'],
    beginsAt: '/centres-hub/users/invitations',
    steps: [
      {
        words: 'On the page Users, choose "Invitations and activation". It shows how far each user has come.',
        page: LIST,
        picture: {
          name: 'follow-button',
          alt: 'The list of users. The button "Invitations and activation" beside the heading is marked.',
        },
      },
      {
        words: 'Look for "Invitation expired". The link was not used in time, and nobody can use it any more.',
        page: '/centres-hub/users/invitations',
        picture: {
          name: 'follow-expired',
          alt: 'The list of invitations. The state "Invitation expired" of one user is marked.',
        },
      },
      {
        words:
          'First open the user and see whether the e-mail address is right. If it is wrong, change it: that sends a new invitation too.',
        page: USER,
      },
      {
        words:
          'If it is right, choose "Send the invitation again". A new link goes out, and the old one stays without effect.',
        page: USER,
        picture: {
          name: 'follow-again',
          alt: 'The access of a user whose invitation has expired. The button "Send the invitation again" is marked.',
        },
      },
      {
        words: 'The state is "Invited" again, and the page says until when the new link works.',
        page: USER,
      },
    ],
    goodToKnow: [
      'An invitation that soon ends or has ended stands under "Needs attention" on your home page.',
      'Ask the user to look among unwanted mail before you send it once more.',
    ],
  },
  {
    slug: 'change-email-or-roles',
    title: "Change a user's e-mail or roles",
    summary: 'Correct an address that was entered wrongly, or give a user a further role.',
    roles: ['coordinator'],
    beginsAt: LIST,
    steps: [
      {
        words: 'On the page Users, choose the name of the user.',
        page: LIST,
        picture: { name: 'change-name', alt: 'The list of users. The name of one user, a link, is marked.' },
      },
      {
        words:
          'To give a further role, choose "Add roles", tick it and send. It holds from the next page the user opens.',
        page: '/centres-hub/users/:personId/add-roles',
        picture: {
          name: 'change-add-roles',
          alt: 'The page of a user with the roles held. The button "Add roles" is marked.',
        },
      },
      {
        words: 'To correct the address of somebody who is still invited, choose "Change the email" beneath "Access".',
        page: USER,
        picture: {
          name: 'change-email-link',
          alt: 'The access of an invited user. The link "Change the email" is marked.',
        },
      },
      {
        words: 'Enter the right address and send. The link at the old address stops working, and a new one goes out.',
        page: '/centres-hub/users/:personId/change-email',
      },
    ],
    goodToKnow: [
      "Once a user has set up the account, the address is the user's own: only he or she changes it, in My details.",
    ],
  },
  {
    slug: 'end-a-role',
    title: 'End a role',
    summary: 'Take away what somebody should no longer do at your centre. It takes effect at once.',
    roles: ['coordinator'],
    beginsAt: LIST,
    steps: [
      { words: 'On the page Users, choose the name of the user.', page: LIST },
      {
        words: 'In the table of roles, choose "End" beside the role.',
        page: USER,
        picture: {
          name: 'end-role-link',
          alt: 'The table of roles of a user. The link "End" beside a role is marked.',
        },
      },
      {
        words: 'Read what ends with the role. Say why in a few words: the reason is kept in the record of the centre.',
        page: '/centres-hub/users/:personId/end-role/:role',
        picture: {
          name: 'end-role-reason',
          alt: 'The page that says what ends with a role. The field for the reason is marked.',
        },
      },
      {
        words: 'Choose "End the role". The rights it gave are gone in the same moment.',
        page: '/centres-hub/users/:personId/end-role/:role',
      },
    ],
    goodToKnow: [
      'With the last role somebody stops being a user: the PIN is withdrawn, and an open invitation stops working.',
      'A centre needs at least one coordinator, so the role of the last one cannot be ended.',
    ],
  },
];

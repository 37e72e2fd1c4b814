/**
 * The sections of the Operating Manual that govern pages of the product. Numbers and titles are those of the manual
 * (domain 1.9); what a section will say is told in our own words, from what the product does.
 */

export interface Section {
  /** "4.1" */
  readonly number: string;
  readonly title: string;
  /** One sentence for lists. */
  readonly about: string;
  /** What it will govern. */
  readonly governs: readonly string[];
}

export const SECTIONS: readonly Section[] = [
  {
    number: '1.10',
    title: 'Malpractice and maladministration',
    about: 'What counts as malpractice and maladministration, how to report it, and what follows.',
    governs: [
      'What candidates and centre staff must report, and how soon',
      'What an invigilator records when something happens in a test room',
      'Who looks into it, and how a decision is appealed against',
    ],
  },
  {
    number: '2.5',
    title: 'Assessment requirements',
    about: 'What every assessment must meet, whatever its form.',
    governs: [
      'How questions and test forms are written and checked before they are used',
      'Who may assess, and who checks the assessing',
    ],
  },
  {
    number: '3.1',
    title: 'Online systems',
    about: 'The systems behind one log-in, who has access to them, PINs and activation.',
    governs: [
      'Free accounts, users of a centre with a PIN, and staff members without access',
      'How a PIN is activated, and where its owner sees it',
      'Which systems a centre may open from System Access',
    ],
  },
  {
    number: '3.2',
    title: 'Centres Hub',
    about: "The centre's profile, users and roles, sites, approvals and requests.",
    governs: [
      'Who adds users and ends their roles',
      'Staff members on the profile of the centre',
      'Approvals for products, and capabilities that are switched off',
    ],
  },
  {
    number: '4.1',
    title: 'Registration',
    about: 'How candidates are registered, within how many days, and with which details.',
    governs: [
      'Registration within 90 days of the programme start',
      'The details of a candidate, and the unique learner number',
      'Further registrations of the same candidate',
    ],
  },
  {
    number: '5.1',
    title: 'Online assessment requirements',
    about: 'Rooms, computers, invigilators and identification for online tests.',
    governs: ['The room, its computers and the people in it', 'What must be arranged before a session is planned'],
  },
  {
    number: '5.2',
    title: 'Running online assessments',
    about: 'Booking, opening, watching and closing a session, and what to do when something goes wrong.',
    governs: [
      'Booking candidates, and confirming who they are',
      'Pauses, more time and lost connections',
      'Closing a session, and releasing results',
    ],
  },
  {
    number: '6.1',
    title: 'Certificate claims',
    about: 'When a certificate may be claimed, by whom, and how it is issued, replaced or revoked.',
    governs: [
      'What must be achieved before a claim',
      'Direct claims, and claims that the awarding body decides',
      'What happens to a certificate that was issued in error',
    ],
  },
];

/** The section of a number, or undefined. */
export function sectionOf(number: string): Section | undefined {
  return SECTIONS.find((section) => section.number === number);
}

/** The address of a section's page. */
export function sectionHref(number: string): string {
  return `/operating-manual/${number}`;
}

/** Notices of the demonstration's awarding body; rules and dates in them are invented. */

export interface PlannedNotice {
  readonly title: string;
  readonly body: string;
  readonly reach: 'everybody' | 'centres' | 'product' | 'roles';
  readonly roles: readonly ('coordinator' | 'administrator' | 'invigilator')[];
  /** Product code. */
  readonly product?: string;
  readonly acknowledgeWords?: string;
  /** Days since it was published, and days it is still shown. */
  readonly daysAgo: number;
  readonly daysLeft?: number;
  readonly draft?: true;
  /** E-mail addresses of the writer, of those who read it and of those who also confirmed it. */
  readonly writtenBy: string;
  readonly readBy?: readonly string[];
  readonly confirmedBy?: readonly string[];
}

const OFFICER = 'helena.brackenridge@awarding.example';

export const notices: readonly PlannedNotice[] = [
  {
    title: 'Identity checks before a test: what changes',
    body: 'Before each test the invigilator looks at a document with a photograph. From next month two more documents are accepted.\n\nAccepted from then on:\n- passport or driving licence, as before\n- proof of age card with a hologram\n- a card of the centre, if the invigilator has compared it with the register\n\nPlease tell your invigilators, and keep the list in each test room.',
    reach: 'centres',
    roles: ['coordinator', 'administrator'],
    acknowledgeWords: 'I have told the invigilators of my centre which documents are accepted.',
    daysAgo: 3,
    daysLeft: 25,
    writtenBy: OFFICER,
    confirmedBy: ['desmond.achterberg@northgate.example'],
  },
  {
    title: 'Light vehicle diploma: sample portfolio to look at',
    body: 'A sample portfolio for the competence diploma shows how much evidence a unit needs. Ask Centre Services for a copy.\n\nIt replaces no guidance: units and their rules are unchanged.',
    reach: 'product',
    product: 'LVC',
    roles: [],
    daysAgo: 8,
    writtenBy: 'tunde.oyelaran-wick@awarding.example',
    readBy: ['marguerite.holloway-finch@northgate.example'],
  },
  {
    title: 'Our telephones over the holidays',
    body: 'From 24 December to 1 January our telephones are staffed from 10:00 to 14:00. Tests, results and the check of certificates run as always.',
    reach: 'everybody',
    roles: [],
    daysAgo: 1,
    daysLeft: 40,
    writtenBy: OFFICER,
    readBy: ['marguerite.holloway-finch@northgate.example'],
  },
  {
    title: 'Invigilators: a short course in spring',
    body: 'In spring we offer a course of one hour on running a test room. Dates will follow.',
    reach: 'roles',
    roles: ['invigilator', 'coordinator'],
    daysAgo: 0,
    draft: true,
    writtenBy: OFFICER,
  },
];

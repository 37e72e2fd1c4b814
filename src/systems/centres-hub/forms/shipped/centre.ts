/** Forms about the centre itself: who it is, what it offers, who works in its systems. */
import { ask, OFFICE, onlyIf, optional, type ShippedForm, signedByCoordinator } from './ask.ts';

export const CENTRE_FORMS: readonly ShippedForm[] = [
  {
    code: 'product-approval',
    definition: {
      title: 'Product approval',
      summary:
        'Ask to offer a product that your centre is not approved for yet. Once granted, candidates can be registered at once.',
      introduction:
        'Read the specification and the assessment strategy of the product first. We may visit you before we decide.',
      filledBy: [...OFFICE, 'iqa'],
      signature: {
        statement:
          'The centre has the staff, sites and resources named here, will keep them as long as it offers the product, and will follow its assessment strategy.',
        signedBy: ['coordinator'],
      },
      decidedBy: ['officer', 'quality'],
      daysAllowed: 20,
      decision: 'grant',
      effect: 'product-approval',
      sections: [
        {
          title: 'The product',
          guidance: '',
          questions: [
            ask('product', 'any_product', 'Which product do you want to offer?'),
            ask('candidates', 'number', 'How many candidates do you expect in the first year?', {
              least: 1,
              most: 10000,
            }),
            ask('firstRegistration', 'date', 'When do you want to register the first candidate?'),
            ask('similar', 'yes_no', 'Do you offer a similar product now, with us or with another awarding body?'),
            ask(
              'similarDetails',
              'long_text',
              'Which, since when, and when was it last quality assured?',
              onlyIf('similar', 'yes'),
            ),
          ],
        },
        {
          title: 'Staff',
          guidance:
            'Name at least one assessor and one internal quality assurer who is not the assessor of the same candidates.',
          questions: [
            ask('staff', 'staff_member', 'Who will assess and quality assure?', {
              hint: 'Add people under Users or Staff members first if they are missing here',
            }),
            ask('competence', 'file', 'Their qualifications and CVs', { hint: 'One document for each person' }),
            ask('development', 'long_text', 'How do they keep up to date?', {
              hint: 'Training, time in the trade, standardisation',
            }),
          ],
        },
        {
          title: 'Sites and resources',
          guidance: '',
          questions: [
            ask('site', 'site', 'At which site will it be offered?'),
            ask('resources', 'long_text', 'Which tools, vehicles, equipment and rooms are there for it?'),
            ask('shared', 'yes_no', 'Do you use resources of somebody else, such as an employer?'),
            ask('sharedDetails', 'long_text', 'Whose, and what is agreed in writing?', onlyIf('shared', 'yes')),
            ask('tests', 'yes_no', 'Will candidates take online tests at this site?'),
            ask(
              'testRooms',
              'long_text',
              'In which rooms, with how many devices, and who invigilates?',
              onlyIf('tests', 'yes'),
            ),
          ],
        },
        {
          title: 'Quality assurance',
          guidance: '',
          questions: [
            ask('samplingStrategy', 'long_text', 'What is your sampling strategy?', {
              hint: 'How assessors, candidates, units, methods and sites are sampled, and how often',
            }),
            ask('samplingPlan', 'file', 'Sampling plan', optional),
            ask(
              'policies',
              'tick',
              'Our policies on appeals, complaints, malpractice, equality and reasonable adjustments cover this product',
            ),
          ],
        },
      ],
    },
  },
  {
    code: 'eportfolio-set-up',
    definition: {
      title: 'ePortfolio set-up',
      summary: 'Ask for ePortfolio for your centre: candidates gather evidence online, assessors judge it there.',
      introduction: 'When it is granted, ePortfolio appears in System Access of your users.',
      filledBy: OFFICE,
      signature: signedByCoordinator,
      decidedBy: ['officer'],
      daysAllowed: 5,
      decision: 'grant',
      effect: 'eportfolio-set-up',
      sections: [
        {
          title: 'How you will use it',
          guidance: '',
          questions: [
            ask('champion', 'staff_member', 'Who will be your ePortfolio champion?', {
              hint: 'The person whom colleagues ask first',
            }),
            ask('product', 'product', 'With which product do you begin?'),
            ask('candidates', 'number', 'How many candidates begin with it?', { least: 1, most: 10000 }),
            ask('firstDay', 'date', 'When do you want to begin?'),
            ask('usedBefore', 'yes_no', 'Have you used another e-portfolio before?'),
            ask(
              'usedBeforeDetails',
              'short_text',
              'Which, and must work be brought over from it?',
              onlyIf('usedBefore', 'yes'),
            ),
            ask('consent', 'tick', 'Candidates are told what of their work is kept, who sees it and how long'),
          ],
        },
      ],
    },
  },
  {
    code: 'change-of-centre-details',
    definition: {
      title: 'Change of centre details',
      summary: 'Tell us of a new name, address, owner or head of centre. These changes need our agreement.',
      introduction:
        'Telephone numbers, contacts and rooms are changed on your centre profile at once, without this form.',
      filledBy: OFFICE,
      signature: signedByCoordinator,
      decidedBy: ['officer', 'quality'],
      daysAllowed: 10,
      decision: 'grant',
      effect: 'change-of-centre-details',
      sections: [
        {
          title: 'What changes',
          guidance: '',
          questions: [
            ask('what', 'one_of', 'What changes?', {
              hint: 'One form for each change',
              options: [
                { value: 'name', label: 'Name of the centre' },
                { value: 'trading-name', label: 'Trading name' },
                { value: 'address', label: 'Address' },
                { value: 'head-of-centre', label: 'Head of centre' },
                { value: 'owner', label: 'Owner or legal status' },
              ],
            }),
            ask('newWording', 'long_text', 'How does it read from then on?', {
              hint: 'A name as it is to stand on certificates; an address with its town on the last line but one and its postcode on the last',
            }),
            ask('testsMove', 'yes_no', 'Are tests held at the new address?', onlyIf('what', 'address')),
            ask('newHeadEmail', 'email', 'E-mail address of the new head of centre', onlyIf('what', 'head-of-centre')),
            ask('from', 'date', 'From which day?'),
            ask('reason', 'long_text', 'Why does it change, and what does it mean for your candidates?'),
            ask('proof', 'file', 'Proof of the change', {
              hint: 'For example the certificate of incorporation, or a board minute',
              ...optional,
            }),
          ],
        },
      ],
    },
  },
  {
    code: 'new-user-type',
    definition: {
      title: 'New user type',
      summary: 'Ask for a role that your centre cannot give by itself, or for a set of rights that no role has.',
      introduction: 'Coordinators give the usual roles themselves, under Users. Use this form for anything else.',
      filledBy: OFFICE,
      signature: signedByCoordinator,
      decidedBy: ['officer', 'body_administrator'],
      daysAllowed: 5,
      decision: 'grant',
      effect: null,
      sections: [
        {
          title: 'The user',
          guidance: '',
          questions: [
            ask('existing', 'yes_no', 'Is the person a user or staff member of your centre already?'),
            ask('person', 'staff_member', 'Who is it?', onlyIf('existing', 'yes')),
            ask('name', 'short_text', 'Full name', onlyIf('existing', 'no')),
            ask('email', 'email', 'E-mail address', onlyIf('existing', 'no')),
            ask('work', 'long_text', 'What must the person be able to do, and in which system?'),
            ask('reason', 'long_text', 'Why is none of the usual roles enough?'),
            ask('ends', 'yes_no', 'Is it for a limited time?'),
            ask('until', 'date', 'Until when?', onlyIf('ends', 'yes')),
          ],
        },
      ],
    },
  },
];

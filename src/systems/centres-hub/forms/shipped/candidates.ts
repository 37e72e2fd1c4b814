/** Forms about one candidate. Access arrangements: the list in use across the UK, and the Equality Act 2010, section 96. */
import { ask, OFFICE, onlyIf, optional, options, type ShippedForm, signedByCoordinator } from './ask.ts';

const WHO = ask('candidate', 'candidate', 'Which candidate is it for?');
const PRODUCT = ask('product', 'product', 'Which product is the candidate working towards?');

export const CANDIDATE_FORMS: readonly ShippedForm[] = [
  {
    code: 'reasonable-adjustment',
    definition: {
      title: 'Reasonable adjustment',
      summary:
        'Before a test or assessment: ask for arrangements that a disabled candidate, or one with a learning difficulty, needs.',
      introduction:
        "Ask for what is the candidate's normal way of working at your centre. An adjustment changes how the candidate is assessed, never what is assessed. Do not use it before it is granted.\n\nOnce granted it applies to every test of the candidate until its last day. It is not shown on a certificate.",
      filledBy: [...OFFICE, 'assessor', 'iqa'],
      signature: {
        statement:
          "The arrangements asked for are the candidate's normal way of working. The candidate has been told what is sent to the awarding body and why.",
        signedBy: ['coordinator'],
      },
      decidedBy: ['officer', 'quality'],
      daysAllowed: 5,
      decision: 'grant',
      effect: 'reasonable-adjustment',
      sections: [
        { title: 'The candidate', guidance: '', questions: [WHO] },
        {
          title: 'What the candidate needs',
          guidance:
            'Supervised rest breaks often help more than extra time where attention or anxiety is the difficulty. Try them first.',
          questions: [
            ask('restBreaks', 'yes_no', 'Are supervised rest breaks needed?', {
              hint: 'The clock stands still and the questions are hidden during a break',
            }),
            ask('arrangements', 'some_of', 'Which other arrangements are needed?', {
              hint: 'Leave all unticked if rest breaks are enough',
              required: false,
              ...options(
                'Extra time',
                'Reader or computer reader',
                'Scribe or speech recognition',
                'Word processor',
                'Prompter',
                'Oral language modifier',
                'Sign language interpreter',
                'Practical assistant',
                'Coloured or enlarged presentation',
                'Bilingual dictionary',
                'Room of the candidate alone',
                'Test away from the centre',
                'Something else',
              ),
            }),
            ask('extraTimePercent', 'number', 'How much extra time, in percent?', {
              hint: 'Usually 25. More than 50 needs evidence of a very substantial need',
              least: 0,
              most: 100,
              ...onlyIf('arrangements', 'extra-time'),
            }),
            ask('helper', 'short_text', 'Who reads, writes, signs or assists?', {
              hint: 'It must be somebody who does not assess the candidate',
              ...onlyIf(
                'arrangements',
                'reader-or-computer-reader',
                'scribe-or-speech-recognition',
                'sign-language-interpreter',
                'practical-assistant',
                'oral-language-modifier',
              ),
            }),
            ask('somethingElse', 'long_text', 'What else is needed?', onlyIf('arrangements', 'something-else')),
            ask('notes', 'long_text', 'What must the invigilator know?', {
              hint: 'Only what is needed on the day: no diagnosis',
              required: false,
            }),
          ],
        },
        {
          title: 'Why, and until when',
          guidance: '',
          questions: [
            ask('need', 'long_text', 'How does the difficulty affect the candidate in a test?', {
              hint: 'And how the candidate works at your centre every day',
            }),
            ask('lasting', 'yes_no', 'Will the need last as long as the candidate is with you?'),
            ask('validUntil', 'date', 'Last day of the adjustment', {
              hint: 'For a lasting need, the day on which the candidate is expected to finish',
            }),
            ask('evidence', 'file', 'Evidence of the need', {
              hint: "For example an assessor's report or a letter from a doctor. PDF, picture or text document, 10 MB each",
            }),
          ],
        },
      ],
    },
  },
  {
    code: 'special-consideration',
    definition: {
      title: 'Special consideration',
      summary:
        'After a test or assessment: illness, injury or another event beyond the control of the candidate put the candidate at a disadvantage.',
      introduction:
        'Send this within 5 working days of the assessment. Special consideration cannot make up for a competence that was not shown.',
      filledBy: [...OFFICE, 'invigilator', 'assessor', 'iqa'],
      signature: signedByCoordinator,
      decidedBy: ['officer', 'quality'],
      daysAllowed: 10,
      decision: 'grant',
      effect: null,
      sections: [
        {
          title: 'The candidate and the assessment',
          guidance: '',
          questions: [
            WHO,
            PRODUCT,
            ask('assessment', 'short_text', 'Which test or assessment?'),
            ask('assessedOn', 'date', 'When did it take place?'),
            ask(
              'attended',
              'one_of',
              'What happened?',
              options(
                'The candidate took it at a disadvantage',
                'The candidate began and could not finish',
                'The candidate could not attend',
              ),
            ),
          ],
        },
        {
          title: 'What happened',
          guidance: '',
          questions: [
            ask(
              'cause',
              'one_of',
              'What was the cause?',
              options(
                'Illness or injury',
                'Bereavement or a family emergency',
                'A disturbance during the test',
                'A failure of equipment or power',
                'Something else',
              ),
            ),
            ask(
              'failedEquipment',
              'long_text',
              'What failed, for how long, and what did the invigilator do?',
              onlyIf('cause', 'a-failure-of-equipment-or-power', 'a-disturbance-during-the-test'),
            ),
            ask('effect', 'long_text', 'How did it affect the candidate?'),
            ask(
              'asked',
              'one_of',
              'What do you ask for?',
              options('A new attempt without charge', 'The attempt not to count', 'The result to be looked at again'),
            ),
            ask('evidence', 'file', 'Evidence', {
              hint: "For example a doctor's note or the invigilator's report",
              ...optional,
            }),
          ],
        },
      ],
    },
  },
  {
    code: 'assessment-in-another-language',
    definition: {
      title: 'Assessment in another language',
      summary:
        'Ask to assess a candidate in Welsh, Irish or British Sign Language, or in another language where the product allows it.',
      introduction:
        'Assessments are in English unless the specification says otherwise. British Sign Language can also be asked for as a reasonable adjustment. The standard must be the same in every language.',
      filledBy: [...OFFICE, 'assessor', 'iqa'],
      signature: signedByCoordinator,
      decidedBy: ['officer', 'quality'],
      daysAllowed: 15,
      decision: 'grant',
      effect: null,
      sections: [
        {
          title: 'The candidate and the language',
          guidance: '',
          questions: [
            WHO,
            PRODUCT,
            ask(
              'language',
              'one_of',
              'Which language?',
              options('Welsh', 'Irish', 'British Sign Language', 'Another language'),
            ),
            ask('otherLanguage', 'short_text', 'Which other language?', onlyIf('language', 'another-language')),
            ask('parts', 'long_text', 'Which units and assessments?'),
          ],
        },
        {
          title: 'How you will do it',
          guidance:
            'The assessor and the internal quality assurer need the language, or a translator without an interest in the result.',
          questions: [
            ask('assessors', 'staff_member', 'Who assesses and quality assures in the language?', optional),
            ask('translator', 'yes_no', 'Is a translator or interpreter used?'),
            ask(
              'translatorDetails',
              'long_text',
              'Who is it, and what qualifies the person?',
              onlyIf('translator', 'yes'),
            ),
            ask('firstDay', 'date', 'When is the first assessment?'),
          ],
        },
      ],
    },
  },
  {
    code: 'extension',
    definition: {
      title: 'Extension',
      summary: 'More time for a candidate, for a group, or for an action that the awarding body has set your centre.',
      introduction: '',
      filledBy: [...OFFICE, 'iqa'],
      signature: null,
      decidedBy: ['officer', 'quality'],
      daysAllowed: 5,
      decision: 'grant',
      effect: null,
      sections: [
        {
          title: 'What needs more time',
          guidance: '',
          questions: [
            ask(
              'about',
              'one_of',
              'What is the extension for?',
              options('One candidate', 'A group of candidates', 'An action set by the awarding body'),
            ),
            ask('candidate', 'candidate', 'Which candidate?', onlyIf('about', 'one-candidate')),
            ask(
              'group',
              'long_text',
              'Which candidates? Give their candidate numbers',
              onlyIf('about', 'a-group-of-candidates'),
            ),
            ask('product', 'product', 'Which product?', onlyIf('about', 'one-candidate', 'a-group-of-candidates')),
            ask('action', 'long_text', 'Which action?', onlyIf('about', 'an-action-set-by-the-awarding-body')),
            ask('untilNow', 'date', 'Last day as it stands'),
            ask('newDay', 'date', 'Last day you ask for'),
            ask('reason', 'long_text', 'Why is the time not enough?'),
            ask('plan', 'long_text', 'What will be done by when?'),
          ],
        },
      ],
    },
  },
];

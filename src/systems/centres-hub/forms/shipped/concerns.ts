/** Forms of concern and of everyday: appeals (General Condition I1), complaints (D4), malpractice (A8), feedback. */
import {
  ALL_STAFF,
  ask,
  inFiveSteps,
  OFFICE,
  onlyIf,
  optional,
  options,
  type ShippedForm,
  signedByCoordinator,
} from './ask.ts';

export const CONCERN_FORMS: readonly ShippedForm[] = [
  {
    code: 'appeal',
    definition: {
      title: 'Appeal',
      summary:
        'Ask us to look again at a result, at a decision on an adjustment or special consideration, or at action taken about malpractice.',
      introduction:
        'Send this within 20 working days of the decision. Somebody who had no part in the decision and has no interest in it looks at the appeal. If you do not agree with the answer, you can ask for a final stage with an independent person.',
      filledBy: [...OFFICE, 'iqa'],
      signature: signedByCoordinator,
      decidedBy: ['quality'],
      daysAllowed: 20,
      decision: 'grant',
      effect: null,
      sections: [
        {
          title: 'The decision',
          guidance: '',
          questions: [
            ask(
              'against',
              'one_of',
              'What is the appeal against?',
              options(
                'A result',
                'A decision on a reasonable adjustment',
                'A decision on special consideration',
                'Action about malpractice',
                'A decision about the centre',
              ),
            ),
            ask('aboutCandidate', 'yes_no', 'Is it about one candidate?'),
            ask('candidate', 'candidate', 'Which candidate?', onlyIf('aboutCandidate', 'yes')),
            ask(
              'agreed',
              'tick',
              'The candidate has agreed to this appeal and knows that a result can go down as well as up',
              onlyIf('aboutCandidate', 'yes'),
            ),
            ask('decidedOn', 'date', 'When was the decision made?'),
            ask('reference', 'short_text', 'Its reference, such as R-10001', optional),
          ],
        },
        {
          title: 'Your grounds',
          guidance: '',
          questions: [
            ask('grounds', 'long_text', 'Why do you think the decision is wrong?', {
              hint: 'Say which rule was not followed, or what was not taken into account',
            }),
            ask('outcome', 'long_text', 'What should be decided instead?'),
            ask('within', 'yes_no', "Has the centre's own appeals procedure been used first?"),
            ask('withinReason', 'long_text', 'Why not?', onlyIf('within', 'no')),
            ask('evidence', 'file', 'Evidence', optional),
          ],
        },
      ],
    },
  },
  {
    code: 'complaint',
    definition: {
      title: 'Complaint',
      summary: 'Tell us that something of ours was not good enough: a service, a person, a document, a system.',
      introduction:
        'A complaint has no effect on how you or your candidates are treated. If you want a decision changed, send an appeal instead.',
      filledBy: ALL_STAFF,
      signature: null,
      decidedBy: ['quality'],
      daysAllowed: 10,
      decision: 'answer',
      effect: null,
      sections: [
        {
          title: 'Your complaint',
          guidance: '',
          questions: [
            ask(
              'about',
              'one_of',
              'What is it about?',
              options(
                'A service or an answer',
                'A person',
                'A test or its questions',
                'A document',
                'A system',
                'Fees',
                'Something else',
              ),
            ),
            ask('test', 'short_text', 'Which test, and on which day?', {
              hint: 'Do not copy a question into this form',
              ...onlyIf('about', 'a-test-or-its-questions'),
            }),
            ask('system', 'short_text', 'Which system, and what did it show?', onlyIf('about', 'a-system')),
            ask('happened', 'long_text', 'What happened, and when?'),
            ask('told', 'yes_no', 'Have you told us of it before?'),
            ask('toldWhom', 'short_text', 'Whom, and when?', onlyIf('told', 'yes')),
            ask('right', 'long_text', 'What would put it right?'),
            ask('evidence', 'file', 'Anything that helps us to see it', optional),
          ],
        },
      ],
    },
  },
  {
    code: 'malpractice-notification',
    definition: {
      title: 'Malpractice notification',
      summary:
        'Tell us at once of suspected malpractice or maladministration by a candidate, by staff or by the centre.',
      introduction:
        'You need no proof, only reasonable grounds. Keep all evidence as it is, and do not begin an investigation before we have answered. Only our quality and compliance team reads this form.',
      filledBy: ALL_STAFF,
      signature: null,
      decidedBy: ['quality'],
      daysAllowed: 2,
      decision: 'answer',
      effect: null,
      confidential: true,
      sections: [
        {
          title: 'Who and what',
          guidance: '',
          questions: [
            ask(
              'by',
              'some_of',
              'By whom?',
              options('A candidate', 'A member of staff', 'The centre', 'Somebody else'),
            ),
            ask('candidate', 'candidate', 'Which candidate?', {
              hint: 'If there are several, name the others below',
              ...onlyIf('by', 'a-candidate'),
            }),
            ask('staff', 'staff_member', 'Which members of staff?', onlyIf('by', 'a-member-of-staff')),
            ask(
              'kind',
              'some_of',
              'What is suspected?',
              options(
                'Plagiarism or work of another person',
                'Taking a test for another person',
                'Help that is not allowed',
                'Passing on questions or answers',
                'Records that are not true',
                'Assessment that was not carried out',
                'Conditions of a test not kept',
                'Something else',
              ),
            ),
            ask('product', 'product', 'Which product is concerned?', optional),
            ask('knownOn', 'date', 'When did you come to know of it?'),
            ask('account', 'long_text', 'What has happened, as far as you know?'),
          ],
        },
        {
          title: 'What has been done',
          guidance: '',
          questions: [
            ask('live', 'yes_no', 'Could questions of a live test be known to candidates?'),
            ask('liveDetails', 'long_text', 'Which test, and who may have seen them?', onlyIf('live', 'yes')),
            ask('certificates', 'yes_no', 'Could certificates have been issued that should not have been?'),
            ask('done', 'long_text', 'What has been done so far?', optional),
            ask('told', 'yes_no', 'Have the people concerned been told?'),
            ask('evidence', 'file', 'Evidence', optional),
          ],
        },
      ],
    },
  },
  {
    code: 'feedback',
    definition: {
      title: 'Feedback',
      summary: 'Tell us what works well and what we should do better.',
      introduction: '',
      filledBy: ALL_STAFF,
      signature: null,
      decidedBy: ['officer', 'quality'],
      daysAllowed: 10,
      decision: 'answer',
      effect: null,
      sections: [
        {
          title: 'Your feedback',
          guidance: '',
          questions: [
            ask(
              'about',
              'one_of',
              'What is it about?',
              options(
                'A product or its specification',
                'Online tests',
                'The systems',
                'Our people and answers',
                'Events and training',
                'Something else',
              ),
            ),
            ask('product', 'product', 'Which product?', onlyIf('about', 'a-product-or-its-specification')),
            ask('well', 'long_text', 'What works well?', optional),
            ask('better', 'long_text', 'What should we do better?'),
            ask('reply', 'yes_no', 'May we ask you more about it?'),
          ],
        },
      ],
    },
  },
  {
    code: 'yearly-survey',
    definition: {
      title: 'Yearly survey',
      summary: 'Once a year: how well we serve your centre. It takes five minutes, and you have an answer.',
      introduction:
        'Your answers are read with your name. The figures of all centres together are published without names.',
      filledBy: OFFICE,
      signature: null,
      decidedBy: ['officer', 'quality'],
      daysAllowed: 20,
      decision: 'answer',
      effect: null,
      yearly: true,
      sections: [
        {
          title: 'How well do these work for you?',
          guidance: 'Think of the last twelve months.',
          questions: [
            ask('registering', 'one_of', 'Registering candidates', inFiveSteps),
            ask('tests', 'one_of', 'Online tests', inFiveSteps),
            ask('certificates', 'one_of', 'Claiming certificates', inFiveSteps),
            ask('answers', 'one_of', 'Answers to your requests', inFiveSteps),
            ask('quality', 'one_of', 'Visits and quality assurance', { ...inFiveSteps, required: false }),
            ask('documents', 'one_of', 'Specifications and guidance', inFiveSteps),
          ],
        },
        {
          title: 'In your words',
          guidance: '',
          questions: [
            ask('recommend', 'number', 'How likely are you to recommend us to another centre?', {
              hint: 'From 0, not at all, to 10, certainly',
              least: 0,
              most: 10,
            }),
            ask('first', 'long_text', 'What should we do better first?'),
            ask('keep', 'long_text', 'What should stay as it is?', optional),
          ],
        },
      ],
    },
  },
  {
    code: 'general-request',
    definition: {
      title: 'General request',
      summary: 'Anything that no other form is for.',
      introduction: 'Look through the other forms first: they ask for what we need, so that you have an answer sooner.',
      filledBy: ALL_STAFF,
      signature: null,
      decidedBy: ['officer', 'quality', 'body_administrator'],
      daysAllowed: 5,
      decision: 'answer',
      effect: null,
      sections: [
        {
          title: 'Your request',
          guidance: '',
          questions: [
            ask('subject', 'short_text', 'What is it about, in a few words?'),
            ask('request', 'long_text', 'What do you need?'),
            ask('aboutCandidate', 'yes_no', 'Is it about one candidate?'),
            ask('candidate', 'candidate', 'Which candidate?', onlyIf('aboutCandidate', 'yes')),
            ask('by', 'date', 'Is there a day by which you need it?', optional),
            ask('files', 'file', 'Files', optional),
          ],
        },
      ],
    },
  },
];

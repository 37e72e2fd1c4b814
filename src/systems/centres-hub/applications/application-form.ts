/** What an organisation says of itself when it applies, and what is still missing. Source: General Condition C2.3, manual 3.2. */
import { z } from 'zod';
import { emailField } from '#accounts';
import { ukprnProblem } from '../ukprn/ukprn.ts';

interface ApplicationQuestion {
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: 'line' | 'lines' | 'email' | 'tel' | 'ticks';
  readonly required: boolean;
  /** Said when it is missing. */
  readonly missing: string;
}

const POLICIES = ['Malpractice', 'Complaints', 'Appeals', 'Equality', 'Data protection'] as const;
export const POLICY_NAMES: readonly string[] = POLICIES;

export const APPLICATION_SECTIONS: readonly {
  readonly title: string;
  readonly questions: readonly ApplicationQuestion[];
}[] = [
  {
    title: 'The organisation',
    questions: [
      line('tradingName', 'Trading name (optional)', false, '', 'Where it differs from the registered name'),
      line(
        'owner',
        'Owner',
        true,
        'Enter who owns the organisation',
        'The company, trust or person that answers for it',
      ),
      line(
        'companyNumber',
        'Company or charity number',
        true,
        'Enter the company or charity number',
        'Sole traders: write "Sole trader"',
      ),
      line('ukprn', 'UKPRN (optional)', false, '', '8 digits beginning with 1'),
      area('address', 'Address', true, 'Enter the address', 'One line each, without town and postcode'),
      line('town', 'Town', true, 'Enter the town'),
      line('postcode', 'Postcode', true, 'Enter the postcode'),
      { key: 'telephone', label: 'Telephone', kind: 'tel', required: true, missing: 'Enter the telephone number' },
      line('website', 'Website (optional)', false, ''),
    ],
  },
  {
    title: 'People',
    questions: [
      line(
        'headName',
        'Head of centre',
        true,
        'Enter the name of the head of centre',
        'Signs the agreement and answers for the centre',
      ),
      {
        key: 'headEmail',
        label: 'E-mail of the head of centre',
        kind: 'email',
        required: true,
        missing: 'Enter the e-mail address of the head of centre',
      },
      line(
        'coordinatorGivenNames',
        'Given names of the centre coordinator',
        true,
        'Enter the given names of the coordinator',
      ),
      line(
        'coordinatorFamilyName',
        'Family name of the centre coordinator',
        true,
        'Enter the family name of the coordinator',
      ),
      {
        key: 'coordinatorEmail',
        label: 'E-mail of the centre coordinator',
        hint: 'The invitation with the PIN goes there when the centre is approved',
        kind: 'email',
        required: true,
        missing: 'Enter the e-mail address of the coordinator',
      },
      area(
        'staff',
        'Assessors and internal quality assurers',
        true,
        'Say who assesses and who assures quality',
        'Name, what they are qualified in, and for which products',
      ),
    ],
  },
  {
    title: 'Places and papers',
    questions: [
      line('siteName', 'Name of the first site', true, 'Enter the name of the first site'),
      area('rooms', 'Rooms', true, 'Enter at least one room', 'One room on each line'),
      area(
        'insurance',
        'Insurance',
        true,
        'Say which insurance the organisation has',
        'Insurer, number and expiry of public and employers’ liability',
      ),
      {
        key: 'policies',
        label: 'Written policies that are in force',
        kind: 'ticks',
        required: true,
        missing: `Tick the policies you have. All of these are needed: ${POLICIES.join(', ').toLowerCase()}`,
      },
      area(
        'otherBodies',
        'Other awarding bodies',
        true,
        'Say which other awarding bodies have approved you, or write "None"',
        'And any sanction that one of them has set',
      ),
      area(
        'references',
        'Two references',
        true,
        'Name two people who can speak for the organisation',
        'Name, organisation and e-mail of each',
      ),
    ],
  },
];

function line(key: string, label: string, required: boolean, missing: string, hint?: string): ApplicationQuestion {
  return { key, label, kind: 'line', required, missing, ...(hint ? { hint } : {}) };
}
function area(key: string, label: string, required: boolean, missing: string, hint: string): ApplicationQuestion {
  return { key, label, kind: 'lines', required, missing, hint };
}

export type ApplicationAnswers = Readonly<Record<string, string | readonly string[]>>;

const QUESTIONS = APPLICATION_SECTIONS.flatMap(({ questions }) => questions);
const MOST = 4000;

/** The answers among the fields of a form, as typed; nothing is refused, so that nothing typed is lost. */
export function answersFrom(fields: Readonly<Record<string, unknown>>): ApplicationAnswers {
  return Object.fromEntries(
    QUESTIONS.map(({ key, kind }) => {
      const value = fields[key];
      if (kind === 'ticks') {
        return [key, [value ?? []].flat().filter((one): one is string => POLICY_NAMES.includes(one as string))];
      }
      return [key, typeof value === 'string' ? value.trim().slice(0, MOST) : ''];
    }),
  );
}

/** Stored answers. */
export const answersSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

export function answerText(answers: ApplicationAnswers, key: string): string {
  const value = answers[key];
  return typeof value === 'string' ? value : (value ?? []).join(', ');
}

/** The lines of an answer without blank ones and repetitions. */
export function answerLines(answers: ApplicationAnswers, key: string): string[] {
  const lines = answerText(answers, key).split(/\r?\n/);
  return [...new Set(lines.map((one) => one.trim()).filter(Boolean))];
}

/** What stands between these answers and sending them, by field, in the order of the form. */
export function missingFrom(answers: ApplicationAnswers): { field: string; message: string }[] {
  return QUESTIONS.flatMap(({ key, kind, required, missing }) => {
    const problem = (message: string) => [{ field: key, message }];
    if (kind === 'ticks') return [answers[key] ?? []].flat().length === POLICIES.length ? [] : problem(missing);
    const text = answerText(answers, key);
    if (text === '') return required ? problem(missing) : [];
    if (kind === 'email' && !emailField.safeParse(text).success) {
      return problem(`${missing}, with a name, an @ and a domain, such as name@example.com`);
    }
    const ukprn = key === 'ukprn' ? ukprnProblem(text) : null;
    return ukprn ? problem(ukprn) : [];
  });
}

import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { parseForm } from '#platform/http/forms.ts';
import { candidateAdded, candidateRegistered, latenessWaived } from '../../audit.ts';
import { lockCandidatesOf } from '../../candidates/candidates.ts';
import { type FoundMatch, findMatches } from '../../possible-match/find-matches.ts';
import { MATCH_WORDS } from '../../possible-match/possible-match.ts';
import { programmeForm, registrationForm } from '../../register-candidate/form.ts';
import { candidateFor } from '../../register-candidate/register-candidate.ts';
import { register } from '../../registrations/register.ts';
import type { Outcome } from '../requests/once.ts';
import { writes } from '../requests/operation.ts';
import { placesOfFields } from '../requests/places.ts';
import { Problem } from '../requests/problem.ts';
import { candidateOf, candidateParams } from './candidates.ts';
import { registrationShown } from './registrations.ts';
import { programmeBody, type RegistrationBody, registration, registrationBody } from './schemas.ts';

type Programme = RegistrationBody['registration'];

/** A day as the three fields of the form that a page has. */
function dayFields(name: string, date: string): Record<string, string> {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
}

const programmeFields = (programme: Programme): Record<string, string> => ({
  product: programme.productId,
  site: programme.siteId ?? '',
  ...dayFields('programmeStart', programme.programmeStart),
  assessmentLanguage: programme.assessmentLanguage ?? '',
  orderReference: programme.orderReference ?? '',
  funding: programme.funding ?? '',
  cohort: programme.cohort ?? '',
});

/** The body as the fields of the page's form, so that one set of rules reads both. */
function formFields({ candidate, registration: programme, match }: RegistrationBody): Record<string, string> {
  return {
    givenNames: candidate.givenNames,
    familyName: candidate.familyName,
    ...dayFields('birthDate', candidate.birthDate),
    uln: candidate.uln ?? '',
    scottishNumber: candidate.scottishNumber ?? '',
    ulnAbsentReason: candidate.ulnAbsentReason ?? '',
    postcode: candidate.postcode ?? '',
    email: candidate.email ?? '',
    centreReference: candidate.centreReference ?? '',
    ...programmeFields(programme),
    match: match ? (match.is === 'same' ? match.candidateId : 'another') : '',
    matchesShown: match ? [...match.shown].sort().join(',') : '',
  };
}

function programmePointers(under: string): Record<string, string> {
  return {
    product: `${under}/productId`,
    site: `${under}/siteId`,
    programmeStart: `${under}/programmeStart`,
    assessmentLanguage: `${under}/assessmentLanguage`,
    orderReference: `${under}/orderReference`,
    funding: `${under}/funding`,
    cohort: `${under}/cohort`,
  };
}
const CANDIDATE_FIELDS = [
  'givenNames',
  'familyName',
  'birthDate',
  'uln',
  'scottishNumber',
  'ulnAbsentReason',
  'postcode',
  'email',
  'centreReference',
];
const POINTERS = {
  ...Object.fromEntries(CANDIDATE_FIELDS.map((name) => [name, `/candidate/${name}`])),
  ...programmePointers('/registration'),
  match: '/match',
  matchesShown: '/match/shown',
};

function refused(errors: Refused['errors'], pointers: Readonly<Record<string, string>>): Problem {
  return new Problem('refused', errors.map(({ message }) => message).join('. '), {
    errors: placesOfFields(errors, pointers),
  });
}

/** What a form's schema reads; a Problem with the places in the body where it refuses. */
function read<T>(schema: z.ZodType<T>, fields: Record<string, string>, pointers: Readonly<Record<string, string>>): T {
  const parsed = parseForm(schema, fields);
  if (!parsed.ok) throw refused(parsed.errors, pointers);
  return parsed.value;
}

/** Who was found is told to a key that may read candidates; to others that somebody was, and what agrees. */
const matchProblem = (detail: string, matches: readonly FoundMatch[], mayRead: boolean) =>
  new Problem('possible-match', detail, {
    more: {
      matches: matches.map((one) => ({
        candidateId: one.id,
        ...(mayRead && {
          candidateNumber: one.number,
          givenNames: one.givenNames,
          familyName: one.familyName,
          birthDate: one.birthDate,
        }),
        reason: one.reason,
        agrees: MATCH_WORDS[one.reason],
      })),
    },
  });

async function made(writer: Writer, centreId: string, registrationId: string): Promise<Outcome> {
  const body = await registrationShown(writer, centreId, registrationId);
  return { status: 201, location: `/api/v1/registrations/${registrationId}`, body };
}

export const registerCandidate = writes({
  id: 'registerCandidate',
  path: '/registrations',
  summary: 'Register a candidate',
  description:
    'Enters a new candidate, who gets a candidate number, and registers for a product: by the same rules as the page. Where somebody like this is known at the centre, the answer is 409 with what agrees; send match then.',
  scope: 'registrations:write',
  params: z.object({}),
  query: z.strictObject({}),
  body: registrationBody,
  answer: registration,
  audit: [candidateAdded, candidateRegistered, latenessWaived],
  write: async (writer, { centreId, scopes, body }) => {
    const entry = read(registrationForm(dayInLondon(writer.now)), formFields(body), POINTERS);
    await lockCandidatesOf(writer, centreId);
    const matches = await findMatches(writer, centreId, entry.candidate);
    try {
      // Whether somebody is known at another centre is not asked of a program: the awarding body settles it.
      const candidate = await candidateFor(writer, centreId, entry, { matches, elsewhere: [] });
      return await made(writer, centreId, await register(writer, candidate, entry.programme));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.errors.some(({ field }) => field === 'match'))
        throw matchProblem(error.message, matches, scopes.includes('candidates:read'));
      throw refused(error.errors, POINTERS);
    }
  },
});

export const registerFurther = writes({
  id: 'registerFurther',
  path: '/candidates/{candidateId}/registrations',
  summary: 'Register a known candidate for a further product',
  description: 'The candidate keeps the number. Refused while a registration for the same product is in progress.',
  scope: 'registrations:write',
  params: candidateParams,
  query: z.strictObject({}),
  body: programmeBody,
  answer: registration,
  audit: [candidateRegistered, latenessWaived],
  write: async (writer, { centreId, params, body }) => {
    const programme = read(programmeForm(dayInLondon(writer.now)), programmeFields(body), programmePointers(''));
    await lockCandidatesOf(writer, centreId);
    const candidate = await candidateOf(writer, centreId, params.candidateId);
    const name = `${candidate.givenNames} ${candidate.familyName}`;
    try {
      return await made(writer, centreId, await register(writer, { ...candidate, name }, programme));
    } catch (error) {
      throw error instanceof Refused ? refused(error.errors, programmePointers('')) : error;
    }
  },
});

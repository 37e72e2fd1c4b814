/** What travels in the API: each schema both checks and, as JSON Schema, describes it in the document. */
import { z } from 'zod';
import { LANGUAGES, type Language } from '#products';
import { REGISTRATION_STATES } from '../../registration-state/registration-state.ts';

const id = z.uuid();
const day = z.iso.date().describe('A day, YYYY-MM-DD');
const moment = z.iso.datetime().describe('A moment in UTC');
const languages = Object.keys(LANGUAGES) as [Language, ...Language[]];
const language = z.enum(languages).describe(Object.values(LANGUAGES).join(', '));
const list = <T extends z.ZodType>(items: T, what: string) =>
  z.object({
    items: z.array(items),
    next: z.string().nullable().describe(`What to send as after for the ${what} that follow; null at the end`),
  });

const product = z.object({
  id,
  code: z.string().describe('Short and for good, such as ARH'),
  title: z.string(),
  qualificationNumber: z.string().nullable().describe('The number on the register of the regulator'),
  level: z.number().int(),
  open: z.boolean().describe('Whether candidates can be registered today'),
  whyNot: z.string().nullable().describe('Why nobody can be registered today'),
  lastRegistrationOn: day.nullable(),
});
export const productList = z.object({ items: z.array(product) });

const candidateFacts = {
  id,
  candidateNumber: z.string().regex(/^\d{8}$/),
  givenNames: z.string(),
  familyName: z.string(),
  centreReference: z.string().nullable().describe('How the records of the centre name the candidate'),
  enteredAt: moment,
};
// A list carries neither ULN nor date of birth: it is what programs keep copies of.
const candidateInList = z.object({ ...candidateFacts, hasUln: z.boolean() });
export const candidateList = list(candidateInList, 'candidates');
export const candidate = z.object({
  ...candidateFacts,
  birthDate: day,
  uln: z.string().nullable().describe('Unique learner number, 10 digits'),
  scottishNumber: z.string().nullable().describe('Scottish candidate number, 9 digits'),
  ulnAbsentReason: z.string().nullable().describe('Why there is neither number'),
  postcode: z.string().nullable(),
  email: z.string().nullable(),
});

export const registration = z.object({
  id,
  candidateId: id,
  candidateNumber: z.string(),
  productId: id,
  productCode: z.string(),
  productVersion: z.number().int(),
  state: z.enum(REGISTRATION_STATES),
  stateChangedAt: moment,
  registeredAt: moment,
  programmeStart: day,
  daysUsed: z.number().int().describe('Days from programme start to registration'),
  late: z.boolean().describe('Registered after the 90 days of a regulated qualification'),
  siteId: id.nullable(),
  assessmentLanguage: language,
  orderReference: z.string().nullable(),
  funding: z.enum(['funded', 'not_funded']).nullable(),
  cohort: z.string().nullable().describe('A group of the centre, by its name'),
  unitsNeeded: z.number().int(),
  unitsAchieved: z.number().int(),
  requirementsMetAt: moment.nullable().describe('Since when a certificate can be claimed'),
});
export const registrationList = list(registration, 'registrations');

const text = (most: number) => z.string().max(most, `Shorten it to ${most} characters`);
const optional = <T extends z.ZodType>(schema: T) => schema.nullable().optional();

const programmeFields = {
  productId: z.uuid('Send the id of a product, as the list of products has it'),
  programmeStart: z.iso.date('Send the day as YYYY-MM-DD').describe('The day the programme began or begins'),
  siteId: optional(z.uuid('Send the id of a site of the centre')),
  assessmentLanguage: optional(z.enum(languages, `Send one of ${languages.join(', ')}`)).describe(
    'One of those in which the product is offered; English where nothing is sent',
  ),
  orderReference: optional(text(20)),
  funding: optional(z.enum(['funded', 'not_funded'], 'Send funded or not_funded')),
  cohort: optional(text(60)).describe('A group of your own, such as Autumn 2026'),
};
/** A further product for a known candidate. */
export const programmeBody = z.strictObject(programmeFields);

export const registrationBody = z.strictObject({
  candidate: z.strictObject({
    givenNames: text(100).describe('All of them, as on the identity document'),
    familyName: text(100).describe('As it will stand on the certificate'),
    birthDate: z.iso.date('Send the date of birth as YYYY-MM-DD'),
    uln: optional(text(40)).describe('10 digits; without it scottishNumber or ulnAbsentReason is needed'),
    scottishNumber: optional(text(40)).describe('Scottish candidate number, 9 digits, where there is no ULN'),
    ulnAbsentReason: optional(text(200)),
    postcode: optional(text(20)),
    email: optional(text(200)),
    centreReference: optional(text(40)),
  }),
  registration: z.strictObject(programmeFields),
  match: optional(
    z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('same'), candidateId: z.uuid(), shown: z.array(z.uuid()) }),
      z.strictObject({ is: z.literal('another'), shown: z.array(z.uuid()) }),
    ]),
  ).describe(
    'Only after an answer 409 possible-match: who the candidate is, with the ids of the matches that the answer showed',
  ),
});
export type RegistrationBody = z.infer<typeof registrationBody>;

const match = z.object({
  candidateId: id,
  candidateNumber: z.string(),
  givenNames: z.string(),
  familyName: z.string(),
  birthDate: day,
  reason: z.enum([
    'same_uln',
    'same_birth_date_and_name',
    'same_birth_date_and_similar_name',
    'same_name_and_similar_birth_date',
  ]),
  agrees: z.string().describe('What agrees, in words'),
});

const problem = z.object({
  type: z.string().describe('The address of the page that explains this kind of problem'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  errors: z
    .array(
      z.object({
        pointer: z.string().optional().describe('JSON pointer into the body; empty for the whole of it'),
        parameter: z.string().optional().describe('Name of a parameter or header'),
        detail: z.string(),
      }),
    )
    .optional(),
  matches: z.array(match).optional().describe('With possible-match: who is known'),
  scope: z.string().optional().describe('With missing-scope: the scope that is needed'),
});

/** The schemas that the document names. */
export const NAMED_SCHEMAS = {
  Product: product,
  ProductList: productList,
  CandidateInList: candidateInList,
  CandidateList: candidateList,
  Candidate: candidate,
  Registration: registration,
  RegistrationList: registrationList,
  RegistrationBody: registrationBody,
  ProgrammeBody: programmeBody,
  Match: match,
  Problem: problem,
} as const satisfies Record<string, z.ZodType>;

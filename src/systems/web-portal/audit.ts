import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

// Neither names nor ULN: an audit event is kept longer than the data it speaks of.
export const candidateAdded = auditKind(
  'web-portal.candidate-added',
  'A candidate was entered',
  z.object({
    candidateNumber: z.string(),
    /** Candidates that were shown as possibly the same person, and said to be another. */
    saidToBeAnotherThan: z.array(z.string()),
    /** Records of other centres that the awarding body is asked about. */
    identityQuestions: z.number().optional(),
  }),
);
export const mergeProposed = auditKind(
  'web-portal.merge-proposed',
  'A centre said that two of its candidates are one person',
  z.object({ numbers: z.array(z.string()), reason: z.string() }),
);
export const identitySettled = auditKind(
  'web-portal.identity-settled',
  'The awarding body decided whether two candidate records are one person',
  z.object({ decision: z.enum(['same', 'another']), numbers: z.array(z.string()), reason: z.string() }),
);
export const candidatesMerged = auditKind(
  'web-portal.candidates-merged',
  'Two records of one candidate were made one',
  z.object({
    keptNumber: z.string(),
    mergedNumber: z.string(),
    mergedId: z.string(),
    moved: z.number(),
    reason: z.string(),
  }),
);
export const candidateRegistered = auditKind(
  'web-portal.candidate-registered',
  'A candidate was registered for a product',
  z.object({
    candidateNumber: z.string(),
    productCode: z.string(),
    version: z.number(),
    programmeStart: day,
    daysUsed: z.number(),
    late: z.boolean(),
  }),
);
// Never what the draft held: it ends with the data of somebody who may never be registered.
export const registrationDraftEnded = auditKind(
  'web-portal.registration-draft-ended',
  'A half-made registration was registered, thrown away, or deleted because it was too old',
  z.object({ how: z.enum(['registered', 'thrown away', 'too old']) }),
);
export const pathwayChosen = auditKind(
  'web-portal.pathway-chosen',
  'A pathway and optional units were chosen for a registration, or chosen anew',
  z.object({ pathway: z.string().nullable(), units: z.array(z.string()), reason: z.string() }),
);
export const latenessWaived = auditKind(
  'web-portal.lateness-waived',
  'A registration is late because the service was away: the lateness is waived by the record of outages',
  z.object({ outageId: z.string(), began: z.string(), ended: z.string() }),
);
export const accessArrangementGranted = auditKind(
  'web-portal.access-arrangement-granted',
  'The awarding body granted a candidate an access arrangement',
  z.object({
    request: z.string(),
    extraTimePercent: z.number(),
    restBreaks: z.boolean(),
    others: z.array(z.string()),
    validUntil: z.string(),
  }),
);
const view = z.object({ name: z.string(), query: z.string() });
export const viewSaved = auditKind('web-portal.view-saved', 'A person saved a view of the list of candidates', view);
export const viewRemoved = auditKind('web-portal.view-removed', 'A person removed a saved view', view);
export const cohortChanged = auditKind(
  'web-portal.cohort-changed',
  'A registration was put into a cohort, or taken out of one',
  z.object({ from: z.string().nullable(), to: z.string().nullable() }),
);
export const candidateInvited = auditKind(
  'web-portal.candidate-invited',
  'A candidate was invited to an own account',
  z.object({ email: z.string() }),
);
export const birthDateGiven = auditKind(
  'web-portal.birth-date-given',
  'Somebody with an invitation gave a date of birth, right or wrong',
  z.object({ right: z.boolean() }),
);
export const accountBegun = auditKind(
  'web-portal.account-begun',
  'Somebody who confirmed the date of birth went on to make an account',
  z.object({ email: z.string() }),
);
export const codeAsked = auditKind(
  'web-portal.account-code-asked',
  'A person asked for a code to link a candidate record',
  z.object({ number: z.string() }),
);
export const codeGiven = auditKind(
  'web-portal.account-code-given',
  'A person gave a code to link a candidate record, right or wrong',
  z.object({ right: z.boolean() }),
);
export const accountLinked = auditKind(
  'web-portal.account-linked',
  'A candidate record was linked to the account of its person',
  z.object({ how: z.string(), personId: z.string() }),
);
export const accountLinkEnded = auditKind(
  'web-portal.account-link-ended',
  'The link of a candidate record with an account was ended',
  z.object({ personId: z.string(), reason: z.string() }),
);
export const registrationStateChanged = auditKind(
  'web-portal.registration-state-changed',
  'A registration was completed, withdrawn, transferred, reopened, made void, or lapsed',
  z.object({ from: z.string(), to: z.string(), reason: z.string() }),
);
export const unitAchieved = auditKind(
  'web-portal.unit-achieved',
  'A candidate achieved a unit',
  z.object({
    unitCode: z.string(),
    grade: z.string(),
    sourceKind: z.string(),
    sourceId: z.string(),
    requirementsMet: z.boolean(),
  }),
);
export const priorLearningProposed = auditKind(
  'web-portal.prior-learning-proposed',
  'A centre claimed that a candidate has learned a unit before',
  z.object({ number: z.string(), kind: z.string(), unitId: z.string() }),
);
export const priorLearningChanged = auditKind(
  'web-portal.prior-learning-changed',
  'A claim of prior learning was confirmed, returned, mended, granted, refused or withdrawn',
  z.object({ number: z.string(), act: z.string(), from: z.string(), to: z.string() }),
);
export const importStateChanged = auditKind(
  'web-portal.import-state-changed',
  'A file of candidates was taken, checked, registered, undone or discarded',
  z.object({ file: z.string(), from: z.string().nullable(), to: z.string(), reason: z.string().nullable() }),
);
export const importRowsChanged = auditKind(
  'web-portal.import-rows-changed',
  'Rows of a file of candidates were corrected, answered or left out',
  z.object({ rows: z.array(z.number()), what: z.string() }),
);
export const transferChanged = auditKind(
  'web-portal.transfer-changed',
  'A transfer between centres was asked for, accepted, refused, withdrawn, or ran out',
  z.object({ number: z.string(), act: z.string(), direction: z.string(), candidateNumber: z.string() }),
);
export const registrationMoved = auditKind(
  'web-portal.registration-moved',
  'A registration moved to another centre, with its units',
  z.object({ transfer: z.string(), fromRegistration: z.string(), toRegistration: z.string(), units: z.number() }),
);
// Which fields, never their values.
export const candidateAmended = auditKind(
  'web-portal.candidate-amended',
  'The details of a candidate were corrected',
  z.object({
    candidateNumber: z.string(),
    amendmentId: z.string().nullable(),
    fields: z.array(z.string()),
    how: z.enum(['done', 'granted']),
  }),
);
export const amendmentChanged = auditKind(
  'web-portal.amendment-changed',
  'A correction of a candidate was asked for, granted, refused or withdrawn',
  z.object({ number: z.string(), act: z.string(), fields: z.array(z.string()) }),
);

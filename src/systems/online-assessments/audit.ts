import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

const reason = z.string();
export const sessionPlanned = auditKind(
  'online-assessments.session-planned',
  'A session was planned',
  z.object({ room: z.string(), startsAt: z.string() }),
);
export const candidateBooked = auditKind(
  'online-assessments.candidate-booked',
  'A candidate was booked into a session',
  z.object({ sessionId: z.string(), registrationId: z.string(), form: z.string(), seat: z.number() }),
);
export const arrangementApplied = auditKind(
  'online-assessments.arrangement-applied',
  'A booked test got the extra time that the awarding body granted',
  z.object({ before: z.number(), after: z.number() }),
);
export const sessionOpened = auditKind(
  'online-assessments.session-opened',
  'An invigilator opened a session',
  z.object({ seats: z.number() }),
);
export const sessionClosed = auditKind(
  'online-assessments.session-closed',
  'A session was closed',
  z.object({ absent: z.number(), cancelled: z.number() }),
);
export const seatArrived = auditKind(
  'online-assessments.seat-arrived',
  'A candidate number and session code were entered at a seat',
  z.object({ seat: z.number(), address: z.string() }),
);
export const seatReleased = auditKind(
  'online-assessments.seat-released',
  'An invigilator took the right to write from a seat, so that the candidate can go on at another',
  z.object({ epoch: z.number(), reason }),
);
export const sittingChanged = auditKind(
  'online-assessments.sitting-changed',
  'The state of a sitting changed',
  z.object({ from: z.string(), to: z.string(), reason }),
);
export const timeAdded = auditKind(
  'online-assessments.time-added',
  'An invigilator added time to a sitting',
  z.object({ seconds: z.number(), reason }),
);
export const incidentLogged = auditKind(
  'online-assessments.incident-logged',
  'An incident of a session or sitting was written down',
  z.object({ kind: z.string(), detail: z.string() }),
);
export const warningSeen = auditKind(
  'online-assessments.warning-seen',
  'An invigilator has looked at what the board warned of',
  z.object({ leftWindow: z.number(), heldEvents: z.number() }),
);
export const outageCredited = auditKind(
  'online-assessments.outage-credited',
  'Time of an outage of the service was given back',
  z.object({ outageId: z.string(), milliseconds: z.number() }),
);
export const resultReleased = auditKind(
  'online-assessments.result-released',
  'A result was released',
  z.object({ score: z.number(), maximum: z.number(), passed: z.boolean() }),
);
export const resultHeld = auditKind(
  'online-assessments.result-held',
  'A result was held because the markers did not agree or an answer could not be marked',
  z.object({ why: z.string() }),
);
export const bankCreated = auditKind(
  'online-assessments.bank-created',
  'A bank of questions was made',
  z.object({ code: z.string(), title: z.string() }),
);
export const itemsImported = auditKind(
  'online-assessments.items-imported',
  'Questions were imported into a bank',
  z.object({
    importId: z.string(),
    fileName: z.string(),
    fileSha256: z.string(),
    format: z.string(),
    itemsNew: z.number(),
    itemsChanged: z.number(),
    itemsSame: z.number(),
    pictures: z.number(),
  }),
);
export const itemStatusChanged = auditKind(
  'online-assessments.item-status-changed',
  'A question was retired or taken back into use',
  z.object({ code: z.string(), from: z.string(), to: z.string() }),
);
const formIdentity = { code: z.string(), version: z.number() };
export const formDrafted = auditKind(
  'online-assessments.form-drafted',
  'A draft of a test form was made',
  z.object(formIdentity),
);
export const formChanged = auditKind(
  'online-assessments.form-changed',
  'A draft of a test form was changed',
  z.object(formIdentity),
);
export const formPublished = auditKind(
  'online-assessments.form-published',
  'A test form was published',
  z.object({ ...formIdentity, questions: z.number(), passMark: z.number(), unit: z.string().nullable() }),
);
export const formWithdrawn = auditKind(
  'online-assessments.form-withdrawn',
  'A test form was withdrawn',
  z.object({ ...formIdentity, reason }),
);

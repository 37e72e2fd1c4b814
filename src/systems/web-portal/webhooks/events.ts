import { z } from 'zod';
import { REGISTRATION_STATES } from '../registration-state/registration-state.ts';

/** What a web address of a centre can be told of. */
export const WEBHOOK_EVENTS = [
  'registration.made',
  'registration.state-changed',
  'unit.achieved',
  'candidate.merged',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
/** A test delivery is told whatever was chosen. */
export const PING = 'ping';

export const EVENT_WORDS: Record<WebhookEvent | typeof PING, string> = {
  'registration.made': 'A registration was made',
  'registration.state-changed': 'The state of a registration changed',
  'unit.achieved': 'A unit was achieved',
  'candidate.merged': 'Two records of a candidate became one',
  [PING]: 'A test',
};

const state = z.enum(REGISTRATION_STATES);

/**
 * What each event says: ids, numbers and states alone. Neither names nor ULN nor date of birth go to another system this
 * way (LRS user guide).
 */
export const EVENT_DATA = {
  'registration.made': z.strictObject({
    registrationId: z.uuid(),
    candidateId: z.uuid(),
    candidateNumber: z.string(),
    productCode: z.string(),
    programmeStart: z.iso.date(),
    late: z.boolean(),
  }),
  'registration.state-changed': z.strictObject({ registrationId: z.uuid(), from: state, to: state }),
  'unit.achieved': z.strictObject({
    registrationId: z.uuid(),
    unitCode: z.string(),
    grade: z.enum(['pass', 'merit', 'distinction']),
    achievedAt: z.iso.datetime(),
    requirementsMet: z.boolean().describe('Whether a certificate can be claimed now'),
  }),
  'candidate.merged': z.strictObject({
    candidateId: z.uuid().describe('The record that stays'),
    candidateNumber: z.string(),
    formerCandidateId: z.uuid().describe('It leads to the record that stays'),
    formerCandidateNumber: z.string(),
  }),
  [PING]: z.strictObject({ webhookId: z.uuid() }),
} as const satisfies Record<WebhookEvent | typeof PING, z.ZodType>;
export type EventData<Event extends WebhookEvent | typeof PING> = z.infer<(typeof EVENT_DATA)[Event]>;

/** The words for an event; its own name where it is not sent any more. */
export const eventWords = (event: string): string =>
  event in EVENT_WORDS ? EVENT_WORDS[event as keyof typeof EVENT_WORDS] : event;

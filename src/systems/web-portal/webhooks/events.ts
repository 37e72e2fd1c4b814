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

/** The words for an event; its own name where it is not sent any more. */
export const eventWords = (event: string): string =>
  event in EVENT_WORDS ? EVENT_WORDS[event as keyof typeof EVENT_WORDS] : event;

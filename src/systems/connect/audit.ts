import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';
import { WAYS } from '#platform/notifications/notification-kinds.ts';

const version = z.object({ version: z.number() });

export const noticeWritten = auditKind(
  'connect.notice-written',
  'A draft of a notice, or of a correction, was written or changed',
  version,
);
export const noticePublished = auditKind(
  'connect.notice-published',
  'A notice, or its correction, was published',
  version.extend({ title: z.string(), reach: z.string(), told: z.number() }),
);
export const noticeEnded = auditKind(
  'connect.notice-ended',
  'A published notice was ended',
  z.object({ reason: z.string() }),
);
export const noticeDiscarded = auditKind(
  'connect.notice-discarded',
  'The draft of a notice, or of a correction, was discarded',
  version,
);
export const noticeAcknowledged = auditKind(
  'connect.notice-acknowledged',
  'A person confirmed a notice',
  version.extend({ words: z.string() }),
);
export const noticeReminded = auditKind(
  'connect.notice-reminded',
  'Those who had not confirmed or read a notice were reminded',
  z.object({ people: z.number() }),
);
export const waysChosen = auditKind(
  'connect.notification-ways-chosen',
  'A person chose how notifications arrive',
  z.object({ ways: z.record(z.string(), z.enum(WAYS)) }),
);

import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

export const apiKeyMade = auditKind(
  'web-portal.api-key-made',
  "A key for the centre's own systems was made",
  z.object({ name: z.string(), prefix: z.string(), scopes: z.array(z.string()), expiresAt: z.string() }),
);
export const apiKeyRevoked = auditKind(
  'web-portal.api-key-revoked',
  "A key for the centre's own systems was revoked",
  z.object({ name: z.string(), prefix: z.string(), reason: z.string() }),
);
export const webhookAdded = auditKind(
  'web-portal.webhook-added',
  'A web address that is told of events was added',
  z.object({ url: z.string(), events: z.array(z.string()) }),
);
export const webhookEnded = auditKind(
  'web-portal.webhook-ended',
  'A web address is told of events no longer',
  z.object({ url: z.string(), reason: z.string() }),
);
export const webhookPinged = auditKind(
  'web-portal.webhook-pinged',
  'A test delivery to a web address was asked for',
  z.object({ url: z.string() }),
);
export const deliveryRetried = auditKind(
  'web-portal.delivery-retried',
  'A delivery to a web address was asked for again by hand',
  z.object({ event: z.string(), failures: z.number().int() }),
);
export const deliveryGivenUp = auditKind(
  'web-portal.delivery-given-up',
  'A delivery to a web address was given up',
  z.object({ url: z.string(), event: z.string(), attempts: z.number().int() }),
);

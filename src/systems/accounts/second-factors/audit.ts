import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

const factor = z.enum(['app', 'passkey']);

export const secondFactorAdded = auditKind(
  'accounts.second-factor-added',
  'A person set up an authenticator app or a passkey',
  z.object({ factor, id: z.string() }),
);
export const secondFactorRemoved = auditKind(
  'accounts.second-factor-removed',
  'A person removed an authenticator app or a passkey',
  z.object({ factor, id: z.string() }),
);
export const passkeyRenamed = auditKind(
  'accounts.passkey-renamed',
  'A person gave a passkey another name',
  z.object({ id: z.string() }),
);
export const recoveryCodesMade = auditKind(
  'accounts.recovery-codes-made',
  'A person was given recovery codes; earlier ones were withdrawn',
  z.object({ made: z.number(), withdrawn: z.number() }),
);
export const secondFactorGiven = auditKind(
  'accounts.second-factor-given',
  'A person gave a second factor',
  z.object({ factor: z.enum(['app', 'passkey', 'recovery-code']), address: z.string() }),
);
export const secondFactorRefused = auditKind(
  'accounts.second-factor-refused',
  'A second factor was wrong, used before, or not the right one',
  z.object({
    factor: z.enum(['app', 'passkey', 'recovery-code']),
    why: z.enum(['wrong', 'challenge', 'unknown', 'another-person', 'counter']),
    address: z.string(),
  }),
);
export const deviceRemembered = auditKind(
  'accounts.device-remembered',
  'A device was remembered: it is not asked for a second factor for 30 days',
  z.object({ device: z.string() }),
);
export const devicesForgotten = auditKind(
  'accounts.devices-forgotten',
  'Remembered devices are asked for a second factor again',
  z.object({ reason: z.string(), count: z.number() }),
);
export const secondFactorsRemoved = auditKind(
  'accounts.second-factors-removed',
  'The awarding body removed all second factors of a person who had lost them',
  z.object({ reason: z.string(), factors: z.number() }),
);
export const identityConfirmed = auditKind(
  'accounts.identity-confirmed',
  'A person gave the password or a passkey again, before an act of weight',
  z.object({ by: z.enum(['password', 'passkey']) }),
);
export const identityRefused = auditKind(
  'accounts.identity-refused',
  'A wrong password was given before an act of weight',
  z.object({ address: z.string() }),
);

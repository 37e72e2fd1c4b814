import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

const name = z.string();
const number = z.number().int();

export const recoveryAsked = auditKind(
  'centres-hub.coordinator-recovery-asked',
  'Somebody of a centre asked to become its coordinator because the coordinator is gone',
  z.object({ number, name, reasons: z.string().min(1), file: z.string().nullable() }),
);
export const recoveryObjected = auditKind(
  'centres-hub.coordinator-recovery-objected',
  'A coordinator objected to a request to become coordinator',
  z.object({ number, words: z.string().min(1) }),
);
export const recoveryClosed = auditKind(
  'centres-hub.coordinator-recovery-closed',
  'A request to become coordinator was granted, refused or withdrawn',
  z.object({ number, name, state: z.enum(['granted', 'refused', 'withdrawn']), reason: z.string().nullable() }),
);

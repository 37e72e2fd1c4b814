import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';
import { RELATIONS } from './conflict-rule.ts';

export const interestDeclared = auditKind(
  'centres-hub.interest-declared',
  'Somebody declared a conflict of interest',
  z.object({ relation: z.enum(RELATIONS), candidateId: z.uuid().nullable(), about: z.string().nullable() }),
);
export const interestEnded = auditKind(
  'centres-hub.interest-ended',
  'A declared conflict of interest was ended',
  z.object({ relation: z.enum(RELATIONS), reason: z.string().min(1) }),
);

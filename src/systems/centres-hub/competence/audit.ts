import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';
import { FUNCTION_KEYS } from './functions.ts';
import { RECORD_KINDS } from './records.ts';

const name = z.string();
const reason = z.string().min(1);
const date = z.iso.date();
const fn = z.enum(FUNCTION_KEYS);
const judging = z.enum(['assessor', 'iqa']);

export const functionBegun = auditKind(
  'centres-hub.function-begun',
  'Somebody was put down for a function at a centre',
  z.object({ name, function: fn, productId: z.uuid().nullable(), siteId: z.uuid().nullable(), startsOn: date }),
);
export const functionEnded = auditKind(
  'centres-hub.function-ended',
  'A function of somebody at a centre was ended',
  z.object({ name, function: fn, productId: z.uuid().nullable(), siteId: z.uuid().nullable(), reason }),
);
export const recordAdded = auditKind(
  'centres-hub.competence-record-added',
  'A competence record was added',
  z.object({
    name,
    kind: z.enum(RECORD_KINDS),
    title: z.string(),
    supersedes: z.uuid().nullable(),
    file: z.string().nullable(),
  }),
);
export const recordWithdrawn = auditKind(
  'centres-hub.competence-record-withdrawn',
  'A competence record was withdrawn',
  z.object({ name, kind: z.enum(RECORD_KINDS), title: z.string(), reason }),
);
export const competenceDecided = auditKind(
  'centres-hub.competence-decided',
  'The awarding body decided of the competence of an assessor or internal quality assurer',
  z.object({
    name,
    function: judging,
    code: z.string(),
    outcome: z.enum(['approved', 'refused']),
    validFrom: date.nullable(),
    validUntil: date.nullable(),
    reason,
  }),
);
export const competenceEnded = auditKind(
  'centres-hub.competence-ended',
  'The awarding body ended the approval of an assessor or internal quality assurer',
  z.object({ name, function: judging, code: z.string(), reason }),
);
export const competenceRanOut = auditKind(
  'centres-hub.competence-ran-out',
  'A licence or an approval of competence ran out',
  z.object({ name, about: z.enum(['licence', 'approval']), what: z.string(), lastDay: date }),
);

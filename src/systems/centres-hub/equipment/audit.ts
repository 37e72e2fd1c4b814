import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

export const equipmentDeclared = auditKind(
  'centres-hub.equipment-declared',
  'It was declared that auto-save of the browsers is off on the equipment for tests at a site',
  z.object({ site: z.string(), validFrom: z.iso.date(), validUntil: z.iso.date() }),
);

/** What is recorded of products and their versions. */
import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

const code = z.string();
const reason = z.string().min(1);
const dates = z.object({
  operationalEnd: z.iso.date().nullable(),
  certificationEnd: z.iso.date().nullable(),
  reviewOn: z.iso.date().nullable(),
});

export const productDraftBegun = auditKind(
  'products.draft-begun',
  'A draft of a product was begun',
  z.object({ code, from: z.string() }),
);
export const productDraftSaved = auditKind(
  'products.draft-saved',
  'The draft of a product was changed',
  z.object({ code, what: z.string() }),
);
export const productDraftDiscarded = auditKind(
  'products.draft-discarded',
  'The draft of a product was thrown away',
  z.object({ code, reason }),
);
export const productVersionPublished = auditKind(
  'products.version-published',
  'A version of a product was published',
  z.object({ code, number: z.number().int(), reason, changes: z.array(z.string()) }),
);
export const productDatesSet = auditKind(
  'products.dates-set',
  'The last dates of a product were set',
  z.object({ code, reason, before: dates, after: dates, inProgress: z.number().int() }),
);
export const registerImported = auditKind(
  'products.register-imported',
  'An extract of the register was read into drafts',
  z.object({ begun: z.array(code), changed: z.array(code) }),
);

/** What is recorded of forms and of requests that a centre fills in. */
import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

const code = z.string();
const reason = z.string().min(1);

export const formMade = auditKind('centres-hub.form-made', 'A form was begun', z.object({ code, title: z.string() }));
export const formDraftSaved = auditKind(
  'centres-hub.form-draft-saved',
  'The draft of a form was changed',
  z.object({ code, what: z.string() }),
);
export const formDraftDiscarded = auditKind(
  'centres-hub.form-draft-discarded',
  'The draft of a form was thrown away',
  z.object({ code, reason }),
);
export const formPublished = auditKind(
  'centres-hub.form-published',
  'A version of a form was published',
  z.object({ code, number: z.number().int(), reason, changes: z.array(z.string()) }),
);
export const formVersionWithdrawn = auditKind(
  'centres-hub.form-version-withdrawn',
  'A version of a form was withdrawn',
  z.object({ code, number: z.number().int(), reason, openDrafts: z.number().int() }),
);
export const requestBegun = auditKind(
  'centres-hub.request-begun',
  'A centre began to fill in a form',
  // `again`: the request whose answers it begins with.
  z.object({ number: z.number().int(), code, again: z.string().optional() }),
);
export const requestFileAdded = auditKind(
  'centres-hub.request-file-added',
  'A file was added to a request: with a question of its draft, or with an entry of its thread',
  z.object({ number: z.string(), question: z.string().nullable(), name: z.string(), sha256: z.string() }),
);
export const requestFileRemoved = auditKind(
  'centres-hub.request-file-removed',
  'A file was taken off a draft',
  z.object({ number: z.string(), question: z.string(), name: z.string() }),
);

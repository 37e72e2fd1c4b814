import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';
import { HUB_CAPABILITIES } from './capabilities/capability-answer.ts';

export * from './forms/audit.ts';

const role = z.string();
const reason = z.string().min(1);
const date = z.iso.date();

export const userAdded = auditKind(
  'centres-hub.user-added',
  'A centre made somebody a user',
  z.object({ email: z.string(), roles: z.array(role).min(1) }),
);
export const userRolesChanged = auditKind(
  'centres-hub.user-roles-changed',
  'Roles of a user were added or removed',
  z.object({ added: z.array(role), removed: z.array(role), reason: z.string().nullable() }),
);
export const userInvitedAgain = auditKind(
  'centres-hub.user-invited-again',
  'The invitation of a user was sent again',
  z.object({}),
);
export const userEmailChanged = auditKind(
  'centres-hub.user-email-changed',
  'A centre corrected the e-mail address of an invited user',
  z.object({ before: z.string().nullable(), after: z.string(), formerId: z.string() }),
);
export const userInvitationWithdrawn = auditKind(
  'centres-hub.user-invitation-withdrawn',
  'A centre withdrew the invitation of a user',
  z.object({ roles: z.array(role), reason }),
);
export const staffMemberAdded = auditKind(
  'centres-hub.staff-member-added',
  'Somebody without access was put on the centre profile',
  z.object({ name: z.string(), function: z.string(), email: z.string().nullable() }),
);
export const staffMemberEnded = auditKind(
  'centres-hub.staff-member-ended',
  'Somebody without access was taken off the centre profile',
  z.object({ name: z.string(), reason }),
);
export const siteAdded = auditKind(
  'centres-hub.site-added',
  'A site was added to a centre',
  z.object({ name: z.string(), rooms: z.array(z.string()) }),
);
export const siteRoomsChanged = auditKind(
  'centres-hub.site-rooms-changed',
  'The rooms of a site were changed',
  z.object({ name: z.string(), before: z.array(z.string()), after: z.array(z.string()) }),
);
export const approvalGranted = auditKind(
  'centres-hub.approval-granted',
  'A centre was approved for a product',
  z.object({
    productId: z.uuid(),
    code: z.string(),
    approvedFrom: date,
    lastRegistrationOn: date.nullable(),
    lastCertificationOn: date.nullable(),
    directClaims: z.boolean(),
  }),
);
export const approvalEnded = auditKind(
  'centres-hub.approval-ended',
  'The approval of a centre for a product was ended',
  z.object({ productId: z.uuid(), code: z.string(), reason }),
);
export const capabilitySwitchedOff = auditKind(
  'centres-hub.capability-switched-off',
  'A capability of a centre was stopped',
  z.object({ capability: z.enum(HUB_CAPABILITIES), productId: z.uuid().nullable(), reason }),
);
export const capabilitySwitchedOn = auditKind(
  'centres-hub.capability-switched-on',
  'A stopped capability of a centre was allowed again',
  z.object({ capability: z.enum(HUB_CAPABILITIES), productId: z.uuid().nullable(), reason }),
);
export const eportfolioSetUp = auditKind(
  'centres-hub.eportfolio-set-up',
  'A centre was set up for ePortfolio',
  z.object({}),
);

export const helpVideoAdded = auditKind(
  'centres-hub.help-video-added',
  'A video was added to a task of "How to", or took the place of another',
  z.object({
    task: z.string(),
    title: z.string(),
    bytes: z.number().int().positive(),
    sha256: z.string(),
    replacesId: z.uuid().nullable(),
  }),
);
export const helpVideoRemoved = auditKind(
  'centres-hub.help-video-removed',
  'A video was taken off a task of "How to"',
  z.object({ task: z.string(), title: z.string(), reason }),
);

export const requestChanged = auditKind(
  'centres-hub.request-changed',
  'A request moved on: submitted, asked about, answered, decided or withdrawn',
  z.object({ number: z.string(), act: z.string(), from: z.string(), to: z.string(), outcome: z.string().nullable() }),
);
export const requestAssigned = auditKind(
  'centres-hub.request-assigned',
  'A request was given to somebody of the awarding body, or to nobody',
  z.object({ number: z.string(), to: z.string().nullable() }),
);
export const requestRemarked = auditKind(
  'centres-hub.request-remarked',
  'Something was written in the thread of a request',
  z.object({ number: z.string(), kind: z.enum(['remark', 'note']) }),
);
export const requestFeedbackGiven = auditKind(
  'centres-hub.request-feedback-given',
  'A centre said how content it was with a decided request',
  z.object({ number: z.string(), score: z.number().int().min(1).max(5) }),
);

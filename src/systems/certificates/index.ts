/** The door of certificates: claims, the register, the public check. */
import type { System } from '#platform/http/routes.ts';
import { demonstrate } from './demonstrate/demonstrate.ts';
import { governedBy } from './governed-by.ts';
import { routes } from './routes.ts';

export const certificates: System = { name: 'certificates', routes, governedBy, demonstrate };
export { type Claimed, claimCertificate } from './claim-certificate/claim.ts';
export { certified } from './contributions/certified.ts';
export { choiceFixedByClaim } from './contributions/choice-fixed.ts';
export { claimedUpon } from './contributions/claimed-upon.ts';
export { attention, candidateSections, claimStep, ownCertificatesCard } from './contributions/contributions.ts';
export { claimsEnder } from './contributions/end-registration.ts';
export { certificatesCandidateMerger } from './contributions/merge-candidates.ts';
export { certificatesMerger } from './contributions/merge-person.ts';
export { certificateEvents } from './contributions/time-line.ts';
export { claimsInTheWay } from './contributions/withdrawal-obstacles.ts';
export { ownCertificateData } from './own-data/own-data.ts';
export { revokeCertificate } from './revoke-certificate/revoke-certificate.ts';
export { searchableCertificates, searchableOwnCertificates } from './searchable/searchable.ts';

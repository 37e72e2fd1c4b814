import { holdersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { notificationKind } from '#platform/notifications/notification-kinds.ts';
import { plural } from '#ui';
import type { Claimable } from './claim-facts/claim-facts.ts';
import { formatSerial } from './serial/serial.ts';

const OFFICE = ['coordinator', 'administrator'] as const;
const because = 'you are a coordinator or administrator of the centre';

const certificateWasIssued = notificationKind('certificates.issued', 'A certificate is issued', {
  to: OFFICE,
  way: 'page',
  because,
});
const claimWasReturned = notificationKind('certificates.claim-returned', 'A claim is returned', {
  to: OFFICE,
  way: 'both',
  because,
});
const ownCertificate = notificationKind('certificates.own-certificate', 'Your certificate is issued', {
  to: ['candidate'],
  way: 'both',
  because: 'the certificate is yours',
  own: true,
});
const awardsWereExtended = notificationKind('certificates.awards-extended', 'Awards of your candidates are extended', {
  to: OFFICE,
  way: 'both',
  because,
});

type About = Pick<Claimable, 'registration'>;

const nameOf = ({ registration: { candidate } }: About) => `${candidate.givenNames} ${candidate.familyName}`;

/** Tells the centre, and the candidate who has an account, that the certificate is there. */
export async function tellIssued(
  writer: Writer,
  claimable: Claimable,
  { certificateId, serial, title }: { certificateId: string; serial: string; title: string },
): Promise<void> {
  const { centreId } = claimable.registration;
  const name = nameOf(claimable);
  await writer.notify({
    kind: certificateWasIssued,
    personIds: await holdersOf(writer, centreId, OFFICE),
    subject: `Certificate issued for ${name}`,
    body: `The certificate ${formatSerial(serial)} for ${title} was issued. It can be printed from the list of certificates.`,
    href: `/certificates/${certificateId}`,
    organisationId: centreId,
  });
  const { personId } = claimable.registration.candidate;
  if (!personId) return;
  await writer.notify({
    kind: ownCertificate,
    personIds: [personId],
    subject: `Your certificate: ${title}`,
    body: `Your certificate ${formatSerial(serial)} for ${title} was issued.`,
    href: '/my/certificates',
    organisationId: centreId,
  });
}

/** Tells the centre that a claim came back, and why. */
export async function tellReturned(writer: Writer, claimable: Claimable, reason: string): Promise<void> {
  const { centreId } = claimable.registration;
  await writer.notify({
    kind: claimWasReturned,
    personIds: await holdersOf(writer, centreId, OFFICE),
    subject: `Claim returned for ${nameOf(claimable)}`,
    body: `The awarding body returned the claim of a certificate. The reason: ${reason}`,
    href: '/certificates?state=returned',
    organisationId: centreId,
  });
}

/** Tells one centre, once, that a rule of the awarding body moved expiries of its awards. */
export async function tellExtended(
  writer: Writer,
  about: { centreId: string; name: string; reason: string; months: number; awards: number },
): Promise<void> {
  const { centreId, name, reason, months, awards } = about;
  await writer.notify({
    kind: awardsWereExtended,
    personIds: await holdersOf(writer, centreId, OFFICE),
    subject: `${plural(awards, 'award')} of your centre extended: ${name}`,
    body: `The awarding body moved the expiry of ${plural(awards, 'award')} by ${plural(months, 'month')}. The reason: ${reason}. Each certificate stays as it is; its page and the public check show the new date.`,
    href: '/certificates?state=issued',
    organisationId: centreId,
  });
}

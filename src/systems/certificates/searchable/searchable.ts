/** What the search of IMI Connect finds of certificates; those of a centre come from the view `search_certificates`. */
import type { Context } from '#platform/http/context.ts';
import { may, type Principal } from '#platform/permissions/principal.ts';
import { formatDate } from '#ui';
import { ownCertificates } from '../my-certificates/my-certificates.ts';
import { formatSerial, readSerial } from '../serial/serial.ts';

/** A number is a secret until it is known: found only when all of it was typed. */
function serialIn(typed: string): string | null {
  const reading = readSerial(typed);
  return reading.kind === 'serial' ? reading.serial : null;
}

export const searchableCertificates = {
  kind: 'certificate',
  name: 'Certificates',
  icon: 'award',
  capability: 'certificates.view',
  from: 'indexed',
  keyIn: serialIn,
} as const;

/** The certificates of whoever asks, who acts for no organisation's staff. */
export const searchableOwnCertificates = {
  kind: 'own-certificate',
  name: 'Your certificates',
  icon: 'award',
  capability: 'certificates.own',
  who: (principal: Principal) => !may(principal, 'connect.centre'),
  from: async ({ services, principal }: Context) => {
    const own = await services.database.read(principal, ownCertificates, { capability: 'certificates.own' });
    return own.map(({ id, serial, content }) => ({
      title: content.title,
      detail: `${formatSerial(serial)}, awarded ${formatDate(content.awardedOn)}`,
      href: `/my/certificates#certificate-${id}`,
      words: `${content.title} ${content.qualificationNumber ?? ''} `,
      key: serial,
    }));
  },
  keyIn: serialIn,
} as const;

import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, NotFound, page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { card, codeText, emptyState, formatDate, linkButton, note, summaryList, taskPage } from '#ui';
import type { CertificateState } from '../claim-state/claim-state.ts';
import { type Content, contentSchema } from '../content/content.ts';
import { type Expiry, expiryInWords, hasExpired } from '../expiry/expiry.ts';
import { formatSerial } from '../serial/serial.ts';
import { documentOf } from '../view-certificate/register.ts';
import { certificateFile, certificateTag } from '../view-certificate/view-certificate.ts';

const params = z.object({ certificateId: z.uuid() });

export interface OwnCertificate {
  readonly id: string;
  readonly serial: string;
  readonly content: Content;
  readonly state: CertificateState;
  readonly stateAt: Date;
  /** Null where the award has no end. */
  readonly expiry: Expiry | null;
}

/** The certificates of the person who reads, newest first. In the person's own scope the policies show no others. */
export async function ownCertificates(reader: Pick<Reader, 'rows' | 'identity'>): Promise<OwnCertificate[]> {
  const rows = await reader.rows(sql<OwnCertificate>`
    select f.id, f.serial, f.content, s.state, s.at as "stateAt",
      case when a.certificate_id is not null then jsonb_build_object('firstExpiresOn', a.first_expires_on, 'expiresOn', a.expires_on) end as expiry
    from certificates.certificates f
    join web_portal.published_candidates p on p.id = f.candidate_id and p.centre_id = f.centre_id and p.person_id = ${reader.identity.personId}
    join lateral (select t.state, t.at from certificates.certificate_states t where t.certificate_id = f.id
      order by t.at desc, t.id desc limit 1) s on true
    left join certificates.award_expiries a on a.certificate_id = f.id
    order by f.issued_at desc, f.id desc`);
  return rows.map((row) => ({ ...row, content: contentSchema.parse(row.content) }));
}

/** GET /my/certificates */
export const showMyCertificates = handler({}, async (context): Promise<Answer> => {
  const certificates = await context.read(ownCertificates);
  return page(myCertificatesPage(await context.frame(), certificates, dayInLondon(context.now)));
});

/** GET /my/certificates/:certificateId/pdf: the own document. */
export const showMyDocument = handler({ params }, async (context): Promise<Answer> => {
  const { certificateId } = context.params;
  const found = await context.read(async (reader) => {
    const own = await ownCertificates(reader);
    return own.some(({ id }) => id === certificateId) ? documentOf(reader, certificateId, null) : null;
  });
  if (!found) throw new NotFound();
  return certificateFile(found);
});

function myCertificatesPage(frame: Frame, certificates: readonly OwnCertificate[], today: string): Safe {
  return taskPage(
    { ...frame, title: 'My certificates' },
    html`<h1>My certificates</h1>
${certificates.length === 0 && card({ label: 'My certificates' }, emptyState({ icon: 'award', title: 'No certificates yet', text: 'When all units of your programme are achieved, your centre claims the certificate. It appears here with the document to print.' }))}
${certificates.map((one) => ownCard(one, today))}`,
  );
}

function ownCard({ id, serial, content, state, stateAt, expiry }: OwnCertificate, today: string): Safe {
  return card(
    { title: content.title, id: `certificate-${id}`, aside: certificateTag(state, hasExpired(expiry, today)) },
    html`${state === 'revoked' && note(html`It was revoked on ${formatDate(stateAt)}. Ask your centre why, and what you can do.`, { tone: 'bad' })}
${summaryList([
  ['Certificate number', codeText(formatSerial(serial))],
  ['Awarded', formatDate(content.awardedOn)],
  expiry !== null && state === 'issued' && ['Validity', expiryInWords(expiry, today)],
  ['Grade', content.grade],
  ['Centre', content.centre.name],
])}
${state === 'issued' && html`<p>Whoever you show it to can check it with the number and your family name.</p>${linkButton('Open the certificate (PDF)', `/my/certificates/${id}/pdf`, { icon: 'doc' })}`}`,
  );
}

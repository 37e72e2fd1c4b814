import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, file, NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { card, codeText, crumbs, formatDate, formatDateTime, link, linkButton, note, pageHead, tag, trail } from '#ui';
import { portalPage } from '#web-portal';
import type { CertificateState } from '../claim-state/claim-state.ts';
import { holderName } from '../content/content.ts';
import {
  type Expiry,
  type ExtensionOfAward,
  expiryInWords,
  expiryOf,
  extensionsOf,
  hasExpired,
} from '../expiry/expiry.ts';
import { formatSerial } from '../serial/serial.ts';
import { printedFacts, printedUnits } from './printed.ts';
import { type Certificate, certificateById, documentOf } from './register.ts';

const params = z.object({ certificateId: z.uuid() });
const query = z.object({
  issued: z.string().optional().catch(undefined),
  revoked: z.string().optional().catch(undefined),
});

/** GET /certificates/:certificateId */
export const viewCertificate = handler({ params, query }, async (context): Promise<Answer> => {
  const { certificateId } = context.params;
  const found = await context.read(async (reader) => {
    const certificate = await certificateById(reader, certificateId, actingCentreId(context.principal));
    if (!certificate) throw new NotFound();
    const expiry = await expiryOf(reader, certificateId);
    return { certificate, expiry, extensions: expiry ? await extensionsOf(reader, certificateId) : [] };
  });
  return page(await certificatePage(context, found, context.query));
});

/** GET /certificates/:certificateId/pdf: the document as it was issued. */
export const showDocument = handler({ params }, async (context): Promise<Answer> => {
  const found = await context.read((reader) =>
    documentOf(reader, context.params.certificateId, actingCentreId(context.principal)),
  );
  if (!found) throw new NotFound();
  return certificateFile(found);
});

/** A document as the answer of a request: shown by the browser, and saved under the certificate's number. */
export function certificateFile({ serial, pdf }: { serial: string; pdf: Buffer }): Answer {
  return file(pdf, { type: 'application/pdf', inline: true, name: `certificate-${formatSerial(serial)}.pdf` });
}

const STATE_TAGS: Record<CertificateState, () => Safe> = {
  issued: () => tag('Current', 'ok', 'check'),
  replaced: () => tag('Replaced', 'warn'),
  revoked: () => tag('Revoked', 'bad', 'x'),
};
const STATE_WORDS: Record<CertificateState, string> = { issued: 'Issued', replaced: 'Replaced', revoked: 'Revoked' };

/** The state of a certificate as a tag. */
export function certificateTag(state: CertificateState, expired = false): Safe {
  return state === 'issued' && expired ? tag('Expired', 'warn') : STATE_TAGS[state]();
}

interface Found {
  readonly certificate: Certificate;
  readonly expiry: Expiry | null;
  readonly extensions: readonly ExtensionOfAward[];
}

function certificatePage(
  context: Context,
  { certificate, expiry, extensions }: Found,
  just: { readonly issued?: string | undefined; readonly revoked?: string | undefined },
): Promise<Safe> {
  const { id, content, state, history } = certificate;
  const number = formatSerial(certificate.serial);
  const today = dayInLondon(context.now);
  const name = holderName(content);
  const pdf = `/certificates/${id}/pdf`;
  const mayRevoke = state === 'issued' && may(context.principal, 'certificates.revoke');
  const revoked = history.find((line) => line.state === 'revoked');
  return portalPage(
    context,
    { title: `Certificate ${number}` },
    html`${crumbs([{ label: 'Certificates', href: '/certificates' }, { label: number }])}
${pageHead({
  title: html`Certificate ${codeText(number)}`,
  lead: html`${name}, ${content.title}`,
  actions: html`${certificateTag(state, hasExpired(expiry, today))}${mayRevoke && linkButton('Revoke', `/certificates/${id}/revoke`, { look: 'quiet' })}${
    state === 'issued' && linkButton('Open the certificate (PDF)', pdf, { icon: 'doc' })
  }`,
})}
${just.issued && state === 'issued' && note(html`${name} has certificate ${codeText(number)}. It is signed and can be checked by anybody from now on.`, { tone: 'ok', title: 'The certificate is issued.', announce: true, class: 'mb' })}
${just.revoked && state === 'revoked' && note('The public check shows it from now on.', { tone: 'ok', title: 'The certificate is revoked.', announce: true, class: 'mb' })}
${revoked && !just.revoked && note(html`On ${formatDate(revoked.at)}: ${revoked.reason}`, { tone: 'bad', title: 'This certificate was revoked.', class: 'mb' })}
<div class="split">${card(
      { title: 'As printed', id: 'printed', aside: state !== 'issued' && link('Document as issued (PDF)', pdf) },
      html`${printedFacts(content)}${printedUnits(content)}`,
    )}
<div class="stack">${card(
      { title: 'Is it genuine?', id: 'genuine' },
      html`<p>Whoever holds the paper scans its square code, or enters certificate number and family name.</p>${linkButton('Check it now', `/verify?${new URLSearchParams({ serial: certificate.serial, familyName: content.holder.familyName })}`, { look: 'quiet', icon: 'shield' })}`,
    )}
${
  expiry &&
  state === 'issued' &&
  card(
    { title: 'How long it is good', id: 'validity' },
    html`<p class="strong">${expiryInWords(expiry, today)}</p>${
      extensions.length > 0 &&
      trail(
        extensions.map(({ name, reason, fromDay, toDay }) => ({
          what: html`<span class="strong">${name}</span>: ${reason}`,
          when: `From ${formatDate(fromDay)} to ${formatDate(toDay)}`,
        })),
      )
    }`,
  )
}
${card(
  { title: 'History', id: 'history' },
  trail(
    history.map((line) => ({
      what: html`<span class="strong">${STATE_WORDS[line.state]}</span>${line.state !== 'issued' && html`: ${line.reason}`}`,
      when: html`${formatDateTime(line.at, 'list', context.now)}${line.who && html`, ${line.who}`}`,
    })),
  ),
)}
<p class="mt">${link('The registration', `/web-portal/registrations/${certificate.registrationId}`)}</p></div></div>`,
  );
}

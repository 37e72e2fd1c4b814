import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader, Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  actionBar,
  card,
  codeText,
  crumbs,
  errorSummary,
  form,
  linkButton,
  note,
  pageHead,
  radios,
  submitButton,
  textareaField,
} from '#ui';
import { portalPage, reopenRegistration } from '#web-portal';
import { certificateRevoked } from '../audit.ts';
import { type ClaimState, claimTransition } from '../claim-state/claim-state.ts';
import { holderName } from '../content/content.ts';
import { formatSerial } from '../serial/serial.ts';
import { printedFacts } from '../view-certificate/printed.ts';
import { type Certificate, certificateById } from '../view-certificate/register.ts';

const params = z.object({ certificateId: z.uuid() });

const revokeForm = z.object({
  reason: z
    .string({ error: 'Enter the reason: it stands in the register for good' })
    .trim()
    .min(10, 'Enter the reason in a sentence: it stands in the register for good')
    .max(500, 'Shorten the reason to 500 characters'),
  again: z.enum(['no', 'yes'], { error: 'Choose whether a certificate may be claimed again' }),
});

/** GET /certificates/:certificateId/revoke: what would be revoked, and what follows. */
export const showRevoke = handler({ params }, async (context): Promise<Answer> => {
  const certificate = await revocable(context, context.params.certificateId);
  return page(await revokePage(context, certificate, {}, []));
});

/** POST /certificates/:certificateId/revoke */
export const revoke = handler({ params }, async (context): Promise<Answer> => {
  const { certificateId } = context.params;
  return submitForm(context, {
    schema: revokeForm,
    page: async (values, errors) => revokePage(context, await revocable(context, certificateId), values, errors),
    action: async (writer, { reason, again }) => {
      await revokeCertificate(writer, { certificateId, reason, mayBeClaimedAgain: again === 'yes' });
      return `/certificates/${certificateId}?revoked=yes`;
    },
  });
});

async function revocable(context: Context, id: string): Promise<Certificate> {
  const certificate = await context.read((reader: Reader) => certificateById(reader, id, null));
  if (!certificate) throw new NotFound();
  return certificate;
}

/**
 * Revokes a certificate in the awarding body's or the system's scope: the public check shows it with the commit. The
 * registration stays completed, or is reopened so that a new claim can be made, which the awarding body then decides.
 * Throws NotFound, and Refused when it is not current.
 */
export async function revokeCertificate(
  writer: Writer,
  act: { readonly certificateId: string; readonly reason: string; readonly mayBeClaimedAgain: boolean },
): Promise<void> {
  const { certificateId, reason, mayBeClaimedAgain } = act;
  const [found] = await writer.rows(sql<{
    claimId: string;
    claimState: ClaimState;
    kind: 'full' | 'partial';
    registrationId: string;
    centreId: string;
    serial: string;
  }>`
    select c.id as "claimId", c.state as "claimState", c.kind, f.registration_id as "registrationId", f.centre_id as "centreId", f.serial
    from certificates.certificates f join certificates.claims c on c.id = f.claim_id
    where f.id = ${certificateId} for update of c`);
  if (!found) throw new NotFound();
  const moved = claimTransition(found.claimState, 'revoke');
  if (!moved.ok) throw new Refused(moved.message);
  await writer.db
    .insertInto('certificates.certificate_states')
    .values({
      centre_id: found.centreId,
      certificate_id: certificateId,
      state: 'revoked',
      at: writer.now,
      person_id: writer.identity.personId,
      reason,
    })
    .execute();
  await writer.db.updateTable('certificates.claims').set({ state: moved.to }).where('id', '=', found.claimId).execute();
  if (mayBeClaimedAgain && found.kind === 'full')
    await reopenRegistration(writer, { registrationId: found.registrationId, reason: 'Certificate revoked' });
  await writer.audit(
    certificateRevoked,
    { kind: 'certificate', id: certificateId },
    { serial: found.serial, reason, mayBeClaimedAgain },
    found.centreId,
  );
}

function revokePage(
  context: Context,
  certificate: Certificate,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const number = formatSerial(certificate.serial);
  const title = `Revoke certificate ${number}`;
  const back = `/certificates/${certificate.id}`;
  const head = html`${crumbs([
    { label: 'Certificates', href: '/certificates' },
    { label: number, href: back },
    { label: 'Revoke' },
  ])}
${errorSummary(errors)}
${pageHead({ title: html`Revoke certificate ${codeText(number)}`, lead: html`${holderName(certificate.content)}, ${certificate.content.title}` })}`;
  if (certificate.state !== 'issued') {
    return portalPage(
      context,
      { title },
      html`${head}${note('It is not current any more, so there is nothing to revoke.', { title: 'This certificate was revoked before.', action: linkButton('Open it', back, { look: 'quiet', small: true }) })}`,
    );
  }
  return portalPage(
    context,
    { title, hasErrors: errors.length > 0, form: true },
    html`${head}
${note('Everybody who checks the number reads at once that the certificate was revoked. It cannot be taken back: a person who is entitled after all gets a new certificate with a new number.', { tone: 'warn', title: 'What follows.', class: 'mb' })}
${form(
  { action: `${back}/revoke`, submissionId: crypto.randomUUID(), label: 'Revoke' },
  html`${card(
    { title: 'Why it is revoked', id: 'why' },
    html`${textareaField({
      name: 'reason',
      label: 'Reason',
      hint: 'The centre and the candidate can read it. The public check does not show it.',
      rows: 4,
      maxlength: 500,
      value: String(values.reason ?? ''),
      errors,
    })}${radios({
      name: 'again',
      label: 'May a certificate be claimed again?',
      value: String(values.again ?? '') || null,
      errors,
      items: [
        { value: 'no', label: 'No', hint: 'The result does not stand.' },
        {
          value: 'yes',
          label: 'Yes',
          hint: 'The registration is opened again. The awarding body decides the next claim.',
        },
      ],
    })}`,
  )}
${card({ title: 'This certificate', id: 'printed' }, printedFacts(certificate.content))}
${actionBar(html`<span class="strong">1 certificate</span> of ${holderName(certificate.content)} will be revoked.`, html`${linkButton('Keep it', back, { look: 'quiet' })}${submitButton('Revoke the certificate', { look: 'bad' })}`)}`,
)}`,
  );
}

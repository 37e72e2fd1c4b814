import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  formatDate,
  formatDateTime,
  hiddenField,
  linkButton,
  note,
  pageHead,
  prose,
  submitButton,
  textField,
} from '#ui';
import { agreementSigned } from '../centre-audit.ts';
import { headOfCentre } from '../contacts/contacts.ts';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { recordProfileChanges } from '../profile-changes/record.ts';
import { sameName } from '../signatures/same-name.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { type AgreementVersion, agreementVersions } from './agreement-versions.ts';

/** A centre's signature under one version. */
export interface Signature {
  readonly number: number;
  readonly title: string;
  readonly signedName: string;
  readonly signedAt: Date;
}

/** What a centre has signed, the newest version first. */
export function signaturesOf(reader: Pick<Reader, 'rows'>, centreId: string): Promise<Signature[]> {
  return reader.rows(sql<Signature>`select v.number, v.title, s.signed_name as "signedName", s.signed_at as "signedAt"
    from centres_hub.agreement_signatures s join centres_hub.agreement_versions v on v.id = s.agreement_version_id
    where s.centre_id = ${centreId} order by v.number desc`);
}

const query = hubQuery.extend({ version: z.coerce.number().int().min(1).max(100_000).optional().catch(undefined) });

interface Found {
  readonly hub: Hub;
  readonly agreement: AgreementVersion;
  readonly current: boolean;
  readonly signature: Signature | null;
  readonly head: string | null;
}

/** The version asked for, else the one in force. 404 while none is published. */
async function inQuestion(reader: Reader, hub: Hub, version: number | undefined): Promise<Found> {
  const all = await agreementVersions(reader);
  const agreement = version === undefined ? all[0] : all.find(({ number }) => number === version);
  if (!agreement) throw new NotFound();
  const signatures = await signaturesOf(reader, hub.centre.id);
  return {
    hub,
    agreement,
    current: agreement.id === all[0]?.id,
    signature: signatures.find(({ number }) => number === agreement.number) ?? null,
    head: (await headOfCentre(reader, hub.centre.id))?.name ?? null,
  };
}

/** GET /centres-hub/documents/agreement: the words, and who signed them. */
export const showAgreement = centreHandler({ query }, async (context) => {
  const found = await context.read(async (reader) =>
    inQuestion(reader, await hubOf(reader, context), context.query.version),
  );
  return page(agreementPage(await context.frame(), found, await context.keptFields(), []));
});

/** POST /centres-hub/documents/agreement: signed by typing the name of the head of centre, once for each version. */
export const signAgreement = centreHandler({ query }, (context) =>
  submitForm(context, {
    schema: z.object({
      versionId: z.string(),
      signedName: z
        .string('Type the name of the head of centre')
        .trim()
        .min(1, 'Type the name of the head of centre')
        .max(200, 'Shorten the name to 200 characters'),
    }),
    page: async (values, errors) => {
      const found = await context.read(async (reader) => inQuestion(reader, await hubOf(reader, context), undefined));
      return agreementPage(await context.frame(), found, values, errors);
    },
    action: async (writer, { versionId, signedName }) => {
      const { hub, agreement, head } = await inQuestion(writer, await hubOf(writer, context), undefined);
      if (head === null) {
        throw new Refused('The profile names no head of centre. Ask for the change of centre details first');
      }
      if (versionId !== agreement.id) {
        throw new Refused('A newer version was published while you were reading. Read it, then sign');
      }
      if (!sameName(signedName, head)) {
        const message = `Only the head of centre signs. Type the name as the profile has it: ${head}`;
        throw new Refused([{ field: 'signedName', message }]);
      }
      const made = await writer.db
        .insertInto('centres_hub.agreement_signatures')
        .values({
          centre_id: hub.centre.id,
          agreement_version_id: agreement.id,
          signed_name: signedName,
          signed_at: writer.now,
          signed_by: writer.identity.personId,
        })
        .onConflict((conflict) => conflict.columns(['centre_id', 'agreement_version_id']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!made) throw new Refused('This version has been signed already. There is nothing left to do');
      const subject = { kind: 'agreement signature', id: made.id };
      await writer.audit(agreementSigned, subject, { number: agreement.number, signedName }, hub.centre.id);
      await recordProfileChanges(writer, hub.centre.id, [
        { what: `Agreement, version ${agreement.number}`, before: null, after: `Signed by ${signedName}` },
      ]);
      return hub.href('/centres-hub/documents', { done: 'signed' });
    },
  }),
);

function agreementPage(frame: Frame, found: Found, values: FormValues, errors: readonly FieldError[]): Safe {
  const { hub, agreement, signature, current, head } = found;
  const title = `${agreement.title}, version ${agreement.number}`;
  const signs = current && !signature && hub.may('centres-hub.manage-users');
  return hubPage(
    frame,
    hub,
    { title, form: signs, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Documents', href: hub.href('/centres-hub/documents') }, { label: 'Agreement' }])}
${pageHead({ title, lead: whose(hub) ?? `Published on ${formatDate(agreement.publishedAt)}` })}
<div class="stack">
${
  signature
    ? note(html`Signed by ${signature.signedName}, head of centre, on ${formatDateTime(signature.signedAt)}.`, {
        tone: 'ok',
      })
    : note(
        current ? `Not signed yet. To be signed by ${formatDate(agreement.signBy)}.` : 'A newer version is in force.',
        {
          tone: current ? 'warn' : 'info',
        },
      )
}
${prose(
  agreement.words.split(/\n{2,}/).map((paragraph) => html`<p>${paragraph}</p>`),
  { card: true },
)}
${
  signs &&
  card(
    { title: 'Sign', id: 'sign' },
    form(
      { action: hub.href('/centres-hub/documents/agreement'), submissionId: crypto.randomUUID() },
      html`${hiddenField('versionId', agreement.id)}<p>${
        head
          ? html`${head} signs as head of centre, by typing the name here. Whose log-in session it was is recorded as well.`
          : 'The profile names no head of centre. Ask for the change of centre details first.'
      }</p>
${textField({ name: 'signedName', label: 'Full name of the head of centre', value: typed(values, 'signedName'), errors, autocomplete: 'off' })}
${buttonRow(submitButton('Sign the agreement'), linkButton('Cancel', hub.href('/centres-hub/documents'), { look: 'quiet' }))}`,
    ),
  )
}</div>`,
  );
}

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader, Writer } from '#platform/database/database.ts';
import type { ReceivedFile } from '#platform/files/receive-form.ts';
import { type Answer, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { amendmentChanged, candidateAmended } from '../audit.ts';
import type { NewCandidate } from '../candidates/candidates.ts';
import { isCertified } from '../contributions/certified.ts';
import { chooseAgain, receiveEvidence } from '../prior-learning/evidence.ts';
import { candidateForm } from '../register-candidate/form.ts';
import { acrossCentres, readAcross } from '../transfers/transfers.ts';
import { type AmendLook, amendPage } from './amend-page.ts';
import {
  type AmendmentFacts,
  type AmendmentWay,
  amendmentWay,
  type Changes,
  changesOf,
  type Details,
} from './amendment-rule.ts';
import { AMENDMENTS, amendmentNumber, noteAmendment, storeAmendmentFiles } from './amendments.ts';
import { applyAmendment, detailsOf, lockDetails, type StoredDetails } from './apply-amendment.ts';

const params = z.object({ candidateId: z.uuid() });
type Asked = Context<z.infer<typeof params>>;

interface Known {
  readonly stored: StoredDetails;
  readonly centreReference: string | null;
  readonly facts: AmendmentFacts;
  /** A correction that the awarding body has not decided: its number. */
  readonly open: number | null;
}

/** The candidate in the scope of the centre, with what is known across centres. A centre that gave all its registrations away corrects nothing. */
async function known(reader: Reader, candidateId: string, centreId: string): Promise<Known> {
  const [own] = await reader.rows(sql<{
    reference: string | null;
    centres: number;
    works: boolean;
    open: number | null;
  }>`
    select j.centre_reference as reference,
      (select count(*)::int from web_portal.centre_candidates k where k.candidate_id = j.candidate_id) as centres,
      exists (select from web_portal.registrations r where r.candidate_id = j.candidate_id and r.centre_id = j.centre_id and r.state <> 'transferred') as works,
      (select a.number from web_portal.candidate_amendments a where a.candidate_id = j.candidate_id and a.state = 'asked') as open
    from web_portal.centre_candidates j where j.candidate_id = ${candidateId} and j.centre_id = ${centreId}`);
  if (!own?.works) throw new NotFound();
  return {
    stored: await detailsOf(reader, candidateId),
    centreReference: own.reference,
    facts: { certified: await isCertified(reader, candidateId), knownElsewhere: own.centres > 1 },
    open: own.open,
  };
}

/** GET /web-portal/candidates/:candidateId/amend */
export const showAmend = handler({ params }, async (context): Promise<Answer> => {
  const found = await find(context);
  const kept = await context.keptFields();
  const values = Object.keys(kept).length > 0 ? kept : valuesOf(found.stored, found.centreReference);
  return page(await amendPage(context as Context, lookOf(found, null), values, []));
});

function find(context: Asked): Promise<Known> {
  const centreId = context.centreId();
  return readAcross(context as Context, (reader) => known(reader, context.params.candidateId, centreId));
}

/** POST /web-portal/candidates/:candidateId/amend: shows old and new first; confirmed, it is done or goes to the awarding body. */
export const amendCandidate = handler({ params }, async (context): Promise<Answer> => {
  const centreId = context.centreId();
  const received = await receiveEvidence(context.request);
  const today = dayInLondon(context.now);
  const schema = amendForm(today);
  return submitForm(
    { ...acrossCentres(context as Context), fields: received.fields },
    {
      schema,
      page: async (values, errors) => {
        const parsed = schema.safeParse(values);
        const found = await find(context);
        const look = lookOf(found, parsed.success ? parsed.data.entry : null);
        const others = errors.filter(({ field }) => field !== 'evidence');
        const evidence = errors.filter(({ field }) => field === 'evidence');
        return amendPage(context as Context, look, values, [
          ...others,
          ...(evidence.length > 0 ? evidence : chooseAgain(received)),
        ]);
      },
      action: async (writer, { entry, reason, shown }) => {
        if (received.errors.length > 0) throw new Refused(received.errors);
        const { candidateId } = context.params;
        await lockDetails(writer, candidateId);
        const found = await known(writer, candidateId, centreId);
        const look = lookOf(found, entry);
        if (!look.changes) throw new Refused('Nothing differs from the record. Correct what is wrong, then send it');
        if (shown !== look.changes.key)
          throw new Refused([{ field: 'confirm', message: 'Read below what changes, then confirm it' }]);
        return write(writer, { found, centreId, look: look.changes, reason, files: received.files });
      },
    },
  );
});

/** What is typed: the details, a reason, and the digest of what was shown. */
const amendForm = (today: string) => {
  const details = candidateForm(today);
  return z.record(z.string(), z.unknown()).transform((fields, check) => {
    const entry = details.safeParse(fields);
    if (!entry.success)
      for (const { path, message } of entry.error.issues) check.addIssue({ code: 'custom', path, message });
    const reason = String(fields.reason ?? '').trim();
    if (reason.length < 10)
      check.addIssue({ code: 'custom', path: ['reason'], message: 'Say in a sentence why: it stands in the history' });
    if (reason.length > 1000)
      check.addIssue({ code: 'custom', path: ['reason'], message: 'Shorten it to 1,000 characters' });
    if (!entry.success) return z.NEVER;
    return { entry: entry.data, reason, shown: String(fields.shown ?? '') };
  });
};

function lookOf(found: Known, entry: NewCandidate | null): AmendLook {
  const { stored, centreReference, facts, open } = found;
  const base = {
    candidateId: stored.id,
    number: stored.number,
    name: `${stored.givenNames} ${stored.familyName}`,
    open,
  };
  if (!entry) return { ...base, changes: null };
  const to: Details = { ...entry, scottishNumber: entry.scottishNumber ?? null };
  const changes = changesOf(stored, to);
  const reference =
    entry.centreReference === centreReference ? null : { from: centreReference, to: entry.centreReference };
  if (Object.keys(changes.after).length === 0 && reference === null) return { ...base, changes: null };
  const way = amendmentWay(changes, facts);
  const key = createHash('sha256')
    .update(JSON.stringify([changes, reference, way]))
    .digest('base64url');
  return { ...base, changes: { ...changes, reference, way, key } };
}

interface ToWrite {
  readonly found: Known;
  readonly centreId: string;
  readonly look: Changes & {
    readonly reference: { readonly to: string | null } | null;
    readonly way: AmendmentWay;
  };
  readonly reason: string;
  readonly files: readonly ReceivedFile[];
}

async function write(writer: Writer, { found, centreId, look, reason, files }: ToWrite): Promise<string> {
  const { stored, open } = found;
  const { before, after, way, reference } = look;
  const here = `/web-portal/candidates/${stored.id}`;
  if (way === 'evidence' && files.length === 0)
    throw new Refused([
      { field: 'evidence', message: 'Choose at least one file that proves it: a certificate carries what changes' },
    ]);
  if (way !== 'free' && open !== null)
    throw new Refused(
      `The awarding body is asked already (${amendmentNumber(open)}). Wait for its decision, or take that back`,
    );
  if (reference) await writeReference(writer, stored, centreId, reference.to);
  if (Object.keys(after).length === 0) return `${here}?corrected=yes`;
  const made = await writer.db
    .insertInto('web_portal.candidate_amendments')
    .values({
      centre_id: centreId,
      candidate_id: stored.id,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
      reason,
      state: way === 'free' ? 'done' : 'asked',
      asked_at: writer.now,
      asked_by: writer.identity.personId as string,
      state_changed_at: writer.now,
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow();
  const one = { id: made.id, centreId };
  await storeAmendmentFiles(writer, one, files);
  await noteAmendment(writer, one, { act: way === 'free' ? 'do' : 'ask', side: 'centre', words: reason });
  if (way === 'free') {
    await applyAmendment(writer, stored, { before, after, ...one, how: 'done' });
    return `${here}?corrected=yes`;
  }
  await writer.audit(
    amendmentChanged,
    { kind: 'candidate-amendment', id: made.id },
    { number: amendmentNumber(made.number), act: 'ask', fields: Object.keys(after) },
    centreId,
  );
  return `${AMENDMENTS}/${made.id}?done=asked`;
}

/** The centre's own name for the candidate: nobody else's matter. */
async function writeReference(
  writer: Writer,
  stored: StoredDetails,
  centreId: string,
  to: string | null,
): Promise<void> {
  await writer.db
    .updateTable('web_portal.centre_candidates')
    .set({ centre_reference: to })
    .where('candidate_id', '=', stored.id)
    .where('centre_id', '=', centreId)
    .execute();
  await writer.audit(
    candidateAmended,
    { kind: 'candidate', id: stored.id },
    { candidateNumber: stored.number, amendmentId: null, fields: ['centreReference'], how: 'done' },
    centreId,
  );
}

/** The record as the fields of the form. */
function valuesOf(stored: StoredDetails, centreReference: string | null): FormValues {
  const [year = '', month = '', day = ''] = stored.birthDate.split('-');
  return {
    givenNames: stored.givenNames,
    familyName: stored.familyName,
    'birthDate-day': day,
    'birthDate-month': month,
    'birthDate-year': year,
    uln: stored.uln ?? '',
    scottishNumber: stored.scottishNumber ?? '',
    ulnAbsentReason: stored.ulnAbsentReason ?? '',
    postcode: stored.postcode ?? '',
    email: stored.email ?? '',
    centreReference: centreReference ?? '',
  };
}

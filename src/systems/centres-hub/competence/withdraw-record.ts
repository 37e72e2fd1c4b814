import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { centreHandler, type HubQuery, hubQuery } from '../hub-page/hub-page.ts';
import { reasonPage, withReason } from '../hub-page/reason-page.ts';
import { recordWithdrawn } from './audit.ts';
import { isCurrent, recordsOf } from './records.ts';
import { whoParams, whoseRecords } from './whose-competence.ts';

const params = whoParams.extend({ recordId: z.uuid() });
type Asked = Context<z.infer<typeof params>, HubQuery>;

async function inQuestion(reader: Reader, context: Asked) {
  const found = await whoseRecords(reader, context);
  const { entryId } = found.colleague;
  const all = entryId === null ? [] : await recordsOf(reader, found.hub.centre.id, entryId);
  const record = all.find(({ id }) => id === context.params.recordId);
  if (!record || !isCurrent(record)) throw new NotFound();
  return { ...found, record };
}

async function withdrawPage(context: Asked, values: FormValues, errors: readonly FieldError[]) {
  const { hub, colleague, own, record } = await context.read((reader) => inQuestion(reader, context));
  const back = hub.href(`/centres-hub/competence/${colleague.id}`);
  return reasonPage(await context.frame(), hub, {
    title: `Withdraw: ${record.title}`,
    crumbs: [
      { label: own ? 'Your own competence' : `Competence of ${colleague.name}`, href: back },
      { label: 'Withdraw' },
    ],
    words: 'The record no longer counts as evidence of competence. It stays readable, with your reason.',
    action: hub.href(`/centres-hub/competence/${colleague.id}/records/${record.id}/withdraw`),
    button: 'Withdraw the record',
    back,
    values,
    errors,
  });
}

/** GET /centres-hub/competence/:who/records/:recordId/withdraw */
export const showWithdrawRecord = centreHandler({ params, query: hubQuery }, async (context) =>
  page(await withdrawPage(context, await context.keptFields(), [])),
);

/** POST /centres-hub/competence/:who/records/:recordId/withdraw */
export const sendWithdrawRecord = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: withReason,
    page: (values, errors) => withdrawPage(context, values, errors),
    action: async (writer, { reason }) => {
      const { hub, colleague, record } = await inQuestion(writer, context);
      const done = await writer.db
        .updateTable('centres_hub.competence_records')
        .set({ withdrawn_at: writer.now, withdrawn_by: writer.identity.personId, withdrawn_reason: reason })
        .where('id', '=', record.id)
        .where('centre_id', '=', hub.centre.id)
        .where('withdrawn_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!done) throw new NotFound();
      await writer.audit(
        recordWithdrawn,
        { kind: 'competence-record', id: record.id },
        { name: colleague.name, kind: record.kind, title: record.title, reason },
        hub.centre.id,
      );
      return hub.href(`/centres-hub/competence/${colleague.id}`, { done: 'withdrawn' });
    },
  }),
);

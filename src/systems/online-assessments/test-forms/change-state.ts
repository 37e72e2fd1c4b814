import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { type Answer, NotFound, Refused } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { formDrafted, formPublished, formWithdrawn } from '../audit.ts';
import { liveGroups } from '../item-bank/banks.ts';
import { ACTS, obstaclesToPublish } from './form-rules.ts';
import { formById, publishedFormFor, type TestForm } from './forms.ts';
import { FORMS_PATH } from './list-forms.ts';
import { formPage, formParams } from './view-form.ts';

const noFields = z.unknown();
const withdrawFields = z.object({
  reason: z
    .string({ error: 'Say why the form is withdrawn' })
    .trim()
    .min(1, 'Say why the form is withdrawn')
    .max(500, 'Say why in at most 500 characters'),
});

/** POST .../publish: the form is fixed for good, and sittings are booked on it. */
export const publishForm = handler({ params: formParams }, (context): Promise<Answer> => {
  const id = context.params.form;
  return submitForm(context as Context, {
    schema: noFields,
    page: (values, errors) => formPage(context as Context, id, values, errors),
    action: async (writer) => {
      await publish(writer, id);
      return `${FORMS_PATH}/${id}`;
    },
  });
});

/** Publishes a draft, and withdraws its earlier versions. Throws `Refused` with the sentences of the rule. */
export async function publish(writer: Writer, id: string): Promise<void> {
  const form = await lockForm(writer, id);
  const live = new Map((await liveGroups(writer, form.bankId)).map(({ group, live }) => [group, live]));
  const standing =
    form.productId && form.unitCode ? await publishedFormFor(writer, form.productId, form.unitCode) : null;
  const obstacles = obstaclesToPublish({
    form,
    publisherId: writer.identity.personId,
    live,
    otherPublished: standing && standing.code !== form.code ? standing.code : null,
  });
  if (obstacles.length > 0) throw new Refused(obstacles.map((message) => ({ field: '', message })));
  const earlier = await writer.db
    .updateTable('online_assessments.test_forms')
    .set({ withdrawn_at: writer.now })
    .where('code', '=', form.code)
    .where('published_at', 'is not', null)
    .where('withdrawn_at', 'is', null)
    .returning(['id', 'version'])
    .execute();
  for (const { id: earlierId, version } of earlier) {
    const reason = `Version ${form.version} was published`;
    await writer.audit(formWithdrawn, { kind: 'test-form', id: earlierId }, { code: form.code, version, reason }, null);
  }
  await writer.db
    .updateTable('online_assessments.test_forms')
    .set({ published_at: writer.now, published_by: writer.identity.personId })
    .where('id', '=', id)
    .execute();
  await writer.audit(
    formPublished,
    { kind: 'test-form', id },
    {
      code: form.code,
      version: form.version,
      questions: form.questions,
      passMark: form.passMark,
      unit: form.unitCode,
    },
    null,
  );
}

/** POST .../withdraw */
export const withdrawForm = handler({ params: formParams }, (context): Promise<Answer> => {
  const id = context.params.form;
  return submitForm(context as Context, {
    schema: withdrawFields,
    page: (values, errors) => formPage(context as Context, id, values, errors),
    action: async (writer, { reason }) => {
      const form = await lockForm(writer, id);
      if (!ACTS[form.state].includes('withdraw')) throw new Refused('This form is not published any more');
      await writer.db
        .updateTable('online_assessments.test_forms')
        .set({ withdrawn_at: writer.now })
        .where('id', '=', id)
        .execute();
      await writer.audit(
        formWithdrawn,
        { kind: 'test-form', id },
        { code: form.code, version: form.version, reason },
        null,
      );
      return `${FORMS_PATH}/${id}`;
    },
  });
});

/** POST .../new-version: a draft with the same content; the published one stays until the draft is published. */
export const makeNewVersion = handler({ params: formParams }, (context): Promise<Answer> => {
  const id = context.params.form;
  return submitForm(context as Context, {
    schema: noFields,
    page: (values, errors) => formPage(context as Context, id, values, errors),
    action: async (writer) => {
      const form = await lockForm(writer, id);
      if (!ACTS[form.state].includes('new-version')) throw new Refused('This form is a draft: change it instead');
      const versions = await writer.db
        .selectFrom('online_assessments.test_forms')
        .select(['id', 'version', 'published_at'])
        .where('code', '=', form.code)
        .orderBy('version', 'desc')
        .execute();
      const draft = versions.find(({ published_at }) => published_at === null);
      if (draft) return `${FORMS_PATH}/${draft.id}/change`;
      const version = (versions[0]?.version ?? form.version) + 1;
      const made = await writer.db
        .insertInto('online_assessments.test_forms')
        .values({
          code: form.code,
          version,
          title: form.title,
          bank_id: form.bankId,
          product_id: form.productId,
          unit_code: form.unitCode,
          blueprint: JSON.stringify(form.blueprint),
          questions: form.questions,
          pass_mark: form.passMark,
          base_seconds: form.baseSeconds,
          hours_after_registration: form.hoursAfterRegistration,
          hours_after_fail: form.hoursAfterFail,
          sittings_allowed: form.sittingsAllowed,
          created_at: writer.now,
          created_by: writer.identity.personId,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await writer.audit(formDrafted, { kind: 'test-form', id: made.id }, { code: form.code, version }, null);
      return `${FORMS_PATH}/${made.id}/change`;
    },
  });
});

/** The bank is locked, so that two people do not publish at once and no import moves its groups meanwhile. */
async function lockForm(writer: Writer, id: string): Promise<TestForm> {
  const row = await writer.db
    .selectFrom('online_assessments.test_forms')
    .select('bank_id')
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new NotFound();
  await writer.db
    .selectFrom('online_assessments.item_banks')
    .select('id')
    .where('id', '=', row.bank_id)
    .forUpdate()
    .execute();
  const form = await formById(writer, id);
  if (!form) throw new NotFound();
  return form;
}

import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page, Refused, redirect } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  crumbs,
  errorSummary,
  form,
  linkButton,
  pageHead,
  plural,
  selectField,
  submitButton,
  textField,
} from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { formChanged, formDrafted } from '../audit.ts';
import { type Bank, bankByCode, bankById, bankCounts, type GroupCount, liveGroups } from '../item-bank/banks.ts';
import { formEditor } from './form-editor.ts';
import { type FormFields, formFields, valuesOf } from './form-fields.ts';
import { shortages } from './form-rules.ts';
import { formById, type TestForm } from './forms.ts';
import { FORMS_PATH } from './list-forms.ts';
import { testableUnits } from './units.ts';

const newQuery = z.object({
  bank: z.string().max(20).optional().catch(undefined),
  each: z.coerce.number().int().min(1).max(200).optional().catch(undefined),
});

/** GET /online-assessments/test-forms/new: first the bank, then the form itself. */
export const showNewForm = handler({ query: newQuery }, async (context): Promise<Answer> => {
  const { bank: code, each } = context.query;
  if (!code) return page(await chooseBankPage(context as Context, []));
  const bank = await context.read((reader) => bankByCode(reader, code));
  if (!bank)
    return page(
      await chooseBankPage(context as Context, [{ field: 'bank', message: 'Choose a bank from the list' }]),
      422,
    );
  const kept = await context.keptFields();
  const { groups } = await context.read((reader) => surroundings(reader, bank.id));
  const counts = Object.fromEntries(groups.map((_, index) => [`count-${index}`, each ? String(each) : '']));
  const values: FormValues = { hoursAfterRegistration: '48', hoursAfterFail: '48', ...counts, ...kept };
  return page(await editorPage(context as Context, { bank, values, errors: [], existing: null }));
});

/** POST /online-assessments/test-forms/new?bank=CODE */
export const createForm = handler({ query: newQuery }, async (context): Promise<Answer> => {
  const bank = await context.read((reader) => bankByCode(reader, context.query.bank ?? ''));
  if (!bank) throw new NotFound();
  return submitForm(context as Context, {
    schema: formFields,
    page: (values, errors) => editorPage(context as Context, { bank, values, errors, existing: null }),
    action: async (writer, fields) => {
      await checkFields(writer, bank.id, fields);
      const taken = await writer.db
        .selectFrom('online_assessments.test_forms')
        .select('id')
        .where('code', '=', fields.code)
        .executeTakeFirst();
      if (taken)
        throw new Refused([
          {
            field: 'code',
            message: `There is a form ${fields.code} already. Choose another code, or make a new version of it`,
          },
        ]);
      const id = await insertForm(writer, { bankId: bank.id, version: 1, fields });
      return `${FORMS_PATH}/${id}`;
    },
  });
});

const formParams = z.object({ form: z.uuid() });

/** The form of an address, or a 404. */
async function formOfAddress(context: Context<{ form: string }>): Promise<TestForm> {
  const found = await context.read((reader) => formById(reader, context.params.form));
  if (!found) throw new NotFound();
  return found;
}

/** GET /online-assessments/test-forms/:form/change: drafts only. */
export const showChangeForm = handler({ params: formParams }, async (context): Promise<Answer> => {
  const existing = await formOfAddress(context);
  if (existing.state !== 'draft') return redirect(`${FORMS_PATH}/${existing.id}`);
  const { bank, groups } = await context.read(async (reader) => ({
    bank: await bankById(reader, existing.bankId),
    ...(await surroundings(reader, existing.bankId)),
  }));
  if (!bank) throw new NotFound();
  const values = {
    ...valuesOf(
      existing,
      groupsWith(existing, groups).map(({ group }) => group),
    ),
    ...(await context.keptFields()),
  };
  return page(await editorPage(context as Context, { bank, values, errors: [], existing }));
});

/** POST /online-assessments/test-forms/:form/change */
export const changeForm = handler({ params: formParams }, async (context): Promise<Answer> => {
  const existing = await formOfAddress(context);
  const bank = await context.read((reader) => bankById(reader, existing.bankId));
  if (!bank) throw new NotFound();
  return submitForm(context as Context, {
    schema: formFields,
    page: (values, errors) => editorPage(context as Context, { bank, values, errors, existing }),
    action: async (writer, fields) => {
      await checkFields(writer, bank.id, fields);
      const changed = await writer.db
        .updateTable('online_assessments.test_forms')
        .set({ ...columnsOf(fields), code: existing.code, created_by: writer.identity.personId })
        .where('id', '=', existing.id)
        .where('published_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!changed)
        throw new Refused('This form was published meanwhile and cannot be changed. Make a new version of it');
      await writer.audit(
        formChanged,
        { kind: 'test-form', id: existing.id },
        { code: existing.code, version: existing.version },
        null,
      );
      return `${FORMS_PATH}/${existing.id}`;
    },
  });
});

/** Writes a draft; `created_by` is the writer's person. Returns its id. */
export async function insertForm(
  writer: Writer,
  { bankId, version, fields }: { bankId: string; version: number; fields: FormFields },
): Promise<string> {
  const { id } = await writer.db
    .insertInto('online_assessments.test_forms')
    .values({
      ...columnsOf(fields),
      bank_id: bankId,
      version,
      created_at: writer.now,
      created_by: writer.identity.personId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await writer.audit(formDrafted, { kind: 'test-form', id }, { code: fields.code, version }, null);
  return id;
}

function columnsOf(fields: FormFields) {
  return {
    code: fields.code,
    title: fields.title,
    product_id: fields.unit?.productId ?? null,
    unit_code: fields.unit?.unitCode ?? null,
    blueprint: JSON.stringify(fields.blueprint),
    questions: fields.questions,
    pass_mark: fields.passMark,
    base_seconds: fields.minutes * 60,
    hours_after_registration: fields.hoursAfterRegistration,
    hours_after_fail: fields.hoursAfterFail,
    sittings_allowed: fields.sittingsAllowed,
  };
}

async function checkFields(writer: Writer, bankId: string, fields: FormFields): Promise<void> {
  const groups = await liveGroups(writer, bankId);
  const live = new Map(groups.map(({ group, live }) => [group, live]));
  const short = shortages(fields.blueprint, live);
  if (short.length > 0) {
    const places = new Map(groups.map(({ group }, index) => [group, index]));
    throw new Refused(
      short.map(({ group, sentence }) => ({ field: `count-${places.get(group) ?? 0}`, message: sentence })),
    );
  }
  const { unit } = fields;
  if (!unit) return;
  const known = await testableUnits(writer);
  if (!known.some((one) => one.productId === unit.productId && one.unitCode === unit.unitCode))
    throw new Refused([{ field: 'unit', message: 'Choose a unit from the list' }]);
}

async function surroundings(reader: Parameters<typeof testableUnits>[0], bankId: string) {
  return { groups: await liveGroups(reader, bankId), units: await testableUnits(reader) };
}

/** The groups of the bank, and those of the form that have no live questions any more. */
function groupsWith(existing: TestForm | null, groups: readonly GroupCount[]): GroupCount[] {
  const known = new Set(groups.map(({ group }) => group));
  const gone = (existing?.blueprint ?? []).filter(({ group }) => !known.has(group));
  return [...groups, ...gone.map(({ group }) => ({ group, topics: '', live: 0 }))];
}

interface Editor {
  readonly bank: Bank;
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
  readonly existing: TestForm | null;
}

async function editorPage(context: Context, { bank, values, errors, existing }: Editor): Promise<Safe> {
  const { groups, units } = await context.read((reader) => surroundings(reader, bank.id));
  const title = existing ? `Change ${existing.code} version ${existing.version}` : 'New test form';
  const action = existing
    ? `${FORMS_PATH}/${existing.id}/change`
    : `${FORMS_PATH}/new?bank=${encodeURIComponent(bank.code)}`;
  return assessmentsPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'Test forms', href: FORMS_PATH }, { label: title }])}${errorSummary(errors)}
${pageHead({ title, lead: `Questions from ${bank.title}` })}
${formEditor({ action, values, errors, groups: groupsWith(existing, groups), units, codeFixed: existing !== null, cancel: existing ? `${FORMS_PATH}/${existing.id}` : FORMS_PATH })}`,
  );
}

async function chooseBankPage(context: Context, errors: readonly FieldError[]): Promise<Safe> {
  const banks = (await context.read(bankCounts)).filter(({ groups }) => groups > 0);
  const body =
    banks.length === 0
      ? html`<p>No bank has live questions in groups yet. Import questions first, then come back.</p>${buttonRow(linkButton('Item bank', '/online-assessments/item-bank'))}`
      : form(
          { action: `${FORMS_PATH}/new`, method: 'get', class: 'ao-card wrap-s m0' },
          html`${selectField({
            name: 'bank',
            label: 'Bank to draw from',
            placeholder: 'Choose a bank',
            errors,
            choices: banks.map((bank) => ({
              value: bank.code,
              label: `${bank.code}: ${bank.title} (${plural(bank.live, 'question')}, ${plural(bank.groups, 'group')})`,
            })),
          })}${textField({ name: 'each', label: 'Questions from each group to begin with', hint: 'You can change each group on the next page. Leave empty to begin with none.', width: 3, inputmode: 'numeric' })}${buttonRow(submitButton('Go on'))}`,
        );
  return assessmentsPage(
    context,
    { title: 'New test form', form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'Test forms', href: FORMS_PATH }, { label: 'New test form' }])}${errorSummary(errors)}${pageHead({ title: 'New test form' })}${body}`,
  );
}

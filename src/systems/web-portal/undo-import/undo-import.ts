import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  card,
  errorSummary,
  form,
  formatDateTime,
  linkButton,
  note,
  pageHead,
  plural,
  submitButton,
  table,
  textareaField,
} from '#ui';
import { lockRegistrations, voidRegistrations } from '../change-state/change-state.ts';
import { type BuiltUpon, builtUpon } from '../contributions/built-upon.ts';
import { importCrumbs, importHref, importParams } from '../imports/import-page.ts';
import { changeImport, type Import, importById, lockImport } from '../imports/imports.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { typed } from '../register-candidate/fields.ts';

const MOST = 500;
const undoForm = z.object({
  reason: z
    .string({ error: 'Say why the registrations are undone' })
    .trim()
    .min(1, 'Say why the registrations are undone')
    .max(MOST, `The reason is longer than ${MOST} characters. Shorten it`),
});

/** GET /web-portal/imports/:importId/undo: what would become void, and what stands in the way. */
export const showUndo = handler({ params: importParams }, async (context): Promise<Answer> => {
  return page(await undoPage(context as Context, await found(context as Context, context.params.importId), {}, []));
});

/** POST /web-portal/imports/:importId/undo: all registrations of the file become void; candidates keep their numbers. */
export const undoImport = handler({ params: importParams }, async (context): Promise<Answer> => {
  const centreId = context.centreId();
  const { importId } = context.params;
  return submitForm(context as Context, {
    schema: undoForm,
    page: async (values, errors) =>
      undoPage(context as Context, await found(context as Context, importId), values, errors),
    action: async (writer, { reason }) => {
      const from = await lockImport(writer, importId, centreId);
      if (from.state === 'registered' && !sameDay(from, writer.now)) throw new Refused(TOO_LATE);
      const registrationIds = await registrationsOf(writer, from);
      await changeImport(writer, from, 'undo', reason);
      // Under lock: whoever builds upon one of them at this moment comes before, and is seen, or finds it void.
      await lockRegistrations(writer, centreId, registrationIds);
      const inTheWay = await builtUpon(writer, { centreId, registrationIds });
      if (inTheWay.length > 0)
        throw new Refused(
          `${inTheWay.map(({ name, count }) => `${name}: ${count}`).join('. ')}. Withdraw the registrations one by one instead`,
        );
      await voidRegistrations(writer, centreId, registrationIds, `Registered by mistake: ${reason}`);
      return importHref(from);
    },
  });
});

const TOO_LATE =
  'The file was registered on an earlier day, so it cannot be undone as a whole. Withdraw the registrations one by one';

const sameDay = ({ registeredAt }: Import, now: Date) =>
  registeredAt !== null && dayInLondon(registeredAt) === dayInLondon(now);

async function registrationsOf(reader: Pick<Reader, 'rows'>, { id, centreId }: Import): Promise<string[]> {
  const rows = await reader.rows(sql<{ id: string }>`
    select registration_id as id from web_portal.import_rows
    where import_id = ${id} and centre_id = ${centreId} and registration_id is not null order by row_number`);
  return rows.map(({ id: registrationId }) => registrationId);
}

interface Found {
  readonly from: Import;
  readonly inTheWay: readonly BuiltUpon[];
  readonly tooLate: boolean;
}

async function found(context: Context, importId: string): Promise<Found> {
  const centreId = context.centreId();
  return context.read(async (reader) => {
    const from = await importById(reader, importId, centreId);
    if (from.state !== 'registered') throw new NotFound();
    const inTheWay = await builtUpon(reader, { centreId, registrationIds: await registrationsOf(reader, from) });
    return { from, inTheWay, tooLate: !sameDay(from, context.now) };
  });
}

function undoPage(
  context: Context,
  { from, inTheWay, tooLate }: Found,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const here = importHref(from);
  const back = linkButton('Cancel', here, { look: 'quiet' });
  const title = `Undo the registration of ${plural(from.registeredCount, 'candidate')}`;
  return portalPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${importCrumbs(from.fileName, here, 'Undo')}${errorSummary(errors)}
${pageHead({ title, lead: from.registeredAt && `${from.fileName}, registered ${formatDateTime(from.registeredAt)}` })}
<div class="wrap-m stack">${
      tooLate
        ? html`${note(TOO_LATE, { tone: 'warn' })}<div class="row">${back}</div>`
        : inTheWay.length > 0
          ? html`${note('Something was built upon these registrations meanwhile. Withdraw them one by one instead.', { tone: 'warn' })}${card(
              { title: 'What stands in the way', id: 'in-the-way', flush: true },
              table<BuiltUpon>({
                caption: 'What stands in the way',
                rows: inTheWay,
                columns: [
                  { label: 'What', header: true, cell: ({ name }) => name },
                  { label: 'How many', numeric: true, cell: ({ count }) => count },
                ],
              }),
            )}<div class="row">${back}</div>`
          : form(
              { action: `${here}/undo`, submissionId: randomUUID() },
              card(
                { title: 'What happens', id: 'what-happens' },
                html`<p>${plural(from.registeredCount, 'registration becomes', 'registrations become')} void together and stay in the history. Candidates keep their numbers. It cannot be taken back; choose the file again to register it.</p>
${textareaField({ name: 'reason', label: 'Why?', hint: 'It stands in the history of each registration', value: typed(values, 'reason'), rows: 3, errors })}
<div class="row">${submitButton('Make all of them void', { look: 'bad' })}${back}</div>`,
              ),
            )
    }</div>`,
  );
}

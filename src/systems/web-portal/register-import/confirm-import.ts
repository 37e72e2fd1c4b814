import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { AlreadySubmitted, submissionLedTo, type Writer } from '#platform/database/database.ts';
import { type Answer, page, Refused, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { importHref, importParams } from '../imports/import-page.ts';
import { changeImport, type Import, importById, lockImport, mustBeAsShown } from '../imports/imports.ts';
import { typed } from '../register-candidate/fields.ts';
import { checkedPage } from '../view-import/page.ts';
import { viewQuery } from '../view-import/shown.ts';
import { shownRows } from '../view-import/view-import.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** POST /web-portal/imports/:importId/register: what was shown is registered, by a job that this sets going. */
export const confirmImport = handler({ params: importParams }, async (context): Promise<Answer> => {
  const centreId = context.centreId();
  const { importId } = context.params;
  const { fields } = context;
  const given = typed(fields, 'submissionId');
  const submission = UUID.test(given) ? given : null;
  const to = importHref({ id: importId });
  try {
    await context.write(
      async (writer) => {
        const from = await lockImport(writer, importId, centreId);
        await confirm(writer, from, { version: typed(fields, 'version'), partly: typed(fields, 'partly') === 'yes' });
        if (submission) await submissionLedTo(writer, submission, to);
      },
      { submission },
    );
    return redirect(to);
  } catch (error) {
    if (error instanceof AlreadySubmitted) return redirect(error.location);
    if (!(error instanceof Refused)) throw error;
    const { from, rows } = await context.read(async (reader) => {
      const from = await importById(reader, importId, centreId);
      return { from, rows: await shownRows(reader, from, viewQuery.parse({})) };
    });
    // It is at work or has ended: its page says so.
    if (from.state !== 'checked') return redirect(to);
    return page(
      await checkedPage(context as Context, {
        from,
        rows,
        query: viewQuery.parse({}),
        errors: error.errors,
        submissionId: randomUUID(),
      }),
      422,
    );
  }
});

/** Sets a checked import going. Refused when it is not what was shown, or rows are open and nobody said that they stay out. */
export async function confirm(
  writer: Writer,
  from: Import,
  said: { readonly version: string; readonly partly: boolean },
): Promise<void> {
  if (from.state === 'checked') {
    mustBeAsShown(from, said.version);
    const open = from.faultCount + from.undecidedCount;
    if (open > 0 && !said.partly)
      throw new Refused([
        {
          field: 'partly',
          message: `${open === 1 ? '1 row is' : `${open} rows are`} not ready. Correct or answer them, or say that they are left out`,
        },
      ]);
    if (from.readyCount === 0) throw new Refused('No row is ready to be registered');
  }
  await changeImport(writer, from, 'confirm');
  await writer.db
    .updateTable('web_portal.imports')
    .set({ confirmed_at: writer.now, confirmed_by: writer.identity.personId, refusal: null })
    .where('id', '=', from.id)
    .where('centre_id', '=', from.centreId)
    .execute();
  await writer.rows(sql`
    insert into web_portal.import_progress (import_id, centre_id, done, total) values (${from.id}, ${from.centreId}, 0, ${from.readyCount})
    on conflict (import_id) do update set done = 0, total = excluded.total`);
}

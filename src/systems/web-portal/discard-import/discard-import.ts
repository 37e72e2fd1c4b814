import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { card, errorSummary, form, linkButton, pageHead, plural, submitButton } from '#ui';
import { IMPORTS, importCrumbs, importHref, importParams } from '../imports/import-page.ts';
import { importTransition } from '../imports/import-state.ts';
import { changeImport, type Import, importById, lockImport } from '../imports/imports.ts';
import { portalPage } from '../portal-page/portal-page.ts';

/** GET /web-portal/imports/:importId/discard */
export const showDiscard = handler({ params: importParams }, async (context): Promise<Answer> => {
  const from = await context.read((reader) => importById(reader, context.params.importId, context.centreId()));
  if (!importTransition(from.state, 'discard').ok) throw new NotFound();
  return page(await discardPage(context as Context, from, []));
});

/** POST /web-portal/imports/:importId/discard: its rows are deleted; that there was a file stays on record. */
export const discardImport = handler({ params: importParams }, async (context): Promise<Answer> => {
  const centreId = context.centreId();
  const { importId } = context.params;
  return submitForm(context as Context, {
    schema: z.object({}),
    page: async (_values, errors) =>
      discardPage(context as Context, await context.read((reader) => importById(reader, importId, centreId)), errors),
    action: async (writer) => {
      const from = await lockImport(writer, importId, centreId);
      await changeImport(writer, from, 'discard');
      await writer.db
        .deleteFrom('web_portal.import_rows')
        .where('import_id', '=', importId)
        .where('centre_id', '=', centreId)
        .execute();
      return IMPORTS;
    },
  });
});

function discardPage(context: Context, from: Import, errors: Parameters<typeof errorSummary>[0]): Promise<Safe> {
  const here = importHref(from);
  return portalPage(
    context,
    { title: `Discard ${from.fileName}`, form: true, hasErrors: Boolean(errors?.length) },
    html`${importCrumbs(from.fileName, here, 'Discard')}${errorSummary(errors)}${pageHead({ title: 'Discard this file?', lead: from.fileName })}
<div class="wrap-m">${card(
      { label: 'Discard' },
      form(
        { action: `${here}/discard`, submissionId: randomUUID() },
        html`<p>${plural(from.rowCount, 'row is', 'rows are')} deleted, with what you corrected in them. Nobody of them is registered.</p>
<div class="row">${submitButton('Discard the file', { look: 'bad' })}${linkButton('Keep it', here, { look: 'quiet' })}</div>`,
      ),
    )}</div>`,
  );
}

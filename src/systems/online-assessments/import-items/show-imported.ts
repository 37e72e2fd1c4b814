import { sql } from 'kysely';
import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { type Answer, NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { buttonRow, card, crumbs, formatDateTime, linkButton, note, pageHead, plural, summaryList } from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { bankByCode } from '../item-bank/banks.ts';
import { bankPath } from '../item-bank/list-items.ts';
import { FORMATS, type ImportFormat } from './recognise.ts';

const params = z.object({ bank: z.string().max(20), import: z.uuid() });

interface ImportRow {
  readonly fileName: string;
  readonly sha256: string;
  readonly format: ImportFormat;
  readonly itemsNew: number;
  readonly itemsChanged: number;
  readonly itemsSame: number;
  readonly pictures: number;
  readonly warnings: unknown;
  readonly importedAt: Date;
  readonly by: string | null;
}

/** GET /online-assessments/item-bank/:bank/imports/:import: what an import did. */
export const showImported = handler({ params }, async (context): Promise<Answer> => {
  const { bank, row } = await context.read(async (reader) => {
    const bank = await bankByCode(reader, context.params.bank);
    if (!bank) throw new NotFound();
    const [row] = await reader.rows(sql<ImportRow>`
      select file_name as "fileName", encode(file_sha256, 'hex') as sha256, format, items_new as "itemsNew",
        items_changed as "itemsChanged", items_same as "itemsSame", pictures, warnings, imported_at as "importedAt",
        (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = imported_by) as by
      from online_assessments.imports where id = ${context.params.import} and bank_id = ${bank.id}`);
    if (!row) throw new NotFound();
    return { bank, row };
  });
  const warnings = z.array(z.string()).parse(row.warnings);
  const total = row.itemsNew + row.itemsChanged + row.itemsSame;
  const said =
    row.itemsNew + row.itemsChanged === 0
      ? `All ${plural(total, 'question')} of the file were in the bank already, word for word. Nothing was changed.`
      : `${plural(row.itemsNew, 'question')} added, ${row.itemsChanged} changed, ${row.itemsSame} the same.`;
  const body = html`${crumbs([
    { label: 'Item bank', href: '/online-assessments/item-bank' },
    { label: bank.code, href: bankPath(bank.code) },
    { label: 'Import' },
  ])}${pageHead({ title: 'Questions imported', lead: html`Into ${bank.title}` })}
${note(said, { tone: 'ok', announce: true })}
${card(
  { title: row.fileName, id: 'import', class: 'mt' },
  summaryList([
    ['New', String(row.itemsNew)],
    ['Changed: a new version each', String(row.itemsChanged)],
    ['The same: no new version', String(row.itemsSame)],
    ['Pictures in the file', String(row.pictures)],
    ['Recognised as', FORMATS[row.format]],
    ['Imported', html`${formatDateTime(row.importedAt)}${row.by && html` by ${row.by}`}`],
    ['SHA-256 of the file', html`<span class="code">${row.sha256.slice(0, 16)}…</span>`],
  ]),
)}
${
  warnings.length > 0 &&
  card(
    { title: 'Please read', id: 'warnings', class: 'mt' },
    html`<ul class="govuk-list govuk-list--bullet">${warnings.map((warning) => html`<li>${warning}</li>`)}</ul>`,
  )
}
${buttonRow(linkButton('See the questions', bankPath(bank.code)), linkButton('Import another file', `${bankPath(bank.code)}/import`, { look: 'quiet' }))}`;
  return page(await assessmentsPage(context as Context, { title: 'Questions imported' }, body));
});

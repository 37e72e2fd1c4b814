import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import {
  card,
  codeText,
  emptyState,
  form,
  link,
  linkButton,
  publicPage,
  selectField,
  submitButton,
  table,
  textField,
} from '#ui';

const query = z.object({
  words: z.string().trim().max(100).catch(''),
  level: z.coerce.number().int().min(0).max(8).optional().catch(undefined),
});

const LEVELS = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** GET /find-a-qualification: the published catalogue, for anyone. */
export const findQualification = handler({ query }, async (context) => {
  const { words, level } = context.query;
  const found = await context.read(({ db }) => {
    let select = db
      .selectFrom('products.published_products')
      .select(['code', 'title', 'qualification_number', 'level', 'regulated'])
      .orderBy('level')
      .orderBy('title');
    for (const word of words.split(/\s+/).filter(Boolean))
      select = select.where('title', 'ilike', `%${word.replace(/[%_\\]/g, '\\$&')}%`);
    if (level !== undefined && !Number.isNaN(level)) select = select.where('level', '=', level);
    return select.execute();
  });
  const rows = table({
    caption: `${found.length} ${found.length === 1 ? 'qualification' : 'qualifications'}`,
    rows: found,
    columns: [
      { label: 'Title', header: true, cell: (row) => link(row.title, `/find-a-qualification/${row.code}`) },
      {
        label: 'Qualification number',
        cell: (row) =>
          row.qualification_number ? codeText(row.qualification_number) : 'Not a regulated qualification',
      },
      { label: 'Level', cell: (row) => String(row.level) },
    ],
  });
  return page(
    publicPage(
      { ...(await context.frame()), title: 'Find a qualification' },
      html`<div class="wrap band"><h1>Find a qualification</h1>
${form({ action: '/find-a-qualification', method: 'get', role: 'search', class: 'ao-card mb' }, html`<div class="row end">${textField({ name: 'words', label: 'Words in the title', value: words })}${selectField({ name: 'level', label: 'Level', value: level === undefined ? '' : String(level), choices: [{ value: '', label: 'Any level' }, ...LEVELS.map((n) => ({ value: String(n), label: `Level ${n}` }))] })}${submitButton('Find')}</div>`)}
${found.length ? card({ label: 'Qualifications', flush: true }, rows) : emptyState({ icon: 'search', title: 'No qualification fits', text: 'Try fewer words, or any level.', actions: linkButton('Show all', '/find-a-qualification', { look: 'quiet' }) })}
</div>`,
    ),
  );
});

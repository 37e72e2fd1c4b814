import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { type Answer, NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import type { ItemContent } from '#qti';
import { card, crumbs, form, linkButton, note, pageHead, plural, submitButton, textField } from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { bankById } from '../item-bank/banks.ts';
import { loadItemContents, picturesOfVersions } from '../item-bank/load-items.ts';
import { previewOf } from '../item-bank/preview.ts';
import { type Drawable, drawPaper } from '../start-sitting/paper.ts';
import { formById } from './forms.ts';
import { FORMS_PATH } from './list-forms.ts';
import { formParams } from './view-form.ts';

const query = z.object({
  seed: z
    .string()
    .regex(/^[0-9a-f]{8,64}$/)
    .optional()
    .catch(undefined),
});

/** GET /online-assessments/test-forms/:form/preview: one drawn paper; the same seed gives the same paper. Authors only. */
export const previewPaper = handler({ params: formParams, query }, async (context): Promise<Answer> => {
  const seed = context.query.seed ?? randomBytes(4).toString('hex');
  const found = await context.read(async (reader) => {
    const testForm = await formById(reader, context.params.form);
    const bank = testForm && (await bankById(reader, testForm.bankId));
    if (!testForm || !bank) throw new NotFound();
    const rows = await reader.rows(sql<{ id: string; group: string }>`
      select current_version_id as id, group_code as "group" from online_assessments.items
      where bank_id = ${bank.id} and status = 'live'`);
    const contents = await loadItemContents(
      reader,
      rows.map(({ id }) => id),
    );
    const drawable = rows.map(
      ({ id, group }): Drawable => ({ itemVersionId: id, group, content: contents.get(id) as ItemContent }),
    );
    const drawn = drawPaper(testForm.blueprint, drawable, seed);
    const questions = drawn.ok ? drawn.paper.questions : [];
    const pictures = await picturesOfVersions(
      reader,
      questions.map(({ itemVersionId }) => itemVersionId),
    );
    return { testForm, bank, drawn, questions, contents, pictures };
  });
  const { testForm, bank, drawn, questions, contents, pictures } = found;
  const heading = `${testForm.code} version ${testForm.version}`;
  const path = `${FORMS_PATH}/${testForm.id}`;
  const body = html`${crumbs([
    { label: 'Test forms', href: FORMS_PATH },
    { label: heading, href: path },
    { label: 'Sample paper' },
  ])}${pageHead({
    title: 'Sample paper',
    lead: html`${testForm.title}, ${plural(testForm.questions, 'question')}, drawn from the seed <span class="code">${seed}</span>`,
    actions: linkButton('Draw another', `${path}/preview`, { look: 'quiet' }),
  })}
${form(
  { action: `${path}/preview`, method: 'get', class: 'ao-card' },
  html`${textField({ name: 'seed', label: 'Seed', hint: 'The same seed draws the same paper: 8 to 64 of 0 to 9 and a to f.', value: seed, width: 20, code: true, spellcheck: false })}${submitButton('Draw from this seed', { look: 'quiet' })}`,
)}
${!drawn.ok && note(drawn.message, { tone: 'warn', title: 'A paper cannot be drawn.', class: 'mt' })}
<div class="stack mt">${questions.map((question, index) =>
    card(
      { label: `Question ${index + 1}` },
      html`<fieldset class="govuk-fieldset" disabled><legend class="govuk-visually-hidden">Question ${index + 1}, for reading only</legend>${previewOf(
        {
          bank: bank.code,
          content: contents.get(question.itemVersionId) as ItemContent,
          pictures: pictures.get(question.itemVersionId) ?? new Map(),
          order: question.order,
          position: { number: index + 1, of: questions.length },
        },
      )}</fieldset>`,
    ),
  )}</div>`;
  return page(await assessmentsPage(context as Context, { title: 'Sample paper', form: true }, body));
});

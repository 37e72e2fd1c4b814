/** A product for those who edit it: its draft or the version in force, what stands in the way, and all versions. */
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { NotFound, page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import {
  card,
  codeText,
  crumbs,
  formatDate,
  formatDateTime,
  hiddenField,
  link,
  linkButton,
  note,
  pageHead,
  plural,
  postButton,
  summaryList,
  table,
  tag,
} from '#ui';
import { unitsOf } from '../catalogue/catalogue.ts';
import { draftWarnings, type Problem, publishProblems } from '../drafts/check-draft.ts';
import { type Content, contentOf, type DraftUnit } from '../drafts/content.ts';
import { factLines, gradingLines, pathwayLines, sizeLines } from '../drafts/differences.ts';
import { type Draft, type Edited, editedByCode } from '../drafts/drafts.ts';
import { CODE, codeParams, draftOrBack, EDITING, editHref, editingPage } from '../editing-page/editing-page.ts';
import { factsList, outcomesCard, ruleCard, unitsTable, wordsList } from '../product-parts/product-parts.ts';
import { ruleInWords } from '../rule-of-combination/rule-in-words.ts';
import { historyOf, type PublishedVersion } from './history.ts';

const DONE: Record<string, string> = {
  saved: 'The draft is saved.',
  removed: 'It is removed from the draft.',
  published: 'It is published: new registrations are made for this version. Earlier ones keep theirs.',
  discarded: 'The draft is thrown away.',
  dates: 'The dates are set.',
};

/** GET /products/editing/:code */
export const viewEditing = handler(
  { params: codeParams, query: z.object({ done: z.string().max(20).optional().catch(undefined) }) },
  async (context) => {
    const found = await context.read(async (reader) => {
      const edited = await editedByCode(reader, context.params.code);
      return { edited, versions: edited.product ? await historyOf(reader, edited.product.id) : [] };
    });
    return page(viewPage(await context.frame(), found.edited, found.versions, DONE[context.query.done ?? '']));
  },
);

function viewPage(frame: Frame, edited: Edited, versions: readonly PublishedVersion[], done: string | undefined): Safe {
  const { code, draft, version, inForce } = edited;
  const content = (draft?.content ?? inForce) as Content;
  const title = content.title || code;
  const begin = postButton('Begin a draft of the next version', {
    action: editHref(code, '/begin-draft'),
    submissionId: crypto.randomUUID(),
  });
  const withDraft = html`${linkButton('Preview', editHref(code, '/preview'), { look: 'quiet' })}${linkButton('Publish', editHref(code, '/publish'))}`;
  return editingPage(
    frame,
    { title },
    html`${crumbs([{ label: 'Editing', href: EDITING }, { label: title }])}
${pageHead({
  title,
  lead: html`${codeText(code)} ${version ? `Version ${version.version} is in force` : 'Nothing is published yet: centres see nothing of it'}`,
  actions: html`${version && linkButton('Last dates', editHref(code, '/dates'), { look: 'quiet' })}${draft ? withDraft : begin}`,
})}
<div class="stack">
${done && note(done, { tone: 'ok', announce: true })}
${draft ? draftParts(code, draft, content, version !== null) : publishedParts(content)}
${versionsCard(code, versions)}</div>`,
  );
}

function draftParts(code: string, draft: Draft, content: Content, published: boolean): Safe {
  const problems = publishProblems(content);
  return html`${note(
    html`Draft${draft.savedBy && html`, last saved by ${draft.savedBy}`}, ${formatDateTime(draft.savedAt, 'list')}. Several people can edit it: each part is saved by itself.`,
    { action: linkButton('Throw the draft away', editHref(code, '/discard'), { look: 'text', small: true }) },
  )}
<div class="split"><div class="stack">
${partCard('Facts', 'facts', code, factLines(content))}
${unitsCard(code, content)}
${card(
  { title: 'Rule of combination', id: 'rule', aside: link('Edit the rule', editHref(code, '/rule')) },
  wordsList(ruleInWords(content.rule)),
)}</div><div class="stack">
${problemsCard('It cannot be published yet', code, problems)}
${problemsCard('Look at this again', code, draftWarnings(content))}
${problems.length === 0 && note(published ? 'It can be published as the next version.' : 'It can be published.', { tone: 'ok' })}
${partCard('Size and dates', 'size', code, sizeLines(content))}
${partCard('Grading', 'grading', code, gradingLines(content))}
${partCard('Pathways', 'pathways', code, pathwayLines(content))}</div></div>`;
}

function partCard(title: string, part: string, code: string, lines: readonly (readonly [string, string])[]): Safe {
  const rows = lines.filter(([, words]) => words !== '');
  return card(
    {
      title,
      id: part,
      aside: link(html`Change<span class="govuk-visually-hidden"> ${title}</span>`, editHref(code, `/${part}`)),
    },
    rows.length > 0
      ? summaryList(rows.map(([label, words]) => [label, words]))
      : html`<p class="muted m0">Nothing yet.</p>`,
  );
}

function problemsCard(title: string, code: string, problems: readonly Problem[]): Safe | null {
  if (problems.length === 0) return null;
  const href = (one: Problem) => editHref(code, one.page === 'units' ? '/units/add' : `/${one.page}`);
  return card(
    { title, id: title.toLowerCase().replaceAll(' ', '-'), class: 'ao-todo' },
    html`<ul>${problems.map((one) => html`<li>${link(one.message, href(one))}</li>`)}</ul>`,
  );
}

function unitsCard(code: string, { units }: Content): Safe {
  const add = link('Add a unit', editHref(code, '/units/add'));
  if (units.length === 0)
    return card({ title: 'Units', id: 'units', aside: add }, html`<p class="muted m0">No units yet.</p>`);
  return card(
    { title: plural(units.length, 'unit'), id: 'units', aside: add, flush: true },
    table<DraftUnit>({
      caption: 'Units of the draft',
      rows: units,
      columns: [
        {
          label: 'Unit',
          header: true,
          cell: (unit) =>
            html`${link(unit.title, editHref(code, `/units/${unit.code}`))}<br><span class="small muted">${codeText(unit.code)}</span>`,
        },
        { label: 'Level', numeric: true, cell: (unit) => unit.level },
        { label: 'Credits', numeric: true, cell: (unit) => unit.credits ?? '' },
        {
          label: 'Criteria',
          numeric: true,
          cell: (unit) => unit.outcomes.reduce((sum, { criteria }) => sum + criteria.length, 0),
        },
        { label: 'Assessed by', cell: (unit) => (unit.assessedBy === 'online_test' ? 'Online test' : 'Portfolio') },
        { label: 'Order', phone: 'plain', cell: (unit) => movers(code, unit, units) },
        {
          label: 'Remove',
          phone: 'plain',
          cell: (unit) =>
            link(
              html`Remove<span class="govuk-visually-hidden"> ${unit.code}</span>`,
              editHref(code, `/units/${unit.code}/remove`),
            ),
        },
      ],
    }),
  );
}

function movers(code: string, unit: DraftUnit, units: readonly DraftUnit[]): Safe {
  const at = units.indexOf(unit);
  const button = (way: 'up' | 'down', words: string) =>
    html`<button type="submit" class="ao-btn sm text" name="way" value="${way}" aria-label="${words}: ${unit.code}">${words}</button>`;
  return html`<form class="inline" method="post" action="${editHref(code, '/units/move')}" data-once>${hiddenField('submissionId', crypto.randomUUID())}${hiddenField('unit', unit.code)}<span class="ao-order">${at > 0 && button('up', 'Up')}${at < units.length - 1 && button('down', 'Down')}</span></form>`;
}

function publishedParts(content: Content): Safe {
  return html`<div class="split"><div class="stack">${card({ title: plural(content.units.length, 'unit'), id: 'units', flush: true }, unitsTable(content.units))}${outcomesCard(content.units)}</div>
<div class="stack">${card({ title: 'In force', id: 'facts' }, factsList(content))}${ruleCard(content)}</div></div>`;
}

function versionsCard(code: string, versions: readonly PublishedVersion[]): Safe | null {
  if (versions.length === 0) return null;
  return card(
    { title: 'Versions', id: 'versions', flush: true },
    table<PublishedVersion>({
      caption: 'All versions',
      rows: versions,
      columns: [
        {
          label: 'Version',
          header: true,
          cell: (row) => link(`Version ${row.version}`, editHref(code, `/versions/${row.version}`)),
        },
        { label: 'Published', cell: (row) => formatDate(row.publishedAt, 'list') },
        { label: 'By', cell: (row) => row.publishedBy ?? html`<span class="muted">Came with the product</span>` },
        { label: 'Reason', cell: (row) => row.reason ?? '' },
        {
          label: 'State',
          phone: 'status',
          cell: (row) => (row === versions[0] ? tag('In force', 'info') : 'Kept by its registrations'),
        },
      ],
    }),
  );
}

/** GET /products/editing/:code/preview: the draft as centres and the public would see it; nothing is stored. */
export const previewDraft = handler({ params: codeParams }, async (context) => {
  const { code } = context.params;
  const { draft, back } = await context.read(async (reader) => draftOrBack(await editedByCode(reader, code)));
  if (back) return back;
  return page(
    statedPage(
      await context.frame(),
      code,
      draft.content,
      'Preview',
      'As centres will see it. Nothing is published by looking.',
    ),
  );
});

/** GET /products/editing/:code/versions/:version */
export const viewVersion = handler(
  { params: z.object({ code: z.string().regex(CODE), version: z.coerce.number().int().min(1).max(100_000) }) },
  async (context) => {
    const { code, version: number } = context.params;
    const found = await context.read(async (reader) => {
      const { product } = await editedByCode(reader, code);
      const version = product && (await historyOf(reader, product.id)).find((one) => one.version === number);
      if (!version) throw new NotFound();
      return { version, content: contentOf(version, await unitsOf(reader, version.id)) };
    });
    const lead = `Published ${formatDateTime(found.version.publishedAt)}. It stays as it is for the registrations made for it.`;
    return page(statedPage(await context.frame(), code, found.content, `Version ${number}`, lead));
  },
);

function statedPage(frame: Frame, code: string, content: Content, what: string, lead: string): Safe {
  const title = `${content.title || code}: ${what.toLowerCase()}`;
  return editingPage(
    frame,
    { title },
    html`${crumbs([{ label: 'Editing', href: EDITING }, { label: code, href: editHref(code) }, { label: what }])}
${pageHead({ title: content.title || code, lead, actions: linkButton('Back', editHref(code), { look: 'quiet' }) })}
${publishedParts(content)}`,
  );
}

import { z } from 'zod';
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import {
  card,
  codeText,
  crumbs,
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
import { type DefinitionProblem, publishProblems } from '../forms/check-definition.ts';
import type { FormDefinition, Question } from '../forms/definition.ts';
import { factsInWords } from '../forms/differences.ts';
import { type Form, type FormVersion, formByCode, historyOf } from '../forms/forms.ts';
import { questionFacts, wordedForm } from '../forms/worded.ts';
import { designPage, FORMS, formHref, formParams, markOf } from './design-page.ts';
import { outlineOf } from './outline.ts';

const DONE = {
  saved: 'The draft is saved.',
  removed: 'It is removed from the draft.',
  order: 'Somebody changed the order meanwhile. It is shown as it is now; move again if you still want to.',
  published: 'It is published. Centres can fill it in now.',
  withdrawn: 'The version is withdrawn.',
  discarded: 'The draft is thrown away.',
} as const;

const query = z.object({
  done: z
    .enum(Object.keys(DONE) as [keyof typeof DONE, ...(keyof typeof DONE)[]])
    .optional()
    .catch(undefined),
});

/** GET /centres-hub/forms/:code: the draft under work, or the version that centres fill in; and all versions. */
export const viewForm = handler({ params: formParams, query }, async (context) => {
  const { form, versions } = await context.read(async (reader) => {
    const form = await formByCode(reader, context.params.code);
    return { form, versions: await historyOf(reader, form.id) };
  });
  return page(formPage(await context.frame(), form, versions, context.query.done));
});

function formPage(
  frame: Frame,
  form: Form,
  versions: readonly FormVersion[],
  done: keyof typeof DONE | undefined,
): Safe {
  const { code, draft, current } = form;
  const newest = versions[0];
  const title = (draft ?? newest?.definition)?.title ?? code;
  const actions = draft
    ? html`${linkButton('Preview', formHref(code, '/preview'), { look: 'quiet' })}${linkButton('Publish', formHref(code, '/publish'))}`
    : postButton('Begin a new draft', { action: formHref(code, '/begin-draft'), submissionId: crypto.randomUUID() });
  return designPage(
    frame,
    { title },
    html`${crumbs([{ label: 'Forms', href: FORMS }, { label: title }])}
${pageHead({ title, lead: html`${codeText(code)} ${stateTags(form, newest)}`, actions })}
<div class="stack">
${done && note(DONE[done], { tone: done === 'order' ? 'warn' : 'ok', announce: true })}
${draft ? draftParts(form, draft) : newest && html`<div>${publishedParts(newest, current !== null)}</div>`}
${versionsCard(code, versions)}</div>`,
  );
}

export function stateTags(
  form: Pick<Form, 'draft' | 'current'>,
  newest: Pick<FormVersion, 'number'> | undefined,
): HtmlValue {
  return [
    form.current
      ? tag(`Version ${form.current.number} is published`, 'ok')
      : tag(newest ? `Version ${newest.number} is withdrawn` : 'Never published', 'warn'),
    form.draft && html` ${tag('Draft under work', 'info')}`,
  ];
}

function draftParts(form: Form, draft: FormDefinition): Safe {
  const { code } = form;
  const problems = publishProblems(draft);
  const seen = markOf(outlineOf(draft));
  return html`<p class="muted m0">Draft saved ${form.draftSavedAt && formatDateTime(form.draftSavedAt)}${form.draftSavedBy && ` by ${form.draftSavedBy}`}.${
    form.current && html` ${link('Throw the draft away', formHref(code, '/discard-draft'))}`
  }</p>
${problemsCard(code, problems)}
${card(
  {
    title: 'Facts',
    id: 'facts',
    aside: link(html`Change<span class="govuk-visually-hidden"> the facts</span>`, formHref(code, '/facts')),
  },
  summaryList(
    factsInWords(draft).map(([name, words]) => [name, words || html`<span class="muted">Not decided yet</span>`]),
  ),
)}
${draft.sections.map((section, index) => {
  const position = index + 1;
  const base = formHref(code, `/sections/${position}`);
  return card(
    {
      title: section.title,
      id: `section-${position}`,
      flush: true,
      aside: html`<div class="row">${link(html`Change<span class="govuk-visually-hidden"> the section ${section.title}</span>`, base)}${link(html`Remove<span class="govuk-visually-hidden"> the section ${section.title}</span>`, `${base}/remove`)}${movers(code, `section:${position}`, section.title, seen, index > 0, position < draft.sections.length)}</div>`,
    },
    html`${
      section.questions.length > 0 &&
      questionsTable(code, draft, section.questions, seen, section.title, index, problems)
    }<div class="pad">${linkButton(html`Add a question<span class="govuk-visually-hidden"> to ${section.title}</span>`, `${base}/add-question`, { look: 'quiet' })}</div>`,
  );
})}
<div>${linkButton('Add a section', formHref(code, '/sections/add'), { look: 'quiet' })}</div>`;
}

function problemsCard(code: string, problems: readonly DefinitionProblem[]): Safe {
  if (problems.length === 0) return note('Nothing stands in the way of publishing.', { tone: 'ok' });
  return card(
    { title: `${plural(problems.length, 'thing')} to do before it can be published`, id: 'problems', class: 'ao-todo' },
    html`<ul class="m0">${problems.map(
      ({ question, message }) =>
        html`<li>${question === null ? message : link(message, formHref(code, `/questions/${question}`))}</li>`,
    )}</ul>`,
  );
}

function questionsTable(
  code: string,
  draft: FormDefinition,
  questions: readonly Question[],
  seen: string,
  caption: string,
  section: number,
  problems: readonly DefinitionProblem[],
): Safe {
  const last = draft.sections.length - 1;
  return table<Question>({
    caption: `Questions of ${caption}`,
    rows: questions,
    rowTone: (row) => (problems.some(({ question }) => question === row.key) ? 'warn' : undefined),
    columns: [
      {
        label: 'Question',
        header: true,
        cell: (row) =>
          html`<a id="question-${row.key}" href="${formHref(code, `/questions/${row.key}`)}">${row.label}</a><br><span class="small muted">${questionFacts(draft, row)}</span>`,
      },
      { label: 'Key', cell: (row) => codeText(row.key) },
      {
        label: 'Order',
        phone: 'plain',
        cell: (row) => {
          const at = questions.indexOf(row);
          return movers(
            code,
            `question:${row.key}`,
            row.label,
            seen,
            at > 0 || section > 0,
            at < questions.length - 1 || section < last,
          );
        },
      },
      {
        label: 'Remove',
        phone: 'plain',
        cell: (row) =>
          link(
            html`Remove<span class="govuk-visually-hidden"> ${row.label}</span>`,
            formHref(code, `/questions/${row.key}/remove`),
          ),
      },
    ],
  });
}

/** Up and down; what is at the edge has one button. */
function movers(code: string, what: string, label: string, seen: string, up: boolean, down: boolean): Safe {
  const button = (way: 'up' | 'down', words: string) =>
    html`<button type="submit" class="ao-btn sm text" name="way" value="${way}" aria-label="${words}: ${label}">${words}</button>`;
  return html`<form class="inline" method="post" action="${formHref(code, '/move')}" data-once>${hiddenField('submissionId', crypto.randomUUID())}${hiddenField('seen', seen)}${hiddenField('what', what)}<span class="ao-order">${up && button('up', 'Up')}${down && button('down', 'Down')}</span></form>`;
}

function publishedParts(version: FormVersion, current: boolean): Safe {
  return html`${
    !current && note(html`Centres cannot fill it in: ${version.withdrawnReason}`, { tone: 'warn', class: 'mb' })
  }${card(
    {
      title: current ? `Version ${version.number}, as centres see it` : `Version ${version.number}`,
      id: 'facts',
      class: 'mb',
    },
    summaryList(factsInWords(version.definition).map(([name, words]) => words !== '' && [name, words])),
  )}${wordedForm(version.definition)}`;
}

function versionsCard(code: string, versions: readonly FormVersion[]): Safe | null {
  if (versions.length === 0) return null;
  return card(
    { title: 'Versions', id: 'versions', flush: true },
    table<FormVersion>({
      caption: 'All versions',
      rows: versions,
      columns: [
        {
          label: 'Version',
          header: true,
          cell: (row) => link(`Version ${row.number}`, formHref(code, `/versions/${row.number}`)),
        },
        { label: 'Published', cell: (row) => formatDateTime(row.publishedAt, 'list') },
        { label: 'By', cell: (row) => row.publishedBy ?? html`<span class="muted">Came with the product</span>` },
        {
          label: 'Until',
          cell: (row) =>
            row.withdrawnAt ? formatDateTime(row.withdrawnAt, 'list') : html`<span class="muted">Now in use</span>`,
        },
        { label: 'Why it ended', cell: (row) => row.withdrawnReason ?? '' },
        {
          label: 'Change',
          phone: 'plain',
          cell: (row) =>
            row.withdrawnAt === null &&
            link(
              html`Withdraw<span class="govuk-visually-hidden"> version ${row.number}</span>`,
              formHref(code, `/versions/${row.number}/withdraw`),
            ),
        },
      ],
    }),
  );
}

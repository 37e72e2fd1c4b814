/** GET /products/editing/:code/rule: the rule of combination as a tree, and beside it in words with what is wrong. */
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { card, crumbs, hiddenField, link, linkButton, note, pageHead } from '#ui';
import type { Content } from '../drafts/content.ts';
import { editedByCode } from '../drafts/drafts.ts';
import { codeParams, draftOrBack, EDITING, editHref, editingPage, markOf } from '../editing-page/editing-page.ts';
import { wordsList } from '../product-parts/product-parts.ts';
import { type RuleGroup, type RulePart, unitCodesOf } from '../rule-of-combination/rule.ts';
import { groupSentence, ruleInWords } from '../rule-of-combination/rule-in-words.ts';
import { ruleProblems } from '../rule-of-combination/rule-problems.ts';

/** Groups within groups: deeper than this nobody reads. */
export const DEEPEST = 6;

/** GET /products/editing/:code/rule */
export const viewRule = handler({ params: codeParams }, async (context) => {
  const { code } = context.params;
  const { draft, back } = await context.read(async (reader) => draftOrBack(await editedByCode(reader, code)));
  if (back) return back;
  const done = new URL(context.url, 'http://x').searchParams.get('done');
  return page(rulePage(await context.frame(), code, draft.content, done));
});

const DONE: Record<string, string> = {
  saved: 'The rule is saved in the draft.',
  removed: 'It is removed from the draft.',
  meanwhile: 'Somebody changed the rule meanwhile. It is shown as it is now; nothing was moved.',
};

function rulePage(frame: Frame, code: string, content: Content, done: string | null): Safe {
  const { rule, units } = content;
  const title = 'Rule of combination';
  const message = done && DONE[done];
  return editingPage(
    frame,
    { title },
    html`${crumbs([{ label: 'Editing', href: EDITING }, { label: code, href: editHref(code) }, { label: title }])}
${pageHead({
  title,
  lead: 'Which units together earn the product',
  actions: html`${linkButton('Equal content', editHref(code, '/rule/barred'), { look: 'quiet' })}${linkButton('Least credits', editHref(code, '/rule/floors'), { look: 'quiet' })}`,
})}
${message && note(message, { tone: done === 'meanwhile' ? 'warn' : 'ok', announce: true, class: 'mb' })}
<div class="split"><div class="stack">
${card({ title: 'The tree', id: 'tree' }, html`<ul class="ao-tree">${nodeOf(code, content, rule.root, '', markOf(rule))}</ul>`)}</div>
<div class="stack">${problemsCard(ruleProblems(rule, units))}
${card({ title: 'In words', id: 'words' }, wordsList(ruleInWords(rule)))}
${card({ title: 'Units that the rule does not name', id: 'idle' }, idleUnits(content))}</div></div>`,
  );
}

export function problemsCard(problems: readonly string[]): Safe {
  if (problems.length === 0) return note('Somebody can meet this rule.', { tone: 'ok' });
  return card(
    { title: 'What is wrong with it', id: 'wrong' },
    html`<ul>${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`,
  );
}

function idleUnits({ rule, units }: Content): Safe {
  const named = new Set(unitCodesOf(rule.root));
  const idle = units.filter(({ code }) => !named.has(code));
  if (idle.length === 0) return html`<p class="muted m0">None: every unit has its place.</p>`;
  return html`<ul>${idle.map(({ code, title }) => html`<li>${code} ${title}</li>`)}</ul>`;
}

function nodeOf(code: string, content: Content, part: RulePart, path: string, seen: string): Safe {
  if (typeof part === 'string') {
    const unit = content.units.find((one) => one.code === part);
    const name = unit ? `${part} ${unit.title}` : `${part} (no such unit)`;
    return html`<li><div class="ao-node"><span class="grow">${name}</span>${tools(code, path, part, seen)}</div></li>`;
  }
  const parts: readonly RulePart[] = part.of;
  const name = nameOf(part, path);
  const add = (words: string, to: string) =>
    link(
      html`${words}<span class="govuk-visually-hidden"> to ${name}</span>`,
      editHref(code, `/rule/${to}?at=${path}`),
    );
  return html`<li><div class="ao-node group"><span class="grow strong">${groupSentence(part)}</span>${path !== '' && tools(code, path, name, seen)}</div>
<p class="row small">${add('Add units', 'add-units')}${part.kind !== 'credits' && path.split('.').length < DEEPEST && add('Add a group', 'add-group')}${link(html`Change<span class="govuk-visually-hidden"> ${name}</span>`, editHref(code, `/rule/change?at=${path}`))}</p>
${parts.length > 0 && html`<ul>${parts.map((each, index) => nodeOf(code, content, each, path === '' ? String(index) : `${path}.${index}`, seen))}</ul>`}</li>`;
}

/** What a group is called on the pages of the editor. */
export const nameOf = (group: RuleGroup, path: string): string =>
  path === ''
    ? 'the whole rule'
    : (group.title ??
      `group ${path
        .split('.')
        .map((step) => Number(step) + 1)
        .join('.')}`);

/** Up, down, elsewhere, away. */
function tools(code: string, path: string, label: string, seen: string): Safe {
  const button = (way: 'up' | 'down', words: string) =>
    html`<button type="submit" class="ao-btn sm text" name="way" value="${way}" aria-label="${words}: ${label}">${words}</button>`;
  return html`<form class="inline" method="post" action="${editHref(code, '/rule/move')}" data-once>${hiddenField('submissionId', crypto.randomUUID())}${hiddenField('seen', seen)}${hiddenField('at', path)}<span class="ao-order">${button('up', 'Up')}${button('down', 'Down')}<a class="ao-btn sm text" href="${editHref(code, `/rule/place?at=${path}`)}" aria-label="Move elsewhere or remove: ${label}">Move</a></span></form>`;
}

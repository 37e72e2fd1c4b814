import { html, type Safe } from '#platform/html/html.ts';
import type { Context } from '#platform/http/context.ts';
import {
  bar,
  card,
  codeText,
  formatDateTime,
  linkButton,
  note,
  pageHead,
  plural,
  stages,
  summaryList,
  tag,
  trail,
} from '#ui';
import { rowsAreKept } from '../forget-rows/forget-rows.ts';
import { IMPORTS, importCrumbs, importHref } from '../imports/import-page.ts';
import { IMPORT_STATE_WORDS } from '../imports/import-state.ts';
import type { Import } from '../imports/imports.ts';
import { formInWords, STAGES } from '../map-columns/page.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { countsInWords } from './page.ts';
import type { AroundImport } from './shown.ts';

/** Without script the page asks again by itself. */
const RELOAD_SECONDS = 5;

/** While a job registers the rows. */
export function registeringPage(context: Context, { from, progress }: AroundImport & { from: Import }): Promise<Safe> {
  const { done, total } = progress ?? { done: 0, total: from.readyCount };
  return portalPage(
    context,
    {
      title: `Registering ${from.fileName}`,
      scripts: ['import-progress.js'],
      head: html`<noscript><meta http-equiv="refresh" content="${RELOAD_SECONDS}"></noscript>`,
    },
    html`${importCrumbs(from.fileName, null)}${pageHead({ title: `Registering ${plural(total, 'candidate')}`, lead: from.fileName })}
${stages(STAGES, 2)}
<div class="wrap-m mt" id="import-progress" data-import="registering">${card(
      { label: 'Progress' },
      html`<p role="status">${done} of ${total} are prepared. All become valid together at the end.</p>${bar({ value: done, max: Math.max(1, total), label: 'Candidates registered' })}
<p class="mt muted">You can leave this page: it goes on without you, and a notification tells you when it has ended.</p>
<div class="row">${linkButton('Leave', IMPORTS, { look: 'quiet' })}${linkButton('Look again now', importHref(from), { look: 'text' })}</div>`,
    )}</div>`,
  );
}

/** What became of an import, and for others than the centre's own people what it is. */
export function endedPage(
  context: Context,
  {
    from,
    centreNumber,
    history,
    mayAct,
    undoable,
  }: AroundImport & { from: Import; mayAct: boolean; undoable: boolean },
): Promise<Safe> {
  const here = importHref(from);
  const left = from.rowCount - from.registeredCount;
  const registered = from.state === 'registered';
  const kept = rowsAreKept(from, context.now);
  return portalPage(
    context,
    { title: from.fileName },
    html`${importCrumbs(from.fileName, null)}${pageHead({
      title: registered ? `${plural(from.registeredCount, 'candidate')} registered` : from.fileName,
      lead: registered ? from.fileName : IMPORT_STATE_WORDS[from.state],
      actions: html`${mayAct && registered && left > 0 && kept && linkButton('File of errors', `${here}/errors`, { look: 'quiet', icon: 'download', download: true })}${
        undoable && registered && linkButton('Undo', `${here}/undo`, { look: 'quiet' })
      }${registered && linkButton('Candidates', context.principal.kind === 'person' && context.principal.acting?.kind === 'centre' ? '/web-portal/candidates' : `/web-portal/candidates?centre=${centreNumber}`)}`,
    })}
<div class="stack">
${registered && note(`${plural(from.registeredCount, 'registration')} made together.${left > 0 ? ` ${plural(left, 'row was', 'rows were')} left out${kept ? ' and stand in the file of errors' : ''}.` : ''}`, { tone: 'ok', announce: true })}
${card(
  { title: 'The file', id: 'file' },
  summaryList([
    ['State', tag(IMPORT_STATE_WORDS[from.state], registered ? 'ok' : undefined)],
    ['Centre', codeText(centreNumber)],
    ['File', from.fileName],
    ['Form', formInWords(from)],
    ['Rows', `${from.rowCount}`],
    from.state === 'checked' && ['Of these', countsInWords(from)],
    ['Registered', `${from.registeredCount}`],
  ]),
)}
${card(
  { title: 'History', id: 'history' },
  trail(
    history.map(({ to, at, by, reason }) => ({
      what: html`${IMPORT_STATE_WORDS[to]}${reason && html`: ${reason}`}`,
      when: html`${formatDateTime(at)}${by && html`, ${by}`}`,
    })),
  ),
)}</div>`,
  );
}

/** System Access: the doors to every system a person may open, as a list and as a dialog. */
import { html, type Safe, safeUrl } from '#platform/html/html.ts';
import { attributes } from '../attributes.ts';
import { icon } from '../icons.ts';
import type { SystemLink } from './context.ts';

/** The doors, for the page `/system-access` and for the dialog. */
export function systemsList(systems: readonly SystemLink[], options: { focusFirst?: boolean } = {}): Safe {
  return html`<ul class="ao-sys">${systems.map(
    (system, index) =>
      html`<li><span class="ao-ico">${icon(system.icon)}</span><div><a href="${safeUrl(system.href)}"${attributes({
        autofocus: options.focusFirst === true && index === 0,
        rel: system.supplier && 'noreferrer',
      })}>${system.name}</a><p>${system.description}</p>${
        system.supplier && html`<p class="small muted">Leads to the site of ${system.supplier}</p>`
      }${
        system.status && html`<span class="${system.status.calm ? 'st calm' : 'st'}">${system.status.text}</span>`
      }</div></li>`,
  )}</ul>`;
}

/** The dialog that links with `data-dialog="systems"` open. Without script those links lead to the page. */
export function systemsDialog(systems: readonly SystemLink[]): Safe {
  return html`<dialog class="ao-dialog" id="systems" aria-labelledby="systems-heading">
<header><div><h2 id="systems-heading">System Access</h2><p>Choose a system. You stay logged in as you move between them.</p></div>
<button class="ao-mini" type="button" data-close aria-label="Close System Access">${icon('x')}</button></header>
<div class="body">${systemsList(systems, { focusFirst: true })}</div>
</dialog>`;
}

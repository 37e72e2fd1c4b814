/** Footers, and the two small forms that stand in headers and footers: theme and log out. */
import { html, type Safe, safeUrl } from '#platform/html/html.ts';
import { codeText } from '../data/text.ts';
import { icon } from '../icons.ts';
import type { ShellContext } from './context.ts';
import { PUBLIC_LINKS } from './public-links.ts';

/** Ends the session by a POST, drawn as a link. */
export function logOutButton(className = 'ao-linkbtn'): Safe {
  return html`<form class="inline" method="post" action="/logout"><button class="${className}" type="submit">Log out</button></form>`;
}

/**
 * Switches between light and dark. Without script it posts to `/theme` and comes back; with script it switches in
 * place. While the device decides, the server cannot know which of the two is shown and offers dark.
 */
export function themeButton(shell: ShellContext, look: 'icon' | 'words'): Safe {
  const next = shell.theme === 'dark' ? 'light' : 'dark';
  const words = `Switch to ${next} colours`;
  return html`<form class="inline ${look === 'icon' ? 'hide-s' : 'show-s'}" method="post" action="/theme" data-theme-form>
<input type="hidden" name="theme" value="${next}"><input type="hidden" name="return" value="${safeUrl(shell.path)}">${
    look === 'icon'
      ? html`<button class="tool bare" type="submit" aria-label="${words}">${icon('sun')}</button>`
      : html`<button class="ao-linkbtn" type="submit">${words}</button>`
  }</form>`;
}

/** "Northgate Motor Training, centre 04417". */
export function organisationLine(organisation: NonNullable<ShellContext['organisation']>): Safe {
  return html`${organisation.name}, ${organisation.label} ${codeText(organisation.number)}`;
}

/** The slim footer of staff pages. */
export function staffFooter(shell: ShellContext): Safe {
  return html`<footer class="ao-foot slim"><div class="wrap row between"><span>${
    shell.organisation ? organisationLine(shell.organisation) : shell.brand.name
  }</span><nav aria-label="Help and account"><ul><li><a href="/operating-manual">Operating Manual</a></li><li><a href="${safeUrl(
    shell.helpHref,
  )}">Help</a></li><li><a href="/accessibility">Accessibility</a></li><li class="show-s">${themeButton(shell, 'words')}</li>${
    shell.person && html`<li>${logOutButton()}</li>`
  }</ul></nav></div></footer>`;
}

/** The footer of public and task pages. */
export function publicFooter(shell: ShellContext): Safe {
  return html`<footer class="ao-foot"><div class="wrap"><nav aria-label="Footer"><ul>${PUBLIC_LINKS.map((link) => html`<li class="show-s"><a href="${link.href}">${link.label}</a></li>`)}
<li><a href="/operating-manual">Operating Manual</a></li><li><a href="${safeUrl(shell.helpHref)}">Help</a></li><li><a href="/accessibility">Accessibility</a></li><li><a href="/privacy">Privacy</a></li><li><a href="/complaints-and-appeals">Complaints and appeals</a></li><li><a href="/contact">Contact us</a></li>
</ul></nav><p>${shell.brand.statement}</p></div></footer>`;
}

/** The dense shell of staff: top bar, tabs of the current system, main, slim footer. */
import { type HtmlValue, html, type Safe, safeUrl } from '#platform/html/html.ts';
import { attributes } from '../attributes.ts';
import { icon } from '../icons.ts';
import { actingBar } from './acting-bar.ts';
import type { ShellContext, StaffPageOptions, Tab } from './context.ts';
import { documentOptions, documentPage, mark } from './document.ts';
import { staffFooter, themeButton } from './footer.ts';
import { searchBox, searchLink } from './search-box.ts';
import { systemsDialog } from './systems.ts';

/** A complete staff page. `body` is what stands in `main`, from the heading on. */
export function staffPage(options: StaffPageOptions, body: HtmlValue): Safe {
  const { shell, system } = options;
  return documentPage(
    documentOptions(
      shell.searchHref ? { ...options, scripts: ['search.js', ...(options.scripts ?? [])] } : options,
      'dense',
      true,
    ),
    html`${topBar(shell, system?.name)}
${system?.tabs?.length ? tabBar(system.name, system.tabs, shell.path) : null}
<main id="main" tabindex="-1"><div class="wrap">
${body}
</div></main>
${staffFooter(shell)}
${shell.systems.length > 0 && systemsDialog(shell.systems)}`,
  );
}

function topBar(shell: ShellContext, systemName: string | undefined): Safe {
  const { person } = shell;
  return html`<header class="ao-top"><div class="wrap">
${mark(shell.brand.name, person ? '/home' : '/')}
${systemName && html`<span class="sys">${systemName}</span>`}
${shell.searchHref && searchBox(shell.searchHref, shell.path)}
<span class="tools push">${shell.searchHref && searchLink(shell.searchHref)}${person && personTools(shell, person)}
${!person && html`<a class="tool" href="/login">Log in</a>`}</span>
</div>${actingBar(shell)}</header>`;
}

function personTools(shell: ShellContext, person: { name: string; href: string }): Safe {
  const unread = shell.unreadNotices;
  return html`${
    shell.systems.length > 0 &&
    html`<a class="tool" href="/system-access" data-dialog="systems">${icon('grid')}<span>Systems</span></a>`
  }
${shell.noticesHref && notices(shell.noticesHref, unread)}
${themeButton(shell, 'icon')}
<a class="tool bare" href="${safeUrl(person.href)}">${icon('user')}<span class="words">${person.name}</span><span class="govuk-visually-hidden">, your account</span></a>`;
}

function notices(href: string, unread: number): Safe {
  return html`<a class="tool bare" href="${safeUrl(href)}">${icon('bell')}<span class="words">Notices</span>${
    unread > 0 && html` <span class="count"><span class="govuk-visually-hidden">unread </span>${unread}</span>`
  }</a>`;
}

function tabBar(systemName: string, tabs: readonly Tab[], path: string): Safe {
  const current = currentTab(tabs, path);
  return html`<nav class="ao-nav" aria-label="${systemName}"><div class="wrap"><ul>${tabs.map(
    (tab) =>
      html`<li><a href="${safeUrl(tab.href)}"${attributes({ 'aria-current': tab === current && 'page' })}>${tab.label}</a></li>`,
  )}</ul></div></nav>`;
}

/** The tab whose path is the longest beginning of `path`, counted in whole segments; undefined when none is. */
export function currentTab(tabs: readonly Tab[], path: string): Tab | undefined {
  const here = `${path.split(/[?#]/)[0]}/`;
  let found: Tab | undefined;
  for (const tab of tabs) {
    const start = `${(tab.href.split(/[?#]/)[0] as string).replace(/\/$/, '')}/`;
    if (here.startsWith(start) && (!found || tab.href.length > found.href.length)) found = tab;
  }
  return found;
}

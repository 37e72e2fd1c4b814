/** Shells for the public (comfortable type, site navigation) and for single tasks such as logging in. */
import { type HtmlValue, html, type Safe, safeUrl } from '#platform/html/html.ts';
import { attributes, classes } from '../attributes.ts';
import { icon } from '../icons.ts';
import { actingBar } from './acting-bar.ts';
import type { PageOptions, ShellContext } from './context.ts';
import { documentOptions, documentPage, mark } from './document.ts';
import { logOutButton, publicFooter } from './footer.ts';
import { PUBLIC_LINKS } from './public-links.ts';

/** A complete public page. `body` stands in `main` without a wrapper, so that it may open with a full-width hero. */
export function publicPage(options: PageOptions, body: HtmlValue): Safe {
  return documentPage(
    documentOptions(options, '', false),
    html`${publicHeader(options.shell, true)}
<main id="main" tabindex="-1">
${body}
</main>
${publicFooter(options.shell)}`,
  );
}

export interface TaskPageOptions extends PageOptions {
  /** `login` 960 px with a second column, `task` 880 px, `form` one narrow column of 780 px. */
  width?: 'login' | 'task' | 'form';
  /** Show Log in at the top. Left out on the login page itself. */
  logIn?: boolean;
}

const WIDTHS = { login: 'login', task: 'wrap-m', form: 'wrap-s' } as const;

/** A complete page for one task outside the systems: log in, activate, check a certificate, a candidate's result. */
export function taskPage(options: TaskPageOptions, body: HtmlValue): Safe {
  return documentPage(
    documentOptions(options, '', options.noIndex === true),
    html`${publicHeader(options.shell, options.logIn === true)}
<main id="main" tabindex="-1"><div class="${classes('wrap', WIDTHS[options.width ?? 'task'])}">
${body}
</div></main>
${publicFooter(options.shell)}`,
  );
}

function publicHeader(shell: ShellContext, logIn: boolean): Safe {
  const path = shell.path.split('?')[0];
  return html`<header class="ao-pubtop"><div class="wrap">
${mark(shell.brand.name, '/')}
<nav aria-label="Main"><ul>${PUBLIC_LINKS.map(
    (link) =>
      html`<li><a href="${link.href}"${attributes({ 'aria-current': link.href === path && 'page' })}>${link.label}</a></li>`,
  )}</ul></nav>
${
  shell.person
    ? html`<span class="row nowrap push-s"><a class="ic" href="${safeUrl(shell.person.href)}">${icon('user')}${shell.person.name}</a>${logOutButton()}</span>`
    : logIn && html`<a class="ao-btn push-s" href="/login">Log in</a>`
}
</div>${actingBar(shell)}</header>`;
}

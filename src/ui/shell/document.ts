/** The outermost layer of every page: doctype, head, skip link, icons, scripts. */
import { type HtmlValue, html, type Safe, trustedHtml } from '#platform/html/html.ts';
import { attributes } from '../attributes.ts';
import { type IconName, iconSymbols } from '../icons.ts';
import type { AssetUrls, PageOptions, ShellContext } from './context.ts';
import { nameActing } from './made-for.ts';
import { sessionEndDialog } from './session-end.ts';

interface DocumentOptions {
  title: string;
  brandName: string;
  theme: 'light' | 'dark' | null;
  nonce: string;
  assets: AssetUrls;
  bodyClass: string;
  scripts: readonly string[];
  icons: readonly IconName[];
  noIndex: boolean;
  head?: Safe | undefined;
  shell: ShellContext;
}

/** A complete HTML document round `content`. */
export function documentPage(options: DocumentOptions, content: HtmlValue): Safe {
  const { assets, nonce } = options;
  const body = nameActing(html`${content}${sessionEndDialog(options.shell)}`, options.shell);
  return html`<!doctype html>
<html lang="en-GB"${attributes({ 'data-theme': options.theme })}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${options.title} - ${options.brandName}</title>
${options.noIndex && html`<meta name="robots" content="noindex">`}
<meta name="color-scheme" content="${options.theme ?? 'light dark'}">
<link rel="icon" href="${assets.url('mark.svg')}" type="image/svg+xml">
<link rel="preload" href="${assets.url('hanken.woff2')}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${assets.url('theme.css')}"${attributes({ nonce: nonce || null })}>
${options.scripts.map((name) => html`<script type="module" src="${assets.url(name)}"${attributes({ nonce: nonce || null })}></script>`)}
${options.head}
</head>
<body${attributes({ class: options.bodyClass || null })}>
<a class="govuk-skip-link" href="#main" data-module="govuk-skip-link">Skip to main content</a>
${body}
${iconSymbols(body, options.icons)}
</body>
</html>`;
}

/** The parts of a document that every shell derives from the page options alike. */
export function documentOptions(options: PageOptions, bodyClass: string, noIndex: boolean): DocumentOptions {
  const scripts = [
    'page.js',
    ...(options.form || options.hasErrors ? ['form.js'] : []),
    ...(options.scripts ?? []),
    ...(options.shell.sessionEnd ? ['session-end.js'] : []),
  ];
  return {
    title: options.hasErrors ? `Error: ${options.title}` : options.title,
    brandName: options.shell.brand.name,
    theme: options.shell.theme,
    nonce: options.nonce,
    assets: options.assets,
    bodyClass,
    scripts: [...new Set(scripts)],
    icons: options.icons ?? [],
    noIndex: noIndex || options.noIndex === true,
    head: options.head,
    shell: options.shell,
  };
}

/** The mark of the service: a dial arc with an amber needle, always beside the name. */
export function mark(name: string, href: string): Safe {
  return html`<a class="ao-mark" href="${href}"><svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke-linecap="round" stroke-width="3.4"><path stroke="currentColor" d="M7.5 24.5a12 12 0 1 1 17 0"/><path stroke="#f5a83c" d="m16 16 4.8-5.2"/><circle cx="16" cy="16" r="2.7" fill="#f5a83c"/></svg><span>${name}</span></a>`;
}

/**
 * Data for an island, as an element that the browser does not run: `readData(id)` in the island reads it.
 * The value must be JSON and must hold nothing that the reader of the page may not see.
 */
export function dataForIsland(id: string, value: unknown): Safe {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028');
  // Inside a script element only '<' could end it, and none is left.
  return html`<script type="application/json" id="${id}">${trustedHtml(json)}</script>`;
}

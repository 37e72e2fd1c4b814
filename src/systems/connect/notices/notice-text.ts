/**
 * The text of a notice as typed: blank lines part paragraphs, lines that begin with "- " are a list, an https address
 * is a link. Nothing else has a meaning; whatever looks like HTML is shown as it was typed.
 */
import { type HtmlValue, html, type Safe, safeUrl } from '#platform/html/html.ts';

/** What stands after an address and does not belong to it. */
const TRAILING = /[.,;:!?)'"\]]+$/;

function words(line: string): HtmlValue[] {
  return line.split(/(https:\/\/\S+)/).map((part) => {
    if (!part.startsWith('https://')) return part;
    const tail = TRAILING.exec(part)?.[0] ?? '';
    const url = tail ? part.slice(0, -tail.length) : part;
    const target = safeUrl(url);
    return URL.canParse(url) && target !== '#' ? html`<a href="${target}">${url}</a>${tail}` : part;
  });
}

const isItem = (line: string) => line.startsWith('- ');

/** The text as paragraphs and lists. */
export function noticeText(text: string): Safe {
  const blocks = text.replaceAll('\r\n', '\n').split(/\n[ \t]*\n+/);
  return html`${blocks.map(block)}`;
}

function block(text: string): Safe {
  const lines = text.split('\n').map((line) => line.trim());
  const parts: HtmlValue[] = [];
  for (let from = 0; from < lines.length; ) {
    const list = isItem(lines[from] as string);
    let to = from;
    while (to < lines.length && isItem(lines[to] as string) === list) to++;
    const run = lines.slice(from, to).filter(Boolean);
    if (list) parts.push(html`<ul>${run.map((line) => html`<li>${words(line.slice(2))}</li>`)}</ul>`);
    else if (run.length > 0)
      parts.push(html`<p>${run.map((line, at) => html`${at > 0 && html`<br>`}${words(line)}`)}</p>`);
    from = to;
  }
  return html`${parts}`;
}

/** The beginning of a text in one line, for lists. */
export function firstWords(text: string, most = 140): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1))} …`;
}

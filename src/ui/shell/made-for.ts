/** Every form that posts says for whom its person acted when it was made; the server refuses it for anybody else. */
import { escapeHtml, type Safe, trustedHtml } from '#platform/html/html.ts';
import type { ShellContext } from './context.ts';

const POSTING = /<form\b(?=[^>]*\smethod="post")[^>]*>/g;

/** Puts the field into the forms of a page; forms with files, whose body is read late, carry it in their address. */
export function nameActing(page: Safe, { acting }: ShellContext): Safe {
  if (!acting) return page;
  const value = escapeHtml(acting.current.value);
  const named = page.text.replace(POSTING, (tag) =>
    tag.includes('enctype="multipart/form-data"')
      ? tag.replace(
          /\saction="([^"]*)"/,
          (_, to: string) => ` action="${to}${to.includes('?') ? '&amp;' : '?'}madeFor=${value}"`,
        )
      : `${tag}<input type="hidden" name="madeFor" value="${value}">`,
  );
  // Only tags of our own templates are touched: data cannot hold a "<" or a quotation mark.
  return trustedHtml(named);
}

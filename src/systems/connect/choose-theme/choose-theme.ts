import { safeUrl } from '#platform/html/html.ts';
import { type Answer, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';

const YEAR_SECONDS = 365 * 24 * 3600;

/** POST /theme: remembers light or dark in a cookie and goes back to the page. */
export async function chooseTheme(context: Context): Promise<Answer> {
  const { theme } = context.fields;
  if (theme === 'light' || theme === 'dark') {
    context.reply.setCookie('theme', theme, {
      path: '/',
      maxAge: YEAR_SECONDS,
      sameSite: 'lax',
      secure: context.services.settings.publicUrl.startsWith('https:'),
    });
  }
  return redirect(safeUrl(String(context.fields.return ?? '/')).replace(/^#$/, '/'));
}

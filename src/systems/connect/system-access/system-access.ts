import { html } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { card, pageHead, staffPage, systemsList } from '#ui';
import { systemsFor } from '../shell.ts';

/** GET /system-access: the page behind the Systems button, for everyone without script. */
export async function showSystemAccess(context: Context): Promise<Answer> {
  return page(
    staffPage(
      { ...(await context.frame()), title: 'System Access' },
      html`${pageHead({ title: 'System Access', lead: 'Choose a system. You stay logged in as you move between them.' })}${card({ label: 'Systems', flush: true }, systemsList(await systemsFor(context)))}`,
    ),
  );
}

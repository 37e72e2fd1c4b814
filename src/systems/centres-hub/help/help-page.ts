import type { HtmlValue, Safe } from '#platform/html/html.ts';
import { NotFound } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import type { StaffPageOptions } from '#ui';
import type { HelpTask } from '../../../../content/help/task.ts';
import { helpTasks } from '../../../../content/help/tasks.ts';
import { bodyPage, type Hub, type HubQuery, hubOf, hubPage } from '../hub-page/hub-page.ts';

/** Throws NotFound when there is no such task. */
export function taskBySlug(slug: string): HelpTask {
  const task = helpTasks.find((one) => one.slug === slug);
  if (!task) throw new NotFound();
  return task;
}

/** The frame of a page of help. The awarding body reads it with a centre chosen, or without. */
export interface HelpFrame {
  /** Null: the awarding body, about no centre. */
  readonly hub: Hub | null;
  href(path: string): string;
  page(options: Pick<StaffPageOptions, 'title' | 'form' | 'hasErrors'>, body: HtmlValue): Promise<Safe>;
}

export async function helpFrame(context: Context<unknown, HubQuery>): Promise<HelpFrame> {
  if (context.acting().kind === 'awarding_body' && !context.query.centre)
    return {
      hub: null,
      href: (path) => path,
      page: (options, body) => bodyPage(context as Context, options, body),
    };
  const hub = await context.read((reader) => hubOf(reader, context));
  const frame = await context.frame();
  return { hub, href: (path) => hub.href(path), page: async (options, body) => hubPage(frame, hub, options, body) };
}

/** "0:42" */
export function lengthText(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

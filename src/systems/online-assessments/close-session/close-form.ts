import { sql } from 'kysely';
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  crumbs,
  errorSummary,
  form,
  linkButton,
  note,
  pageHead,
  plural,
  submitButton,
  summaryList,
} from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { sessionTarget, type Target } from '../sitting-act/target.ts';
import { closeSession } from './close-session.ts';

/** What the closing would do now. */
interface Preview extends Target {
  /** Never arrived or not admitted: become absent. */
  readonly absent: readonly string[];
  /** Admitted, not started: their bookings are cancelled. */
  readonly notStarted: readonly string[];
  readonly finished: number;
}

const params = z.object({ session: z.uuid() });

/** GET /online-assessments/sessions/:session/close: what happens to whom. */
export const showClose = handler({ params }, async (context): Promise<Answer> => {
  const preview = await previewOf(context);
  return page(await closePage(context as Context, preview, await context.keptFields(), []));
});

/** POST /online-assessments/sessions/:session/close */
export const submitClose = handler({ params }, async (context): Promise<Answer> => {
  const preview = await previewOf(context);
  return submitForm(context as Context, {
    schema: z.object({}),
    page: (values, errors) => closePage(context as Context, preview, values, errors),
    action: async (writer) => {
      await closeSession(writer, { sessionId: preview.sessionId });
      return `/online-assessments/sessions/${preview.sessionId}`;
    },
  });
});

function previewOf(context: Context<{ session: string }>): Promise<Preview> {
  return context.read(async (reader) => {
    const target = await sessionTarget(reader, context.params.session);
    const rows = await reader.rows(sql<{ name: string; state: string; ended: boolean }>`
      select c.given_names || ' ' || c.family_name as name, s.state, s.ended_at is not null as ended
      from online_assessments.sittings s join web_portal.published_candidates c on c.id = s.candidate_id and c.centre_id = s.centre_id
      where s.session_id = ${target.sessionId} and s.centre_id = ${target.centreId} order by s.seat`);
    const names = (state: string) => rows.filter((row) => row.state === state).map(({ name }) => name);
    return {
      ...target,
      absent: names('booked'),
      notStarted: names('checked_in'),
      finished: rows.filter(({ ended }) => ended).length,
    };
  });
}

function closePage(context: Context, preview: Preview, _: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  const { sessionId, room, working, paused, absent, notStarted, finished } = preview;
  const session = `/online-assessments/sessions/${sessionId}`;
  const busy = working + paused;
  const title = `Close the session in ${room}`;
  return assessmentsPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`<div class="wrap-m">${crumbs([
      { label: 'Sessions', href: '/online-assessments' },
      { label: room, href: session },
      { label: 'Live board', href: `${session}/board` },
      { label: title },
    ])}${errorSummary(errors)}${pageHead({ title, lead: 'The code stops working, and nobody can start any more. A closed session is never opened again.' })}
${
  busy > 0 &&
  note(
    `${plural(busy, 'candidate is', 'candidates are')} still working. Wait until they have handed in, or end their tests first.`,
    {
      tone: 'warn',
      class: 'mb',
    },
  )
}${form(
  { action: `${session}/close`, submissionId: crypto.randomUUID(), class: 'ao-card' },
  html`${summaryList([
    ['Finished', plural(finished, 'candidate')],
    ['Become absent', absent.length > 0 ? names(absent) : 'Nobody'],
    ['Admitted but not started: booking cancelled', notStarted.length > 0 ? names(notStarted) : 'Nobody'],
  ])}${buttonRow(
    busy === 0 && submitButton('Close the session'),
    linkButton('Back to the board', `${session}/board`, { look: 'quiet' }),
  )}`,
)}</div>`,
  );
}

const names = (list: readonly string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(list);

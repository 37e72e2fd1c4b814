/** The page and the submission of one act on a sitting or on a whole session: the same frame for each of them. */
import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { type Handler, handler } from '#platform/http/routes.ts';
import {
  type ButtonLook,
  buttonRow,
  crumbs,
  errorSummary,
  form,
  linkButton,
  pageHead,
  submitButton,
  textareaField,
} from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { signInFields, submitAsInvigilator } from '../session/fresh-sign-in.ts';
import { sessionTarget, sittingTarget, type Target } from './target.ts';

export interface ActForm {
  readonly target: Target;
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
}

export interface Act<T> {
  /** Last part of the address: "pause". */
  readonly name: string;
  /** "Pause the test of Aaron Pike at seat 3". */
  readonly title: (target: Target) => string;
  /** What happens by it. */
  readonly lead?: (target: Target) => HtmlValue;
  readonly schema: z.ZodType<T>;
  readonly fields: (form: ActForm) => HtmlValue;
  readonly button: (target: Target) => string;
  readonly look?: ButtonLook;
  /** Whether the act asks for PIN and password when the last time was more than 15 minutes ago. */
  readonly fresh: boolean;
  readonly action: (writer: Writer, value: T, target: Target, context: Context) => Promise<unknown>;
  /** Where one comes from when it is not the board: the session's page. */
  readonly fromSession?: true;
  /** Where it leads; default: the board, at the seat. */
  readonly next?: (target: Target) => string;
}

const boardPath = (target: Pick<Target, 'sessionId' | 'sitting'>): string =>
  `/online-assessments/sessions/${target.sessionId}/board${target.sitting ? `#seat-${target.sitting.seat}` : ''}`;

/** The two handlers of an act, for sittings (`:sitting`) or for sessions (`:session`). */
export function actOn<T>(
  kind: 'sitting' | 'session',
  act: Act<T>,
): { readonly show: Handler; readonly submit: Handler } {
  const params = z.object({ [kind]: z.uuid() }) as unknown as z.ZodType<Record<string, string>>;
  const targetOf = (context: Context<Record<string, string>>): Promise<Target> => {
    const id = context.params[kind] as string;
    return context.read((reader) => (kind === 'sitting' ? sittingTarget(reader, id) : sessionTarget(reader, id)));
  };
  const show = handler({ params }, async (context): Promise<Answer> => {
    const target = await targetOf(context);
    return page(await actPage(context as Context, act, { target, values: await context.keptFields(), errors: [] }));
  });
  const submit = handler({ params }, async (context): Promise<Answer> => {
    const target = await targetOf(context);
    return submitAsInvigilator<T>(context as Context, {
      schema: act.schema,
      page: (own, values, errors) => actPage(own, act, { target, values, errors }),
      action: async (writer, value) => {
        await act.action(writer, value, target, { ...context, principal: writer.principal } as Context);
        return (act.next ?? boardPath)(target);
      },
    });
  });
  return { show: show as Handler, submit: submit as Handler };
}

function actPage<T>(context: Context, act: Act<T>, actForm: ActForm): Promise<Safe> {
  const { target, errors } = actForm;
  const title = act.title(target);
  const address = target.sitting
    ? `/online-assessments/sittings/${target.sitting.id}/${act.name}`
    : `/online-assessments/sessions/${target.sessionId}/${act.name}`;
  const session = `/online-assessments/sessions/${target.sessionId}`;
  return assessmentsPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`<div class="wrap-m">${crumbs([
      { label: 'Sessions', href: '/online-assessments' },
      { label: target.room, href: session },
      ...(act.fromSession ? [] : [{ label: 'Live board', href: `${session}/board` }]),
      { label: act.button(target) },
    ])}${errorSummary(errors)}${pageHead({ title, lead: act.lead?.(target) })}
${form(
  { action: address, submissionId: crypto.randomUUID(), class: 'ao-card' },
  html`${act.fields(actForm)}${act.fresh && signInFields(context, errors)}${buttonRow(
    submitButton(act.button(target), act.look ? { look: act.look } : {}),
    act.fromSession
      ? linkButton('Back to the session', session, { look: 'quiet' })
      : linkButton('Back to the board', boardPath(target), { look: 'quiet' }),
  )}`,
)}</div>`,
  );
}

/** What was typed into a field, as text. */
export const typed = (values: FormValues, name: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value : '';
};

/** A reason that stands in the time line for outsiders. */
export const reasonOf = (missing: string) =>
  z.string(missing).trim().min(1, missing).max(300, 'Use up to 300 characters');

export function reasonField({ values, errors }: ActForm, label: string, hint?: string): Safe {
  return textareaField({
    name: 'reason',
    label,
    ...(hint ? { hint } : {}),
    value: typed(values, 'reason'),
    errors,
    rows: 2,
    maxlength: 300,
  });
}

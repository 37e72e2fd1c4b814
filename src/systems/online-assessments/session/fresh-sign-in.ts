/** PIN and password in a form: the part that is shown when the last sign-in is old, and the submission that heeds it. */
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { type FormSubmission, parseForm, submitForm } from '#platform/http/forms.ts';
import { passwordField } from '#ui';
import { confirmInvigilator, needsPin } from './invigilator.ts';

const signIn = z.object({ pin: z.string().catch(''), password: z.string().catch('') });

/** Whether the forms of this person must ask for PIN and password now. */
function asksForSignIn(context: Pick<Context, 'principal' | 'services'>): boolean {
  return needsPin(context.principal, context.services.clock.now());
}

/** The two fields, or nothing while the last sign-in is fresh. */
export function signInFields(
  context: Pick<Context, 'principal' | 'services'>,
  errors: readonly FieldError[],
): Safe | null {
  if (!asksForSignIn(context)) return null;
  return html`<div class="ao-card tint mb"><p class="strong m0">Confirm that it is you</p><p class="muted">You signed in more than 15 minutes ago. Your PIN is under My details.</p>${passwordField(
    { name: 'pin', label: 'Your PIN', errors, autocomplete: 'one-time-code', inputmode: 'numeric' },
  )}${passwordField({ name: 'password', label: 'Your password', errors })}</div>`;
}

export interface InvigilatorForm<T> extends Omit<FormSubmission<T>, 'page'> {
  /** As in `submitForm`; the context is the person's as confirmed meanwhile, so that the fields are not asked for twice. */
  readonly page: (context: Context, values: FormValues, errors: readonly FieldError[]) => Promise<Safe> | Safe;
}

/**
 * The way of a form that an invigilator sends: fields first, so that a forgotten reason costs no try; then PIN and
 * password when they were asked for; then the act, as the person just confirmed.
 */
export async function submitAsInvigilator<T>(context: Context, form: InvigilatorForm<T>): Promise<Answer> {
  const parsed = parseForm(form.schema, context.fields);
  const given = signIn.parse(context.fields);
  let confirmed = context;
  if (parsed.ok && asksForSignIn(context) && (given.pin || given.password)) {
    try {
      const principal = await confirmInvigilator(context.services, context.principal, {
        ...given,
        address: context.address,
      });
      confirmed = {
        ...context,
        principal,
        write: (work, options) =>
          context.services.database.write(principal, work, {
            capability: 'online-assessments.invigilate',
            requestId: context.requestId,
            ...options,
          }),
      };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return page(await form.page(context, context.fields, error.errors), 422);
    }
  }
  return submitForm(confirmed, {
    ...form,
    page: (values, errors) => form.page(confirmed, values, errors),
  });
}

import { z } from 'zod';
import { reasonField } from '#accounts';
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { type Crumb, card, reasonForm } from '#ui';
import { formPage } from './form-page.ts';
import type { Hub } from './hub-page.ts';

export const withReason = z.object({ reason: reasonField });

/** The page of an act that ends or withdraws something and asks why. */
export function reasonPage(
  frame: Frame,
  hub: Hub,
  options: {
    readonly title: string;
    readonly crumbs: readonly Crumb[];
    /** What happens, before the reason. */
    readonly words: HtmlValue;
    readonly action: string;
    readonly button: string;
    readonly back: string;
    readonly values: FormValues;
    readonly errors: readonly FieldError[];
  },
): Safe {
  const { title, words, action, button, back, values, errors } = options;
  return formPage(
    frame,
    hub,
    { title, crumbs: options.crumbs, errors },
    card(
      { label: 'Why' },
      html`<p>${words}</p>
${reasonForm({ action, button, back, values, errors, hint: 'It stays in the record.' })}`,
    ),
  );
}

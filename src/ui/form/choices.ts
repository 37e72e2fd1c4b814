/** Radios and checkboxes. */
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import { attributes, classes } from '../attributes.ts';
import { type FieldOptions, fieldParts, fieldset, formGroup } from './field.ts';

export interface ChoiceItem {
  value: string;
  label: HtmlValue;
  hint?: HtmlValue;
  disabled?: boolean;
}

export interface RadiosOptions extends FieldOptions {
  items: readonly ChoiceItem[];
  value?: string | null | undefined;
  inline?: boolean;
  small?: boolean;
}

/** One of a few. `label` is the question. */
export function radios(options: RadiosOptions): Safe {
  return choiceGroup('radio', options, options.value ? [options.value] : []);
}

export interface CheckboxesOptions extends FieldOptions {
  items: readonly ChoiceItem[];
  values?: readonly string[];
  small?: boolean;
}

/** Any of a few. `label` is the question. */
export function checkboxes(options: CheckboxesOptions): Safe {
  return choiceGroup('checkbox', options, options.values ?? []);
}

type GroupOptions = FieldOptions & { items: readonly ChoiceItem[]; inline?: boolean; small?: boolean };

function choiceGroup(type: 'radio' | 'checkbox', options: GroupOptions, chosen: readonly string[]): Safe {
  const parts = fieldParts(options);
  const block = type === 'radio' ? 'govuk-radios' : 'govuk-checkboxes';
  const items = html`<div class="${classes(block, options.inline && `${block}--inline`, options.small && `${block}--small`)}" data-module="${block}">${options.items.map(
    (item, index) => {
      const id = index === 0 ? parts.id : `${parts.id}-${index + 1}`;
      return html`<div class="${block}__item"><input${attributes({
        class: `${block}__input`,
        id,
        name: options.name,
        type,
        value: item.value,
        checked: chosen.includes(item.value),
        disabled: item.disabled,
        'aria-describedby': item.hint ? `${id}-item-hint` : null,
      })}><label class="govuk-label ${block}__label" for="${id}">${item.label}</label>${
        item.hint && html`<div id="${id}-item-hint" class="govuk-hint ${block}__hint">${item.hint}</div>`
      }</div>`;
    },
  )}</div>`;
  return formGroup(parts.error, fieldset(options, parts, items));
}

/** One checkbox that stands alone, such as "I have checked the identity of this candidate". */
export function singleCheckbox(options: FieldOptions & { value?: string; checked?: boolean }): Safe {
  const parts = fieldParts(options);
  return formGroup(
    parts.error,
    html`${parts.error && html`<p id="${parts.id}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${parts.error.message}</p>`}<div class="govuk-checkboxes" data-module="govuk-checkboxes"><div class="govuk-checkboxes__item"><input${attributes(
      {
        class: 'govuk-checkboxes__input',
        id: parts.id,
        name: options.name,
        type: 'checkbox',
        value: options.value ?? 'yes',
        checked: options.checked,
        'aria-describedby': parts.describedBy,
        'aria-invalid': parts.error && 'true',
      },
    )}><label class="govuk-label govuk-checkboxes__label" for="${parts.id}">${options.label}</label>${
      options.hint && html`<div id="${parts.id}-hint" class="govuk-hint govuk-checkboxes__hint">${options.hint}</div>`
    }</div></div>`,
  );
}

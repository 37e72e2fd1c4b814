/** The part of a form that asks for pathway and optional units. */
import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';
import type { Product, Unit, Version } from '#products';
import { card, checkboxes, errorFor, hiddenField, note, radios, submitButton } from '#ui';
import { typed } from '../register-candidate/fields.ts';
import { type Choice, choiceInWords, whatToChoose } from './choice.ts';

/** The version that is chosen from, with its product and units. */
export interface ChosenVersion {
  readonly product: Product;
  readonly version: Version;
  readonly units: readonly Unit[];
}

/** What the fields of a form choose of a version; nothing when they were shown for another product. */
export function typedChoice(fields: FormValues, productId: string): Choice {
  if (typed(fields, 'unitsOf') !== productId) return { pathway: null, units: [] };
  return { pathway: typed(fields, 'pathway') || null, units: [fields.unit ?? []].flat() };
}

/** What the choice of a form still lacks, in a sentence; null where there is nothing to choose. */
export function chosenInWords(fields: FormValues, chosen: ChosenVersion | null): string | null {
  return chosen && choiceInWords(chosen.version, chosen.units, typedChoice(fields, chosen.product.id));
}

/** The card of a form of registration: the choices of the product that is chosen, and the way to them when it changes. */
export function choiceCard(
  values: FormValues,
  errors: readonly FieldError[],
  { chosen }: { readonly chosen: ChosenVersion | null },
): Safe {
  const error = errorFor(errors, 'units');
  const open = chosen && whatToChoose(chosen.version);
  const choices = open && (open.pathways.length > 0 || open.alternatives.length > 0);
  return card(
    { title: 'Pathway and optional units', id: 'units', class: error && 'needs-answer' },
    html`${error && note(error.message, { tone: 'warn' })}${
      choices
        ? html`<p>What is planned. It may be left open and chosen later, until the certificate is claimed.</p>${choiceFields(values, errors, chosen)}`
        : html`<p>${chosen ? `Every unit of ${chosen.product.title} is needed: there is nothing to choose.` : 'They depend on the product.'}</p>`
    }<div class="row">${submitButton('Save draft and show those of the product', { look: 'quiet', name: 'act', value: 'units', small: true })}</div>`,
  );
}

/** The fields themselves, with the sentence that judges what is ticked. */
export function choiceFields(values: FormValues, errors: readonly FieldError[], chosen: ChosenVersion): Safe {
  const { version, units, product } = chosen;
  const { pathways, alternatives } = whatToChoose(version);
  const { pathway, units: ticked } = typedChoice(values, product.id);
  const unitOf = new Map(units.map((unit) => [unit.code, unit]));
  const titlesOf = (codes: readonly string[]) => codes.map((code) => unitOf.get(code)?.title ?? code).join('; ');
  return html`${hiddenField('unitsOf', product.id)}${
    pathways.length > 0 &&
    radios({
      name: 'pathway',
      label: 'Pathway',
      hideLabel: false,
      value: pathway,
      errors,
      items: pathways.map((one) => ({
        value: one.title,
        label: one.title,
        hint: `Needs besides: ${titlesOf(one.units)}`,
      })),
    })
  }${alternatives.map(({ words, codes }, at) =>
    checkboxes({
      name: 'unit',
      ...(at > 0 && { id: `unit-group-${at}` }),
      label: words,
      small: true,
      values: ticked,
      errors: at === 0 ? errors : [],
      items: codes.map((code) => ({ value: code, label: `${code} ${unitOf.get(code)?.title ?? ''}` })),
    }),
  )}<p class="muted" data-told="units" role="status">${chosenInWords(values, chosen)}</p>`;
}

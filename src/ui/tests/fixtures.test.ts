import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { html, type Safe, trustedHtml } from '#platform/html/html.ts';
import {
  checkboxes,
  dateField,
  errorSummary,
  fileField,
  passwordField,
  radios,
  selectField,
  submitButton,
  textareaField,
  textField,
} from '../index.ts';

interface Fixture {
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: the options differ for every component and example
  options: any;
  html: string;
}

const PACKAGE = fileURLToPath(new URL('../../../node_modules/govuk-frontend/dist/govuk/components/', import.meta.url));

function fixture(component: string, name: string): Fixture {
  const { fixtures } = JSON.parse(readFileSync(`${PACKAGE}${component}/fixtures.json`, 'utf8')) as {
    fixtures: Fixture[];
  };
  const found = fixtures.find((candidate) => candidate.name === name);
  assert.ok(found, `govuk-frontend has no example "${name}" of ${component}`);
  return found;
}

/**
 * The markup as a list of tags and texts: attributes in order of name, classes in order, white space folded.
 * We add `aria-invalid` to controls in error, and `tabindex` to a date whose whole is wrong; both are left out here.
 */
function outline(markup: string): string[] {
  const out: string[] = [];
  for (const [, tag, text] of markup.matchAll(/(<[^>]+>)|([^<]+)/g)) {
    if (text?.trim()) out.push(text.replace(/\s+/g, ' ').trim());
    if (!tag) continue;
    const name = /^<\/?[\w-]+/.exec(tag)?.[0] as string;
    const attributes = [...tag.slice(name.length).matchAll(/([\w-]+)(?:="([^"]*)")?/g)]
      .filter(([, attribute]) => attribute !== 'aria-invalid' && attribute !== 'tabindex')
      .map(([, attribute, value]) =>
        value === undefined
          ? attribute
          : `${attribute}="${attribute === 'class' ? value.split(' ').sort().join(' ') : value}"`,
      );
    out.push(`${name} ${attributes.sort().join(' ')}`.trim());
  }
  return out;
}

function same(ours: Safe | null, { html: theirs }: Fixture): void {
  assert.deepEqual(outline(String(ours)), outline(theirs));
}

/** Text or markup of an example's option; the examples of a package of ours are trusted. */
const words = (option: { text?: string; html?: string } | undefined) =>
  option && (option.html !== undefined ? trustedHtml(option.html) : html`${option.text ?? ''}`);

/** The options that all our fields share, from those of an example. */
function shared({ options }: Fixture) {
  const name = options.name ?? options.namePrefix ?? options.id;
  return {
    name,
    id: options.id ?? options.idPrefix,
    label: words(options.label ?? options.fieldset?.legend),
    ...(options.hint && { hint: words(options.hint) }),
    ...(options.errorMessage && { errors: [{ field: name, message: options.errorMessage.text }] }),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: items of examples
const items = ({ options }: Fixture): any[] =>
  // biome-ignore lint/suspicious/noExplicitAny: items of examples
  options.items.map((item: any) => ({
    value: String(item.value),
    label: words(item),
    ...(item.hint && { hint: words(item.hint) }),
    disabled: item.disabled,
  }));

describe('form parts carry the markup of govuk-frontend', () => {
  for (const name of [
    'default',
    'with hint text',
    'with error message',
    'with error and hint',
    'with autocomplete attribute',
  ]) {
    it(`text input: ${name}`, () => {
      const example = fixture('input', name);
      same(textField({ ...shared(example), autocomplete: example.options.autocomplete }), example);
    });
  }
  for (const name of [
    'default',
    'with hint',
    'with error message',
    'with hint and error message',
    'with default value',
  ]) {
    it(`textarea: ${name}`, () => {
      const example = fixture('textarea', name);
      same(textareaField({ ...shared(example), value: example.options.value }), example);
    });
  }
  for (const name of ['default', 'with hint text and error message', 'with selected value']) {
    it(`select: ${name}`, () => {
      const example = fixture('select', name);
      const { options } = example;
      const value = options.value ?? options.items.find((item: { selected?: boolean }) => item.selected)?.value ?? '';
      const choices = options.items.map((item: { value?: string; text: string; disabled?: boolean }) => ({
        value: item.value === undefined ? item.text : String(item.value),
        label: item.text,
        disabled: item.disabled,
      }));
      const ours = selectField({ ...shared(example), choices, value: String(value) });
      // The package leaves the value out where it equals the words; ours always says it.
      const theirs = {
        ...example,
        html: example.html.replace(/<option( selected)?>([^<]*)/g, '<option value="$2"$1>$2'),
      };
      same(ours, theirs);
    });
  }
  for (const name of [
    'default',
    'with hint',
    'inline',
    'with hints on parent and items',
    'with fieldset and error message',
  ]) {
    it(`radios: ${name}`, () => {
      const example = fixture('radios', name);
      const { options } = example;
      const value = options.items.find((item: { checked?: boolean }) => item.checked)?.value ?? options.value;
      same(
        radios({
          ...shared(example),
          items: items(example),
          value,
          inline: name.includes('inline'),
        }),
        example,
      );
    });
  }
  for (const name of ['default', 'with hint', 'with error message', 'with error message and hint', 'small']) {
    it(`checkboxes: ${name}`, () => {
      const example = fixture('checkboxes', name);
      same(checkboxes({ ...shared(example), items: items(example), small: name === 'small' }), example);
    });
  }
  it('date input: default, with names of ours', () => {
    const example = fixture('date-input', 'default');
    example.html = example.html.replace(/name="(day|month|year)"/g, 'name="dob-$1"');
    same(dateField({ ...shared(example), name: 'dob' }), example);
  });
  for (const [name, part] of [
    ['with error message and hint', ''],
    ['with error on month input', '-month'],
  ] as const) {
    it(`date input: ${name}`, () => {
      const example = fixture('date-input', name);
      example.html = example.html.replace(/name="(day|month|year)"/g, `name="${example.options.id}-$1"`);
      const errors = [{ field: `${example.options.id}${part}`, message: example.options.errorMessage.text }];
      same(dateField({ ...shared(example), errors }), example);
    });
  }
  for (const name of ['default', 'with error message and hint']) {
    it(`file upload: ${name}`, () => {
      const example = fixture('file-upload', name);
      same(fileField(shared(example)), example);
    });
  }
  for (const name of ['default', 'with error message', 'with new-password autocomplete']) {
    it(`password input: ${name}`, () => {
      const example = fixture('password-input', name);
      same(passwordField({ ...shared(example), autocomplete: example.options.autocomplete }), example);
    });
  }
  it('error summary', () => {
    const example = fixture('error-summary', 'default');
    const errors = example.options.errorList.map((error: { href: string; text: string }) => ({
      field: error.href.slice(1),
      message: error.text,
    }));
    same(errorSummary(errors, example.options.titleText), example);
  });
  it('button', () => {
    const example = fixture('button', 'default');
    same(submitButton(example.options.text), example);
  });
  it('would notice a missing class', () => {
    const example = fixture('input', 'default');
    example.html = example.html.replace('class="govuk-input"', 'class="govuk-input extra"');
    assert.throws(() => same(textField(shared(example)), example));
  });
});

/**
 * The search box as a combobox with a list (WAI-ARIA Authoring Practices, "editable combobox with list autocomplete"):
 * focus stays in the box, arrows move through the results, Enter opens one or sends the form, Escape closes and then
 * empties. Everything is written as text, never as HTML.
 */

type Piece = readonly [text: string, hit: boolean];
interface Suggestions {
  readonly tooShort: boolean;
  readonly groups: readonly {
    readonly kind: string;
    readonly name: string;
    readonly more: boolean;
    readonly results: readonly {
      readonly title: readonly Piece[];
      readonly detail: readonly Piece[];
      readonly href: string;
    }[];
  }[];
}

const WAIT_MS = 150;

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const marked = (pieces: readonly Piece[]) => pieces.map(([text, hit]) => (hit ? element('mark', {}, text) : text));

function combobox(form: HTMLFormElement, input: HTMLInputElement): void {
  const list = element('div', { id: 'find-list', role: 'listbox', 'aria-label': 'Results', class: 'ao-find-list' });
  const status = element('div', { role: 'status', class: 'govuk-visually-hidden' });
  list.hidden = true;
  form.append(list, status);
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  }))
    input.setAttribute(name, value);

  let timer = 0;
  let asked: AbortController | undefined;
  /** What the list shows the results of. */
  let shown = '';
  let current = -1;

  const options = () => Array.from(list.querySelectorAll<HTMLElement>('[role=option]'));

  function choose(index: number): void {
    const all = options();
    all[current]?.setAttribute('aria-selected', 'false');
    current = index;
    const option = all[index];
    if (!option) {
      input.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', option.id);
  }

  function open(yes: boolean): void {
    list.hidden = !yes;
    input.setAttribute('aria-expanded', String(yes));
    if (!yes) choose(-1);
  }

  function close(): void {
    clearTimeout(timer);
    asked?.abort();
    open(false);
  }

  function show(typed: string, { tooShort, groups }: Suggestions): void {
    shown = typed;
    let number = 0;
    const count = groups.reduce((sum, { results }) => sum + results.length, 0);
    list.replaceChildren(
      ...groups.map(({ kind, name, results }) =>
        element(
          'div',
          { role: 'group', 'aria-labelledby': `find-${kind}` },
          element('div', { id: `find-${kind}`, role: 'presentation', class: 'kind' }, name),
          ...results.map(({ title, detail, href }) =>
            element(
              'div',
              { id: `find-${number++}`, role: 'option', 'aria-selected': 'false', 'data-href': href },
              element('span', { class: 't' }, ...marked(title)),
              ' ',
              element('span', { class: 'd' }, ...marked(detail)),
            ),
          ),
        ),
      ),
    );
    if (count > 0)
      list.append(
        element(
          'div',
          { id: 'find-all', role: 'option', 'aria-selected': 'false', class: 'all', 'data-href': pageOf(typed) },
          'Show all results',
        ),
      );
    const words = tooShort
      ? 'Type at least two letters or digits'
      : count === 0
        ? 'Nothing found'
        : `${count} ${count === 1 ? 'result' : 'results'}${groups.some(({ more }) => more) ? ', and more' : ''}`;
    if (count === 0) list.append(element('p', { role: 'presentation', class: 'none' }, words));
    status.textContent = words;
    choose(-1);
    open(true);
  }

  const pageOf = (typed: string) => `${form.getAttribute('action')}?${new URLSearchParams({ q: typed })}`;

  async function ask(): Promise<void> {
    asked?.abort();
    const typed = input.value.trim();
    if (typed === '') {
      shown = '';
      status.textContent = '';
      open(false);
      return;
    }
    asked = new AbortController();
    const { signal } = asked;
    try {
      const address = `${form.getAttribute('action')}/suggestions?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { headers: { accept: 'application/json' }, signal });
      // Logged out, or the server is away: Enter still sends the form, which says so.
      if (!answer.ok || answer.redirected) return close();
      const found = (await answer.json()) as Suggestions;
      if (!signal.aborted && document.activeElement === input) show(typed, found);
    } catch {
      if (!signal.aborted) close();
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT_MS);
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const last = options().length - 1;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        if (last < 0) return;
        event.preventDefault();
        if (list.hidden) open(true);
        const step = event.key === 'ArrowDown' ? 1 : -1;
        // Beyond the last result comes the box itself, and then the first.
        const next = current + step;
        return choose(next < -1 ? last : next > last ? -1 : next);
      }
      case 'Enter': {
        const option = options()[current];
        if (list.hidden || !option) return close();
        event.preventDefault();
        location.assign(option.dataset.href as string);
        return;
      }
      case 'Escape':
        event.preventDefault();
        if (list.hidden) input.value = '';
        return close();
      case 'Tab':
        return close();
    }
  });
  input.addEventListener('focus', () => {
    if (shown !== '' && shown === input.value.trim()) open(true);
  });
  input.addEventListener('blur', () => close());
  // Pressing must not take the focus out of the box, which would close the list before the click.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = (event.target as Element).closest<HTMLElement>('[role=option]');
    if (option) location.assign(option.dataset.href as string);
  });
}

/** "/" goes to the box, unless somebody is typing or a dialog is open. */
function shortcut(input: HTMLInputElement): void {
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const at = document.activeElement;
    if (at instanceof HTMLElement && (at.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
    if (document.querySelector('dialog[open]') || input.offsetParent === null) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

const form = document.querySelector<HTMLFormElement>('[data-search]');
const input = form?.querySelector<HTMLInputElement>('input[type=search]');
if (form && input) {
  combobox(form, input);
  shortcut(input);
}

/** The general island of every page. All it does has a way without script; it shortens journeys. */

const all = <E extends Element = HTMLElement>(selector: string, root: ParentNode = document) =>
  Array.from(root.querySelectorAll<E>(selector));

/** The theme form switches in place and remembers the choice in the cookie that the server reads. */
function themeForms(): void {
  const root = document.documentElement;
  const dark = () =>
    root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const forms = all<HTMLFormElement>('[data-theme-form]');
  const label = () => {
    const next = dark() ? 'light' : 'dark';
    for (const form of forms) {
      const button = form.querySelector('button');
      const field = form.querySelector<HTMLInputElement>('[name=theme]');
      if (field) field.value = next;
      if (!button) continue;
      if (button.hasAttribute('aria-label')) button.setAttribute('aria-label', `Switch to ${next} colours`);
      else button.textContent = `Switch to ${next} colours`;
    }
  };
  for (const form of forms) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const theme = dark() ? 'light' : 'dark';
      root.dataset.theme = theme;
      const secure = location.protocol === 'https:' ? '; secure' : '';
      // biome-ignore lint/suspicious/noDocumentCookie: Cookie Store is missing in the browsers we support
      document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${secure}`;
      label();
    });
  }
  label();
}

/** Links with `data-dialog` open that dialog; they stay links for a new tab, and without script. */
function dialogs(): void {
  for (const trigger of all<HTMLAnchorElement>('[data-dialog]')) {
    const dialog = document.getElementById(trigger.dataset.dialog ?? '');
    if (!(dialog instanceof HTMLDialogElement)) continue;
    trigger.setAttribute('aria-haspopup', 'dialog');
    trigger.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      dialog.showModal();
    });
  }
  for (const button of all('[data-close]')) {
    button.addEventListener('click', () => button.closest('dialog')?.close());
  }
}

/** Long side material starts closed on phones. */
function phoneDetails(): void {
  if (!matchMedia('(max-width: 680px)').matches) return;
  for (const details of all<HTMLDetailsElement>('[data-phone-closed]')) details.open = false;
}

/** Selecting rows: the bar of actions appears with the number of selected rows. */
function bulkSelection(): void {
  for (const bar of all<HTMLFormElement>('[data-bulk]')) {
    const scope = bar.parentElement ?? document;
    const rows = all<HTMLInputElement>('[data-row]', scope);
    const everything = scope.querySelector<HTMLInputElement>('[data-all]');
    const output = bar.querySelector('output');
    const show = () => {
      const selected = rows.filter((row) => row.checked).length;
      bar.hidden = selected === 0;
      if (output) output.textContent = `${selected} ${selected === 1 ? bar.dataset.one : bar.dataset.many} selected`;
      if (everything) {
        everything.checked = selected > 0 && selected === rows.length;
        everything.indeterminate = selected > 0 && selected < rows.length;
      }
      for (const row of rows) row.closest('tr')?.toggleAttribute('data-selected', row.checked);
    };
    for (const row of rows) row.addEventListener('change', show);
    everything?.addEventListener('change', () => {
      for (const row of rows) row.checked = everything.checked;
      show();
    });
    // After going back the browser restores ticks without an event.
    addEventListener('pageshow', show);
    show();
  }
}

/** A form is sent once, however often the button is pressed. The server holds the same line by submission id. */
function submitOnce(): void {
  for (const form of all<HTMLFormElement>('form[data-once]')) {
    let sent = false;
    form.addEventListener('submit', (event) => {
      if (event.defaultPrevented) return;
      if (sent) {
        event.preventDefault();
        return;
      }
      sent = true;
      // A disabled button would drop its own name and value from the post, so it is only marked.
      event.submitter?.setAttribute('aria-busy', 'true');
    });
    // A page that comes back from the cache of the browser may send again.
    addEventListener('pageshow', (event) => {
      if (!event.persisted) return;
      sent = false;
      for (const button of all('[aria-busy]', form)) button.removeAttribute('aria-busy');
    });
  }
}

/** Links with `data-print` print the page. */
function printLinks(): void {
  for (const trigger of all('[data-print]')) {
    trigger.addEventListener('click', (event) => {
      event.preventDefault();
      print();
    });
  }
}

/** Tabs wider than a phone: the current one is brought into sight. */
function currentTab(): void {
  const tab = document.querySelector<HTMLElement>('.ao-nav [aria-current]');
  const list = tab?.closest('ul');
  if (tab && list) list.scrollLeft = tab.offsetLeft - list.clientWidth / 3;
}

themeForms();
currentTab();
dialogs();
phoneDetails();
bulkSelection();
submitOnce();
printLinks();

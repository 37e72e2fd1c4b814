/**
 * A form that a centre fills in: questions open and close by their conditions, and what is typed is saved as a draft
 * after each second of pause. The answer to a save may tell what the page says of it (`data-told`). Without it all
 * questions are there with their conditions in words, and a button saves.
 */

const PAUSE = 1000;
const AGAIN = 5000;

const form = document.querySelector<HTMLFormElement>('form#fill-in');

/** The answers given to a question now. */
function given(target: HTMLFormElement, key: string): string[] {
  return new FormData(target).getAll(`q.${key}`).map(String);
}

/** A question is asked while the one it depends on is asked and has one of the answers. */
function openAndClose(target: HTMLFormElement): void {
  const asked = new Set<string>();
  for (const block of target.querySelectorAll<HTMLElement>('[data-question]')) {
    const on = block.dataset.if;
    const is: unknown = JSON.parse(block.dataset.is ?? '[]');
    const holds = !on || (asked.has(on) && Array.isArray(is) && given(target, on).some((one) => is.includes(one)));
    block.hidden = !holds;
    if (holds) asked.add(block.dataset.question ?? '');
  }
}

/** The fields as the server reads them from a form without script. */
function fieldsOf(target: HTMLFormElement): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  const data = new FormData(target);
  for (const name of new Set(data.keys())) {
    const all = data.getAll(name).map(String);
    fields[name] = all.length > 1 ? all : (all[0] ?? '');
  }
  return fields;
}

interface Saved {
  revision: number;
  seen: string;
  said: string;
  missing: { at: string; message: string }[];
  told?: Record<string, string>;
}

function showTold(told: Record<string, string>): void {
  for (const [name, words] of Object.entries(told)) {
    const place = document.querySelector(`[data-told="${CSS.escape(name)}"]`);
    if (place) place.textContent = words;
  }
}

function showMissing(missing: Saved['missing']): void {
  const place = document.querySelector('[data-missing]');
  if (!place) return;
  if (missing.length === 0) {
    const words = document.createElement('p');
    words.className = 'm0';
    words.textContent = 'Nothing. The form can be submitted.';
    place.replaceChildren(words);
    return;
  }
  const list = document.createElement('ul');
  list.className = 'm0';
  for (const { at, message } of missing) {
    const link = document.createElement('a');
    link.href = `#${at}`;
    link.textContent = message;
    const item = document.createElement('li');
    item.append(link);
    list.append(item);
  }
  place.replaceChildren(list);
}

function saveWhileTyping(target: HTMLFormElement, address: string): void {
  const state = document.querySelector<HTMLElement>('[data-save-state]');
  let timer = 0;
  let busy = false;
  let stopped = false;
  let leaving = false;
  let waiting: HTMLElement | null = null;
  let saved = JSON.stringify(answers());

  function answers(): Record<string, string | string[]> {
    const { revision: _, seen: __, signedName: ___, ...rest } = fieldsOf(target);
    for (const name of Object.keys(rest)) if (name.startsWith('find.')) delete rest[name];
    return rest;
  }
  const say = (words: string, wrong = false) => {
    if (!state || state.textContent === words) return;
    state.textContent = words;
    state.classList.toggle('warnc', wrong);
  };
  const set = (name: string, value: string) => {
    const field = target.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  };
  const later = (pause: number) => {
    clearTimeout(timer);
    timer = window.setTimeout(send, pause);
  };

  async function send(): Promise<void> {
    if (busy || stopped || leaving) return;
    const now = JSON.stringify(answers());
    if (now === saved) return;
    busy = true;
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(fieldsOf(target)),
      });
      if (answer.ok && !answer.redirected) {
        const done = (await answer.json()) as Saved;
        saved = now;
        set('revision', String(done.revision));
        set('seen', done.seen);
        say(done.said);
        showMissing(done.missing);
        showTold(done.told ?? {});
      } else if (answer.status === 409) {
        stopped = true;
        say(((await answer.json()) as { message: string }).message, true);
      } else if (answer.status >= 500) {
        say('Not saved: the service did not answer, will try again', true);
        later(AGAIN);
      } else {
        stopped = true;
        say('Not saved: press "Save draft", log in again if you are asked, and go on', true);
      }
    } catch {
      // No network: what was typed is still on the page.
      say('Not saved: no connection, will try again', true);
      later(AGAIN);
    } finally {
      busy = false;
    }
    if (waiting) {
      leaving = true;
      target.requestSubmit(waiting);
      return;
    }
    if (!stopped && JSON.stringify(answers()) !== saved) later(PAUSE);
  }

  target.addEventListener('input', () => later(PAUSE));
  target.addEventListener('change', () => later(PAUSE));
  // The button saves what is typed. A save under way comes first, or the two would look like two people's.
  target.addEventListener(
    'submit',
    (event) => {
      clearTimeout(timer);
      if (busy && event.submitter) {
        event.preventDefault();
        event.stopImmediatePropagation();
        waiting = event.submitter;
      } else leaving = true;
    },
    { capture: true },
  );
  addEventListener('pageshow', () => {
    leaving = false;
    waiting = null;
  });
  addEventListener('online', () => later(0));
}

if (form) {
  for (const words of form.querySelectorAll<HTMLElement>('[data-only-if]')) words.hidden = true;
  form.addEventListener('change', () => openAndClose(form));
  // After going back the browser restores answers without an event.
  addEventListener('pageshow', () => openAndClose(form));
  openAndClose(form);
  const address = form.closest<HTMLElement>('[data-draft]')?.dataset.draft;
  if (address) saveWhileTyping(form, address);
}

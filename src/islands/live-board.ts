/**
 * The live board, kept up to date: fetches the board's part of the page every few seconds and changes only what is
 * different, so that focus, selection, scroll position and a pressed button stay. Without it, Refresh does the same.
 */

/** Makes `from` equal to `to`, keeping every node that can stay. Elements are matched by id, else by place and name. */
function morph(from: Element, to: Element): void {
  for (const { name } of Array.from(from.attributes)) if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of Array.from(to.attributes))
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  if (from instanceof HTMLProgressElement && to instanceof HTMLProgressElement) from.value = to.value;
  let here = from.firstChild;
  for (const wanted of Array.from(to.childNodes)) {
    const kept = keep(from, here, wanted);
    if (!kept) {
      from.insertBefore(wanted.cloneNode(true), here);
      continue;
    }
    if (kept !== here) from.insertBefore(kept, here);
    if (kept instanceof Element && wanted instanceof Element) {
      if (!kept.isEqualNode(wanted)) morph(kept, wanted);
    } else if (kept.nodeValue !== wanted.nodeValue) kept.nodeValue = wanted.nodeValue;
    here = kept.nextSibling;
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

/** The node that `wanted` can be made of: the one with its id, or the one at this place when it is of the same kind. */
function keep(parent: Element, here: ChildNode | null, wanted: Node): ChildNode | null {
  if (wanted instanceof Element && wanted.id) {
    return Array.from(parent.children).find((child) => child.id === wanted.id) ?? null;
  }
  if (!here || here.nodeType !== wanted.nodeType || here.nodeName !== wanted.nodeName) return null;
  return here instanceof Element && here.id ? null : here;
}

const board = document.querySelector<HTMLElement>('[data-live]');

async function refresh(target: HTMLElement): Promise<'again' | 'over'> {
  const answer = await fetch(target.dataset.live as string, { headers: { accept: 'text/html' } });
  // The way to the log-in page: somebody must come back; a reload asks for it and returns here.
  if (answer.redirected || answer.status === 403 || answer.status === 404) {
    say(target, 'You are logged out. Reload the page to log in and go on');
    return 'over';
  }
  if (!answer.ok) throw new Error(`the board answered ${answer.status}`);
  const part = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live]');
  if (!part) throw new Error('the answer is not the board');
  part.setAttribute('data-live', target.dataset.live as string);
  part.setAttribute('data-every', target.dataset.every as string);
  morph(target, part);
  return 'again';
}

function say(target: HTMLElement, words: string): void {
  const place = target.querySelector<HTMLElement>('[data-updated]');
  if (!place) return;
  place.textContent = words;
  place.classList.add('badc', 'strong');
}

function keepUpToDate(target: HTMLElement): void {
  const every = Number(target.dataset.every) * 1000;
  let timer = 0;
  let busy = false;
  const run = async () => {
    clearTimeout(timer);
    if (busy || document.hidden) return;
    busy = true;
    let next: 'again' | 'over' = 'again';
    try {
      next = await refresh(target);
    } catch {
      const last = target.querySelector<HTMLElement>('[data-updated]')?.dataset.updated;
      say(target, `No connection. This is how it was at ${last}; trying again`);
    }
    busy = false;
    if (next === 'again') timer = window.setTimeout(run, every);
  };
  document.addEventListener('visibilitychange', () => void run());
  addEventListener('online', () => void run());
  void run();
}

if (board) keepUpToDate(board);

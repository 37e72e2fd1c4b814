/** While a file is registered: looks every second, shows how far it is, and loads the page anew at the end. */

const EVERY = 1000;
const LONGEST = 10_000;

async function look(wait: number): Promise<void> {
  const shown = document.querySelector('#import-progress');
  if (!shown) return;
  let next = EVERY;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('#import-progress');
    if (answer.ok && !fresh) return location.reload();
    if (fresh) shown.replaceChildren(...fresh.childNodes);
    else next = Math.min(LONGEST, wait * 2);
  } catch {
    // Away for a moment: what is shown stays, and the next look comes later.
    next = Math.min(LONGEST, wait * 2);
  }
  setTimeout(() => void look(next), next);
}

setTimeout(() => void look(EVERY), EVERY);

/** Keeps questions on the screen: no context menu, no copying, no printing; and notices leaving the window. */

/** Called once. `left` is called each time the candidate leaves the window; the invigilator is told, nobody is punished. */
export function protect(left: () => void): void {
  const refuse = (event: Event) => event.preventDefault();
  for (const kind of ['contextmenu', 'copy', 'cut', 'dragstart']) document.addEventListener(kind, refuse);
  document.addEventListener('keydown', (event) => {
    // Print and save. What prints all the same prints one sentence (see the theme).
    if ((event.ctrlKey || event.metaKey) && ['p', 's'].includes(event.key.toLowerCase())) event.preventDefault();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') left();
  });
  addEventListener('blur', left);
}

/** Covers the page faintly with the candidate's number, so that a photograph of the screen says whose it was. */
export function watermark(number: string): void {
  const canvas = document.createElement('canvas');
  canvas.width = 400;
  canvas.height = 280;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.translate(200, 140);
  pen.rotate(-0.42);
  pen.font = '500 22px sans-serif';
  pen.textAlign = 'center';
  pen.fillStyle = '#7d8d94';
  pen.fillText(number, 0, 0);
  const cover = document.createElement('div');
  cover.className = 'ao-watermark';
  cover.setAttribute('aria-hidden', 'true');
  canvas.toBlob((picture) => {
    if (!picture) return;
    // Set through the object model: the policy of the page refuses style attributes and data addresses, not this.
    cover.style.backgroundImage = `url("${URL.createObjectURL(picture)}")`;
    document.body.append(cover);
  });
}

const AUTOFILLED = 'seat-autofilled';

/** On the seat's log-in page: remembers for this tab that the browser filled a field in by itself. */
export function watchAutofill(): void {
  sessionStorage.removeItem(AUTOFILLED);
  const look = () => {
    for (const selector of [':autofill', ':-webkit-autofill']) {
      // A browser that does not know the selector refuses it.
      try {
        if (document.querySelector(`input${selector}`)) sessionStorage.setItem(AUTOFILLED, '1');
      } catch {}
    }
  };
  document.addEventListener('input', look);
  document.addEventListener('change', look);
  document.addEventListener('submit', look);
  setTimeout(look, 500);
}

export const wasAutofilled = (): boolean => sessionStorage.getItem(AUTOFILLED) === '1';

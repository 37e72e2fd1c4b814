/** Buttons with `data-copy` copy the text of the element that they name. Without script they stay hidden. */
if (navigator.clipboard) {
  for (const button of Array.from(document.querySelectorAll<HTMLElement>('[data-copy]'))) {
    const source = document.getElementById(button.dataset.copy ?? '');
    if (!source) continue;
    button.hidden = false;
    const before = button.textContent;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText((source.textContent ?? '').replace(/\s/g, ''));
      button.textContent = 'Copied';
    });
    button.addEventListener('blur', () => {
      button.textContent = before;
    });
  }
}

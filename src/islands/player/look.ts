/** Text size and colours, chosen under "Text and colours" and remembered for this sitting only. */
import { part } from './page.ts';

interface Look {
  readonly size: string;
  readonly colours: string;
}

const KEPT = 'seat-look';
const root = document.documentElement;

/** Forgets the choice: the next candidate at this computer begins with the standard look. */
export function forgetLook(): void {
  sessionStorage.removeItem(KEPT);
}

function keptLook(): Look {
  const standard = { size: 'standard', colours: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light' };
  try {
    return { ...standard, ...(JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as Partial<Look>) };
  } catch {
    // Not ours: the standard look.
    return standard;
  }
}

function apply({ size, colours }: Look): void {
  root.dataset.text = size;
  root.dataset.theme = colours === 'dark' || colours === 'yellow' ? 'dark' : 'light';
  root.dataset.tint = colours;
}

/** Applies the choice, and each new one at once. */
export function textAndColours(): void {
  const dialog = part<HTMLDialogElement>('#look');
  let look = keptLook();
  apply(look);
  for (const input of dialog.querySelectorAll<HTMLInputElement>('input')) {
    input.checked = look[input.name as keyof Look] === input.value;
    input.addEventListener('change', () => {
      look = { ...look, [input.name]: input.value };
      apply(look);
      sessionStorage.setItem(KEPT, JSON.stringify(look));
    });
  }
}

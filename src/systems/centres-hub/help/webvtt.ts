/** Captions as WebVTT (W3C WebVTT, section 4): written from steps, and checked when they come from outside. */

export interface Cue {
  /** Seconds from the beginning. */
  readonly from: number;
  readonly to: number;
  readonly words: string;
}

/** The text of a captions file. */
export function vttOf(cues: readonly Cue[]): string {
  // A cue's text must not hold what begins a tag or an entity, nor the arrow of a time.
  const safe = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `WEBVTT\n\n${cues.map(({ from, to, words }) => `${timeText(from)} --> ${timeText(to)}\n${safe(words)}\n`).join('\n')}`;
}

function timeText(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const part = (value: number, digits: number) => String(value).padStart(digits, '0');
  return `${part(Math.floor(ms / 3_600_000), 2)}:${part(Math.floor(ms / 60_000) % 60, 2)}:${part(Math.floor(ms / 1000) % 60, 2)}.${part(ms % 1000, 3)}`;
}

export type CheckedVtt = { readonly cues: readonly Cue[] } | { readonly problem: string };

const TIMES = /^((?:\d{2,}:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+((?:\d{2,}:)?\d{2}:\d{2}\.\d{3})(?:[ \t].*)?$/;

/** The cues of a captions file, or what is wrong with it and where, in a sentence. */
export function checkVtt(text: string): CheckedVtt {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  if (!/^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? ''))
    return { problem: 'The first line of captions is WEBVTT. Save the captions as WebVTT (.vtt)' };
  const cues: Cue[] = [];
  let at = lines.indexOf('');
  if (at < 0) at = lines.length;
  while (at < lines.length) {
    if (lines[at] === '') {
      at++;
      continue;
    }
    const end = lines.indexOf('', at);
    const block = lines.slice(at, end < 0 ? lines.length : end);
    const problem = takeBlock(block, at + 1, cues);
    if (problem) return { problem };
    at += block.length;
  }
  return cues.length > 0
    ? { cues }
    : { problem: 'The captions hold no words. Give each passage its times and its text' };
}

/** Adds the cue of a block, if it is one; `line` is the number of its first line. */
function takeBlock(block: readonly string[], line: number, cues: Cue[]): string | null {
  if (/^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/.test(block[0] ?? '')) return null;
  const timed = block[0]?.includes('-->') ? 0 : 1;
  const [, from, to] = TIMES.exec(block[timed] ?? '') ?? [];
  const start = secondsOf(from);
  const stop = secondsOf(to);
  const where = `Line ${line + Math.min(timed, block.length - 1)} of the captions`;
  if (start === null || stop === null) return `${where} should say from when to when, such as 00:05.000 --> 00:09.500`;
  if (stop <= start) return `${where} ends before it begins. Put the earlier time first`;
  if (start < (cues.at(-1)?.from ?? 0)) return `${where} begins before the passage above it. Put the passages in order`;
  const words = block
    .slice(timed + 1)
    .join('\n')
    .trim();
  if (words === '') return `${where} has times, and no words beneath. Write what is said, or take the times away`;
  cues.push({ from: start, to: stop, words });
  return null;
}

function secondsOf(time: string | undefined): number | null {
  if (time === undefined) return null;
  const parts = time.split(':').map(Number);
  const [seconds = 0, minutes = 0, hours = 0] = parts.reverse();
  return seconds < 60 && minutes < 60
    ? (hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000)) / 1000
    : null;
}

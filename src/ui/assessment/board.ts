/** The live room: one tile per seat. Working is plain; only exceptions have colour. */
import { type HtmlValue, html, type Safe, safeUrl } from '#platform/html/html.ts';
import { attributes, classes } from '../attributes.ts';
import { bar } from '../data/blocks.ts';
import { type IconName, icon } from '../icons.ts';

/** What a seat shows: quiet when all is well. */
export type SeatTone = 'working' | 'warn' | 'bad' | 'idle' | 'done';

export interface Seat {
  /** Element id, so that alerts can link to the seat. */
  id: string;
  seat: HtmlValue;
  name: string;
  /** Page of this sitting. */
  href?: string;
  tone: SeatTone;
  /** Connection or state in a word: "Online", "Offline", "Paused", "Finished", "Waiting". */
  state: string;
  stateIcon?: IconName;
  answered: number;
  questions: number;
  /** Time left or "Submitted". `left` reads " left" after a clock. */
  time?: { text: string; left?: boolean };
  /** "2 flagged", "Offline 2 min, answers kept". */
  remark?: HtmlValue;
  /** The form with the pause or resume button. */
  action?: HtmlValue;
}

const STATE_CLASS: Record<SeatTone, string> = { working: 'on', warn: 'warn', bad: 'bad', idle: 'idle', done: 'idle' };

/** One seat. */
export function seatTile(seat: Seat): Safe {
  return html`<li${attributes({ class: classes('ao-seat', seat.tone !== 'working' && seat.tone), id: seat.id })}><div class="line"><span class="seat">${seat.seat}</span><span class="ao-conn ${STATE_CLASS[seat.tone]}">${seat.stateIcon && icon(seat.stateIcon)}${seat.state}</span></div>
<h2>${seat.href ? html`<a class="name" href="${safeUrl(seat.href)}">${seat.name}</a>` : seat.name}</h2>${bar({ value: seat.answered, max: seat.questions, label: `${seat.name}, answered` })}
<div class="line"><span>${seat.answered}/${seat.questions}</span><span class="strong">${seat.time?.text}${seat.time?.left && html`<span class="govuk-visually-hidden"> left</span>`}</span></div>
<div class="foot"><span class="small muted">${seat.remark}</span>${seat.action}</div></li>`;
}

/** The room, by seat number. Above 40 seats use a table. */
export function board(seats: readonly Seat[]): Safe {
  return html`<ul class="ao-board">${seats.map(seatTile)}</ul>`;
}

/** A small button with an icon only; `label` is its spoken name. */
export function miniButton(options: {
  icon: IconName;
  label: string;
  name?: string;
  value?: string;
  pressed?: boolean;
}): Safe {
  return html`<button${attributes({
    class: 'ao-mini',
    type: 'submit',
    name: options.name,
    value: options.value,
    'aria-label': options.label,
    'aria-pressed': options.pressed === undefined ? undefined : String(options.pressed),
  })}>${icon(options.icon)}</button>`;
}

/** Messages above the board that need the invigilator now. Changes are read aloud. */
export function boardAlerts(notes: readonly Safe[]): Safe {
  return html`<section class="ao-alerts" aria-label="Needs you now" aria-live="polite">${notes}</section>`;
}

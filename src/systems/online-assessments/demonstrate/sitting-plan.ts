/** Which sessions the demonstration has, and how each seat of them ended. Days and minutes count from the first start. */

/** How a booked seat ended. `right`: questions answered rightly of the paper's 12; the pass mark is 9. */
export type Outcome =
  | { readonly kind: 'booked' | 'absent' }
  | { readonly kind: 'cancelled'; readonly reason: string }
  | { readonly kind: 'handed-in'; readonly right: number; readonly minutes: number }
  /** Answered `answered` questions, then the time was over. */
  | { readonly kind: 'timed-out'; readonly right: number; readonly answered: number }
  | { readonly kind: 'ended'; readonly right: number; readonly answered: number; readonly reason: string }
  /** Released, and made void afterwards. */
  | { readonly kind: 'void'; readonly right: number; readonly minutes: number; readonly reason: string };

export interface PlannedSeat {
  readonly unit: string;
  /** A name for the candidate within this plan: the same name is the same registration. Left out: the next candidate. */
  readonly who?: string;
  /** The demonstration account that sits here. */
  readonly username?: string;
  readonly extraTimePercent?: number;
  readonly outcome: Outcome;
}

export interface PlannedSession {
  readonly centre: 'northgate' | 'severnside';
  readonly room: string;
  /** Past sessions lie so many days ago and begin at `hour`; those to come begin in so many minutes. */
  readonly when: { readonly daysAgo: number; readonly hour: number } | { readonly inMinutes: number };
  readonly seats: readonly PlannedSeat[];
}

const handedIn = (right: number, minutes: number): Outcome => ({ kind: 'handed-in', right, minutes });
const BOOKED: Outcome = { kind: 'booked' };

export const sessions: readonly PlannedSession[] = [
  {
    centre: 'northgate',
    room: 'Test room 1',
    when: { daysAgo: 12, hour: 10 },
    seats: [
      { unit: 'LVP-K03', outcome: handedIn(11, 19) },
      { unit: 'LVP-K03', who: 'resits', outcome: handedIn(6, 27) },
      { unit: 'EVH-1', outcome: handedIn(12, 11) },
      { unit: 'EVH-1', who: 'comes again', outcome: { kind: 'absent' } },
    ],
  },
  {
    centre: 'northgate',
    room: 'Test room 2',
    when: { daysAgo: 3, hour: 9 },
    seats: [
      { unit: 'LVP-K03', who: 'resits', extraTimePercent: 25, outcome: handedIn(9, 31) },
      { unit: 'ARH-1', outcome: handedIn(10, 14) },
      { unit: 'ARH-1', outcome: { kind: 'timed-out', right: 7, answered: 9 } },
      {
        unit: 'ARH-1',
        outcome: {
          kind: 'void',
          right: 5,
          minutes: 8,
          reason: 'Taken ill during the test: the centre asked for a new sitting',
        },
      },
      {
        unit: 'ARH-1',
        outcome: { kind: 'ended', right: 3, answered: 4, reason: 'Left the room without permission' },
      },
      { unit: 'LVP-K03', who: 'moved', outcome: { kind: 'cancelled', reason: 'The candidate asked for another day' } },
    ],
  },
  {
    centre: 'northgate',
    room: 'Test room 1',
    when: { inMinutes: 30 },
    seats: [
      { unit: 'ARH-1', username: 'candidate', outcome: BOOKED },
      { unit: 'EVH-1', who: 'comes again', outcome: BOOKED },
      { unit: 'LVP-K03', who: 'moved', extraTimePercent: 25, outcome: BOOKED },
    ],
  },
  {
    centre: 'severnside',
    room: 'Assessment room',
    when: { daysAgo: 6, hour: 13 },
    seats: [
      { unit: 'ARH-1', outcome: handedIn(9, 17) },
      { unit: 'ARH-1', who: 'one short', outcome: handedIn(8, 18) },
      { unit: 'ARH-1', outcome: { kind: 'absent' } },
    ],
  },
  {
    centre: 'severnside',
    room: 'Assessment room',
    when: { inMinutes: 24 * 60 },
    seats: [{ unit: 'ARH-1', who: 'one short', outcome: BOOKED }],
  },
];

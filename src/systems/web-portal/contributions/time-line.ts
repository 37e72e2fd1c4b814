/** The time line of a candidate: what every system tells of it; `application.ts` joins them. */
import type { Reader } from '#platform/database/database.ts';

export const TIME_LINE_KINDS = ['registration', 'unit', 'test', 'certificate', 'request', 'record'] as const;
export type TimeLineKind = (typeof TIME_LINE_KINDS)[number];

/** One thing that happened. */
export interface TimeLineEvent {
  readonly kind: TimeLineKind;
  readonly at: Date;
  /** "Unit achieved", "Test booked". */
  readonly what: string;
  /** Of which product, unit or test. */
  readonly about: string | null;
  /** The reason, the source, the result: in words. */
  readonly why: string | null;
  /** The page that tells more. */
  readonly href: string | null;
  /** Who did it; null for the product itself, and for people whom the reader does not see. */
  readonly who: string | null;
}

/** The events of a candidate that the reader may see, in any order. */
export type TimeLine = (reader: Reader, candidateId: string) => Promise<readonly TimeLineEvent[]>;

let joined: readonly TimeLine[] = [];

/** Called once by the composition root. */
export function joinTimeLines(timeLines: readonly TimeLine[]): void {
  joined = timeLines;
}

/** The events of all other systems, one system after the other: all of them read on the one connection of the reader. */
export async function joinedEvents(reader: Reader, candidateId: string): Promise<TimeLineEvent[]> {
  const events: TimeLineEvent[] = [];
  for (const timeLine of joined) events.push(...(await timeLine(reader, candidateId)));
  return events;
}

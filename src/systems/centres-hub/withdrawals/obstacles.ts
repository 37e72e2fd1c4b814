/** What stands in the way of a withdrawal: declared here, filled by the systems that hold it, joined in application.ts. */
import type { Reader } from '#platform/database/database.ts';
import type { Capability } from '#platform/permissions/capabilities.ts';

/** What of a centre is to be withdrawn: one product, or with null all of it. */
export interface WithdrawalSubject {
  readonly centreId: string;
  /** 5 digits, for addresses of the awarding body. */
  readonly centreNumber: string;
  readonly productId: string | null;
  /** Whose page it is: addresses of the awarding body name the centre. */
  readonly forBody: boolean;
}

/** Something that is still going on and needs an end before the last day. */
export interface WithdrawalObstacle {
  /** In the plural: "active registrations". */
  readonly name: string;
  readonly count: number;
  /** Where they can be seen. */
  readonly href: string;
  /** What a person needs to open it; others see the count alone. */
  readonly capability: Capability;
  /** Whose move it is: "the centre", "the awarding body". */
  readonly whose: string;
}

export type WithdrawalObstaclesOf = (
  reader: Reader,
  subject: WithdrawalSubject,
) => Promise<readonly WithdrawalObstacle[]>;

let joined: readonly WithdrawalObstaclesOf[] = [];

/** Called once by the composition root. */
export function joinWithdrawalObstacles(all: readonly WithdrawalObstaclesOf[]): void {
  joined = all;
}

/** All that stands in the way now; what is nothing is left out. In the scope of whoever looks. */
export async function obstaclesOf(reader: Reader, subject: WithdrawalSubject): Promise<WithdrawalObstacle[]> {
  const found: WithdrawalObstacle[] = [];
  for (const of of joined) found.push(...(await of(reader, subject)));
  return found.filter(({ count }) => count > 0);
}

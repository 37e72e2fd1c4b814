/** What the end of a registration does at the systems to the left, and what stands in its way; joined in `application.ts`. */
import type { Reader, Writer } from '#platform/database/database.ts';

/** A registration that is withdrawn, or moves to another centre. */
export interface EndingRegistration {
  readonly registrationId: string;
  readonly centreId: string;
}

export interface RegistrationEnder {
  /** What happens with it, a sentence each: "The booking for Brakes on 3 May is cancelled". */
  readonly follows?: (reader: Pick<Reader, 'rows'>, ending: EndingRegistration) => Promise<readonly string[]>;
  /** What has to be done first, a sentence each. */
  readonly obstacles?: (reader: Pick<Reader, 'rows'>, ending: EndingRegistration) => Promise<readonly string[]>;
  /** Does what `follows` says, in the transaction that ends the registration. */
  readonly end?: (writer: Writer, ending: EndingRegistration, reason: string) => Promise<void>;
}

let joined: readonly RegistrationEnder[] = [];

/** Called once by the composition root. */
export function joinRegistrationEnders(enders: readonly RegistrationEnder[]): void {
  joined = enders;
}

export const joinedRegistrationEnders = (): readonly RegistrationEnder[] => joined;

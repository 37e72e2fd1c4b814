import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { pinRefused } from '../audit.ts';
import { passwordFits } from '../passwords/passwords.ts';
import { claimGuess, type Guess, guessWasRight, guessWasWrong, waitInWords } from '../throttle/throttle.ts';
import { readPin } from './pin.ts';

export interface PinAndPassword {
  /** Who it should be; left out, the PIN says who. */
  readonly personId?: string;
  /** Where the PIN must be valid; left out, anywhere. */
  readonly organisationId?: string;
  readonly pin: string;
  readonly password: string;
  readonly address: string;
}

export type Confirmation =
  | { readonly ok: true; readonly personId: string; readonly organisationId: string }
  /** `message` is for the reader, and the same whichever of the two was wrong; `waitSeconds` is not 0 after too many tries. */
  | { readonly ok: false; readonly message: string; readonly waitSeconds: number };

/** The one answer to a wrong pair: it does not say which of the two was wrong. */
const WRONG_PAIR = 'The PIN and password do not match. Check both and try again; your PIN is under My details';

/**
 * Confirms a centre user by PIN and account password, as invigilation asks (Operating Manual 3.1, proof.md T22): the
 * PIN must be activated and the person still a member. At most 10 tries for an account in any 5 minutes.
 */
export async function confirmByPinAndPassword(services: Services, given: PinAndPassword): Promise<Confirmation> {
  const pin = readPin(given.pin) ?? '';
  const lookup = services.keys.pinLookup(pin);
  const guess: Guess = {
    kind: 'pin and password',
    account: given.personId ?? lookup.toString('base64url'),
    address: given.address,
  };
  const claim = await claimGuess(services, guess);
  if (claim.waitSeconds > 0) {
    const message = `There were too many tries. Wait ${waitInWords(claim.waitSeconds)}, then try again`;
    return { ok: false, message, waitSeconds: claim.waitSeconds };
  }
  const holder = await services.database.read(SYSTEM, async ({ db }) => {
    let query = db
      .selectFrom('accounts.pins as n')
      .innerJoin('accounts.people as p', 'p.id', 'n.person_id')
      .innerJoin('accounts.credentials as c', 'c.person_id', 'n.person_id')
      .select(['n.person_id', 'n.organisation_id', 'c.password_hash'])
      .where('n.lookup', '=', lookup)
      .where('n.activated_at', 'is not', null)
      .where('n.withdrawn_at', 'is', null)
      .where('p.status', '=', 'active');
    if (given.personId) query = query.where('n.person_id', '=', given.personId);
    if (given.organisationId) query = query.where('n.organisation_id', '=', given.organisationId);
    return query.executeTakeFirst();
  });
  const fits = await passwordFits(given.password, holder?.password_hash ?? null);
  if (holder && fits) {
    await guessWasRight(services, guess);
    return { ok: true, personId: holder.person_id, organisationId: holder.organisation_id };
  }
  await guessWasWrong(services, guess);
  const subject = given.personId ?? holder?.person_id;
  await services.database.write({ kind: 'system', ...(subject ? { personId: subject } : {}) }, (writer) =>
    writer.audit(
      pinRefused,
      { kind: 'person', id: subject ?? 'unknown' },
      { address: given.address, step: 'confirmation' },
    ),
  );
  return { ok: false, message: WRONG_PAIR, waitSeconds: 0 };
}

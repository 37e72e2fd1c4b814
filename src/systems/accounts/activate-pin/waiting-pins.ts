import type { Context } from '#platform/http/context.ts';
import { showPin } from '../pins/pin.ts';
import { pinsOf } from '../pins/pins.ts';

/** A PIN of the reader that opens a dashboard as soon as it is activated. */
export interface WaitingPin {
  /** "Northgate Motor Training (04417)" */
  readonly centre: string;
  /** In two groups of four. */
  readonly pin: string;
}

/** The own PINs of whoever asks that are not activated yet; none for visitors. */
export async function waitingPins({ principal, services }: Context): Promise<readonly WaitingPin[]> {
  if (principal.kind !== 'person') return [];
  const pins = await services.database.read(principal, (reader) => pinsOf(reader, services, principal.personId), {
    capability: 'accounts.own-details',
  });
  return pins.flatMap(({ organisationId, pin, activatedAt }) => {
    const centre = principal.organisations.find((one) => one.organisationId === organisationId);
    return centre && !activatedAt ? [{ centre: `${centre.name} (${centre.number})`, pin: showPin(pin) }] : [];
  });
}

/** The states of a registration (domain: registration record). */
export const REGISTRATION_STATES = ['active', 'completed', 'withdrawn', 'transferred', 'lapsed', 'void'] as const;
export type RegistrationState = (typeof REGISTRATION_STATES)[number];

/** What can be done to a registration. */
export type RegistrationAct = 'complete' | 'withdraw' | 'transfer' | 'lapse' | 'reopen' | 'void';

/** The words people read for each state. */
export const STATE_WORDS: Record<RegistrationState, string> = {
  active: 'In progress',
  completed: 'Completed',
  withdrawn: 'Withdrawn',
  transferred: 'Transferred',
  lapsed: 'Lapsed',
  void: 'Void',
};

const TO: Record<RegistrationAct, RegistrationState> = {
  complete: 'completed',
  withdraw: 'withdrawn',
  transfer: 'transferred',
  lapse: 'lapsed',
  reopen: 'active',
  void: 'void',
};

// Completed is reopened when the certificate is revoked; a transferred registration lives on at the other centre, and
// a void one never counted: both are final.
const ALLOWED: Record<RegistrationState, readonly RegistrationAct[]> = {
  active: ['complete', 'withdraw', 'transfer', 'lapse', 'void'],
  completed: ['reopen'],
  withdrawn: ['reopen', 'void'],
  transferred: [],
  lapsed: ['reopen', 'void'],
  void: [],
};

export type Transition =
  | { readonly ok: true; readonly to: RegistrationState }
  | { readonly ok: false; readonly message: string };

/**
 * The state a registration goes to by an act, or a sentence why it cannot. A registration with an achieved unit is
 * never void: the achievement stands, so it can only be withdrawn.
 */
export function transition(
  from: RegistrationState,
  act: RegistrationAct,
  facts: { readonly unitsAchieved: number },
): Transition {
  if (!ALLOWED[from].includes(act)) {
    return { ok: false, message: `The registration is ${STATE_WORDS[from].toLowerCase()}, so it cannot ${WORDS[act]}` };
  }
  if (act === 'void' && facts.unitsAchieved > 0) {
    return { ok: false, message: 'Units are achieved on this registration. Withdraw it instead: the units then stay' };
  }
  return { ok: true, to: TO[act] };
}

const WORDS: Record<RegistrationAct, string> = {
  complete: 'be completed',
  withdraw: 'be withdrawn',
  transfer: 'be transferred',
  lapse: 'lapse',
  reopen: 'be reopened',
  void: 'be made void',
};

/** Whether a unit achieved counts: always, but on a registration that never was. */
export function keepsAchievements(state: RegistrationState): boolean {
  return state !== 'void';
}

/** The life of a request to become coordinator: it waits, and is granted, refused or withdrawn once. */
export const RECOVERY_STATES = ['waiting', 'granted', 'refused', 'withdrawn'] as const;
export type RecoveryState = (typeof RECOVERY_STATES)[number];
export type RecoveryAct = 'grant' | 'refuse' | 'withdraw' | 'object';

export const STATE_NAMES: Record<RecoveryState, string> = {
  waiting: 'Waits for the awarding body',
  granted: 'Granted',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
};

const LEADS_TO: Record<RecoveryAct, RecoveryState> = {
  grant: 'granted',
  refuse: 'refused',
  withdraw: 'withdrawn',
  object: 'waiting',
};

export type RecoveryMove =
  | { readonly ok: true; readonly state: RecoveryState }
  | { readonly ok: false; readonly message: string };

/** The state after the act, or why it cannot be. */
export function recoveryTransition(state: RecoveryState, act: RecoveryAct): RecoveryMove {
  if (state === 'waiting') return { ok: true, state: LEADS_TO[act] };
  return { ok: false, message: `The request is ${state} already, so nothing more can be done with it` };
}

/** Why the awarding body cannot grant it now, or null. */
export function grantProblem(asker: {
  readonly isUser: boolean;
  readonly isCoordinator: boolean;
  readonly isDecider: boolean;
  readonly name: string;
}): string | null {
  if (asker.isDecider) return 'Nobody decides about the own request. Ask a colleague to decide';
  if (!asker.isUser) return `${asker.name} is no user of the centre any more. Refuse the request`;
  return asker.isCoordinator ? `${asker.name} is a coordinator of the centre already. Refuse the request` : null;
}

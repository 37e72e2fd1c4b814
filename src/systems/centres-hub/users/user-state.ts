import type { Member } from '#accounts';
import type { Tone } from '#ui';

/** How far a user has come on the way from invitation to the centre's dashboard; or that the account is stopped. */
export const USER_STATES = ['not_invited', 'expired', 'invited', 'opened', 'set_up', 'activated', 'suspended'] as const;
export type UserState = (typeof USER_STATES)[number];

/** The words a person reads for each. */
export const USER_STATE_WORDS: Record<UserState, string> = {
  not_invited: 'Not invited',
  invited: 'Invited',
  expired: 'Invitation expired',
  opened: 'Link opened',
  set_up: 'Account set up',
  activated: 'Activated',
  suspended: 'Suspended',
};

/** What each state means, and whose move it is. */
export const USER_STATE_MEANINGS: Record<UserState, string> = {
  not_invited: 'No invitation has been sent. Send one from the page of the user.',
  invited: 'The invitation has been sent, and nobody has opened the link in it yet.',
  expired: 'The link was not used in time. Send the invitation again.',
  opened: 'The link was opened. The user now chooses username and password there; the link still works.',
  set_up: 'The user has an account, and now activates the PIN that My details shows.',
  activated: 'The user has activated the PIN and can work for the centre.',
  suspended: 'The awarding body has stopped the account: nobody can log in with it. Ask the awarding body why.',
};

/** The colour of those that ask for something. */
export const USER_STATE_TONES: Partial<Record<UserState, Tone>> = {
  expired: 'warn',
  not_invited: 'warn',
  suspended: 'bad',
};

/** The state of a user, from account, PIN and invitation. */
export function userState(member: Pick<Member, 'pin' | 'invitation' | 'hasAccount' | 'suspended'>): UserState {
  const { state, openedAt } = member.invitation;
  if (member.suspended) return 'suspended';
  if (member.pin === 'activated') return 'activated';
  if (member.hasAccount || state === 'used') return 'set_up';
  if (state === 'sent') return openedAt ? 'opened' : 'invited';
  return state === 'expired' ? 'expired' : 'not_invited';
}

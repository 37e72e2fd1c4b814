import type { Member } from '#accounts';
import type { Tone } from '#ui';

/** How far a user has come on the way from invitation to the centre's dashboard. */
export const USER_STATES = ['not_invited', 'invited', 'expired', 'opened', 'activated'] as const;
export type UserState = (typeof USER_STATES)[number];

/** The words a person reads for each. */
export const USER_STATE_WORDS: Record<UserState, string> = {
  not_invited: 'Not invited',
  invited: 'Invited',
  expired: 'Invitation expired',
  opened: 'Account opened',
  activated: 'Activated',
};

/** What each state means, and whose move it is. */
export const USER_STATE_MEANINGS: Record<UserState, string> = {
  not_invited: 'No invitation has been sent. Send one from the page of the user.',
  invited:
    'The invitation has been sent. The user now sets up an account by the link in it, or activates the PIN with the account there is.',
  expired: 'The link was not used in time. Send the invitation again.',
  opened: 'The user has an account, and now activates the PIN that My details shows.',
  activated: 'The user has activated the PIN and can work for the centre.',
};

/** The colour of those that ask for something. */
export const USER_STATE_TONES: Partial<Record<UserState, Tone>> = { expired: 'warn', not_invited: 'warn' };

/** The state of a user, from PIN and invitation. */
export function userState(member: Pick<Member, 'pin' | 'invitation'>): UserState {
  if (member.pin === 'activated') return 'activated';
  if (member.invitation.state === 'used') return 'opened';
  if (member.invitation.state === 'sent') return 'invited';
  return member.invitation.state === 'expired' ? 'expired' : 'not_invited';
}

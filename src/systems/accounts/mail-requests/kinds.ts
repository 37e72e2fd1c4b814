/** What a visitor may ask to be mailed: the usernames of an address, a link to a new password, a link to a free account. */
export const REQUEST_KINDS = ['username', 'password', 'account'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** How long the link to a new password works. */
export const RESET_MINUTES = 60;
/** How long the link to a free account works. */
export const NEW_ACCOUNT_HOURS = 72;

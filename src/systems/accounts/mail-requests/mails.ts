import type { Brand } from '#platform/settings/brand.ts';
import { NEW_ACCOUNT_HOURS, RESET_MINUTES } from './kinds.ts';

export interface MailText {
  readonly subject: string;
  readonly body: string;
}

/** Why a mail came that somebody asked for without having logged in; first in each of them. */
const asked = (what: string) => `Somebody, probably you, asked ${what}. That is why you get this mail.`;

const ending = ({ name, supportPhone, supportEmail }: Brand) =>
  `If you did not ask, you need do nothing. If you have questions, call ${supportPhone} or write to ${supportEmail}. We never ask for your password or PIN.\n\n${name}\n`;

const greeting = (name: string | null) => (name ? `Dear ${name}` : 'Hello');

/** The usernames of the accounts of an address, with those that are suspended. */
export function usernamesMail(
  brand: Brand,
  name: string,
  accounts: readonly { readonly username: string; readonly suspended: boolean }[],
  publicUrl: string,
): MailText {
  const lines = accounts.map(({ username, suspended }) => (suspended ? `${username} (suspended)` : username));
  const suspended = accounts.some((one) => one.suspended)
    ? `A suspended account cannot log in; call ${brand.supportPhone} to learn why.\n\n`
    : '';
  return {
    subject: `Your ${brand.name} username`,
    body: `${greeting(name)}\n\n${asked(`for the username of the ${brand.name} account with this e-mail address`)}\n\n${lines.length === 1 ? 'Your username is' : 'Your usernames are'}:\n\n${lines.join('\n\n')}\n\n${suspended}Log in here, with the username or with this e-mail address:\n\n${publicUrl}/login\n\nIf you have forgotten your password too, ask for a link to choose a new one:\n\n${publicUrl}/forgotten\n\n${ending(brand)}`,
  };
}

/** The link to a new password. */
export function resetMail(brand: Brand, name: string, username: string, link: string): MailText {
  return {
    subject: `Choose a new ${brand.name} password`,
    body: `${greeting(name)}\n\n${asked(`for a new password for your ${brand.name} account`)}\n\nYour username is ${username}. Choose the new password here; the link works once, for ${RESET_MINUTES} minutes:\n\n${link}\n\nUntil you choose a new one, the password that you have goes on working. Do not pass this mail on: whoever has the link can enter your account.\n\n${ending(brand)}`,
  };
}

/** The owner of a suspended account asked for a way in. */
export function suspendedMail(brand: Brand, name: string): MailText {
  return {
    subject: `Your ${brand.name} account is suspended`,
    body: `${greeting(name)}\n\n${asked(`for help with the log-in of your ${brand.name} account`)}\n\nThe account is suspended, so that nobody can log in with it and its password cannot be changed. Call ${brand.supportPhone} or write to ${brand.supportEmail} to learn why and what to do.\n\n${ending(brand)}`,
  };
}

/** No account has the address, as far as the mailed links have confirmed. */
export function noAccountMail(brand: Brand, publicUrl: string): MailText {
  return {
    subject: `No ${brand.name} account with this address`,
    body: `${greeting(null)}\n\n${asked(`for help with the log-in of a ${brand.name} account with this e-mail address`)}\n\nNo account has this address as its confirmed one.\n\nIf you have an account, it has another address: ask again with that one.\n\nIf a centre has made you a user, set up your account by the link in its invitation; your centre coordinator can send it again.\n\nA free account can be made here:\n\n${publicUrl}/create-account\n\n${ending(brand)}`,
  };
}

/** The link to a free account. It greets nobody: the names are whatever a visitor typed. */
export function newAccountMail(brand: Brand, link: string): MailText {
  return {
    subject: `Your free ${brand.name} account`,
    body: `${greeting(null)}\n\n${asked(`for a free ${brand.name} account with this e-mail address`)}\n\nChoose your username and password here; the link works once, for ${NEW_ACCOUNT_HOURS} hours:\n\n${link}\n\nThere is no account before you do.\n\n${ending(brand)}`,
  };
}

/** Somebody with an account asked for another one with the same address. */
export function accountExistsMail(brand: Brand, name: string, publicUrl: string): MailText {
  return {
    subject: `You have an ${brand.name} account already`,
    body: `${greeting(name)}\n\n${asked(`for a free ${brand.name} account with this e-mail address`)}\n\nYou have one already. Log in here, with your username or with this e-mail address:\n\n${publicUrl}/login\n\nIf you have forgotten your username or password:\n\n${publicUrl}/forgotten\n\n${ending(brand)}`,
  };
}

/** The address is waiting for an invitation to be used: the account is set up there, with the roles that wait. */
export function invitedMail(brand: Brand, organisation: string): MailText {
  return {
    subject: `Your ${brand.name} invitation is waiting`,
    body: `${greeting(null)}\n\n${asked(`for a free ${brand.name} account with this e-mail address`)}\n\nYou do not need one: ${organisation} has invited you at this address. Set up your account by the link in the mail "Your ${brand.name} account for ${organisation}". If you cannot find that mail, ask the centre coordinator to send the invitation again.\n\n${ending(brand)}`,
  };
}

/** The address belongs to somebody we know who has no account: nobody may take that place by asking for an account. */
export function knownPersonMail(brand: Brand): MailText {
  return {
    subject: `Your ${brand.name} account`,
    body: `${greeting(null)}\n\n${asked(`for a ${brand.name} account with this e-mail address`)}\n\nWe hold records with this address, but no account to log in with. Ask your centre coordinator to send you an invitation, or call ${brand.supportPhone}; so nobody else can get at your records.\n\n${ending(brand)}`,
  };
}

/** Tells the owner that the password was changed by a mailed link. */
export function passwordChangedMail(brand: Brand, name: string, publicUrl: string): MailText {
  return {
    subject: `Your ${brand.name} password was changed`,
    body: `${greeting(name)}\n\nThe password of your ${brand.name} account was changed a moment ago, by the link that we mailed to this address. That is why you get this mail. You were logged out everywhere.\n\nIf it was you, there is nothing to do.\n\nIf it was not you, somebody else can read your mail. Change the password of your mailbox first, then choose a new one here, and call ${brand.supportPhone}:\n\n${publicUrl}/forgotten\n\n${brand.name}\n`,
  };
}

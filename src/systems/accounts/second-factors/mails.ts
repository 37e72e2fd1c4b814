import type { Writer } from '#platform/database/database.ts';
import { brand } from '#platform/settings/brand.ts';
import { formatDateTime } from '#ui';

export interface Notice {
  /** What happened, as the subject of the mail: "A passkey was added to your IMI Connect account". */
  readonly subject: string;
  /** The same as a sentence, and what it means. */
  readonly what: string;
}

const WHAT = {
  app: 'An authenticator app',
  passkey: 'A passkey',
} as const;

export const factorAdded = (kind: 'app' | 'passkey'): Notice => ({
  subject: `${WHAT[kind]} was added to your ${brand.name} account`,
  what: `${WHAT[kind]} was added to your account: it is a second proof, besides your password, that it is you who logs in.`,
});

export const factorRemoved = (kind: 'app' | 'passkey'): Notice => ({
  subject: `${WHAT[kind]} was removed from your ${brand.name} account`,
  what: `${WHAT[kind]} was removed from your account. It no longer logs you in, and devices that were remembered are asked again.`,
});

export const recoveryCodeUsed = (left: number): Notice => ({
  subject: `A recovery code logged in to your ${brand.name} account`,
  what: `Somebody logged in to your account with your password and one of your recovery codes. ${left === 1 ? '1 code is' : `${left} codes are`} left; you make new ones under My details, Second factor.`,
});

export const recoveryCodesRenewed: Notice = {
  subject: `New recovery codes for your ${brand.name} account`,
  what: 'Ten new recovery codes were made for your account. Earlier ones no longer work.',
};

export const allRemoved = (reason: string): Notice => ({
  subject: `Your second factor for ${brand.name} was removed`,
  what: `The ${brand.awardingBody} removed the authenticator apps, passkeys and recovery codes of your account, and logged you out everywhere. The reason noted is: ${reason}. Log in with your password and set up a second factor again.`,
});

/** Tells a person by mail what changed about the second factor, in the caller's transaction (of the system). */
export async function tellPerson(writer: Writer, personId: string, { subject, what }: Notice): Promise<void> {
  const person = await writer.db
    .selectFrom('accounts.people')
    .select(['email', 'given_names', 'family_name'])
    .where('id', '=', personId)
    .executeTakeFirst();
  if (!person?.email) return;
  const when = formatDateTime(writer.now, 'text');
  await writer.mail({
    kind: 'accounts.second-factor',
    to: person.email,
    personId,
    subject,
    body: `Dear ${person.given_names} ${person.family_name}\n\n${what} That was on ${when}; you get this mail so that you know of it.\n\nWas it you? Then there is nothing to do.\n\nIf it was not you: change your password at once, look at My details, Second factor, and call ${brand.supportPhone} or write to ${brand.supportEmail}.\n\n${brand.name}\n`,
  });
}

import { brand } from '#platform/settings/brand.ts';

interface MergedPerson {
  readonly name: string;
  /** What stays of the two. */
  readonly username: string | null;
  readonly email: string | null;
}

/** Tells the person, at both addresses, that two records were made one and how to log in from now on. */
export function mergedMail({ name, username, email }: MergedPerson): { kind: string; subject: string; body: string } {
  const how = username
    ? `Log in with the username ${username}. You were logged out everywhere.`
    : 'You have no account yet: the link of an invitation sets one up.';
  const where = email ? ` Mail goes to ${email}.` : '';
  return {
    kind: 'accounts.people-merged',
    subject: `Your two records in ${brand.name} are one now`,
    body: `Dear ${name}\n\n${brand.name} knew you twice, and ${brand.awardingBody} has made one record of the two. That is why you get this mail.\n\n${how}${where} Roles, PINs and candidate records of both are together there.\n\nIf these were not both you, write to ${brand.supportEmail} at once.\n\n${brand.name}\n`,
  };
}

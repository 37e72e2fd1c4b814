import type { Brand } from '#platform/settings/brand.ts';

export interface InvitationMail {
  readonly brand: Brand;
  readonly name: string;
  readonly organisation: { readonly kind: 'centre' | 'awarding_body'; readonly name: string; readonly number: string };
  /** Who made the person a user, or null when the product itself did. */
  readonly sender: string | null;
  readonly link: string;
  readonly hours: number;
}

/** The mail with the log-in link: why it came first, then what to do (Operating Manual 3.1). */
export function invitationMail(mail: InvitationMail): { subject: string; body: string } {
  const { brand, name, organisation, sender, link, hours } = mail;
  const centre = organisation.kind === 'centre';
  const where = centre ? `${organisation.name} (centre ${organisation.number})` : organisation.name;
  const why = sender
    ? `${sender} has made you a user of ${where} in ${brand.name}.`
    : `You have been made a user of ${where} in ${brand.name}.`;
  const steps = centre
    ? `After that you find your PIN under My details. With it and this e-mail address you open the centre's dashboard once: choose "Centre Staff - Activate your PIN".\n\nIf you have an account already, log in with it and activate your PIN.`
    : `If you have an account already, log in with it.`;
  return {
    subject: `Your ${brand.name} account for ${organisation.name}`,
    body: `Dear ${name}\n\n${why} That is why you get this mail.\n\nChoose your username and password here; the link works once, for ${hours} hours:\n\n${link}\n\n${steps}\n\nIf you did not expect this mail, do nothing: without the link no account is made. If you have questions, ask your centre coordinator, or write to ${brand.supportEmail}.\n\n${brand.name}\n`,
  };
}

import type { Brand } from '#platform/settings/brand.ts';

interface MailText {
  readonly subject: string;
  readonly body: string;
}

const ending = ({ name, supportEmail }: Brand) =>
  `If you have questions, ask your centre, or write to ${supportEmail}. We never ask for your password.\n\n${name}\n`;

/** It greets nobody and names no product: the centre may have typed somebody else's address. */
export function invitationMail(brand: Brand, centreName: string, link: string): MailText {
  return {
    subject: `Your own view of your results, from ${centreName}`,
    body: `Hello\n\n${centreName} has registered a candidate with ${brand.name} and gave this e-mail address. That is why you get this mail.\n\nIf you are that candidate, you can see your own tests, results and certificates. Confirm your date of birth here, and choose an account or make one:\n\n${link}\n\nIf you are not, do nothing: nobody sees anything of yours, and nothing is linked.\n\n${ending(brand)}`,
  };
}

/** The code for somebody who gave the number and birth date of the record of this address. */
export function codeMail(brand: Brand, code: string, minutes: number): MailText {
  return {
    subject: `${code} is your ${brand.name} code`,
    body: `Hello\n\nSomebody, probably you, asked to link your candidate record to an account. That is why you get this mail.\n\nYour code is:\n\n${code}\n\nEnter it where you asked for it, within ${minutes} minutes. Pass it on to nobody: whoever has it can see your results.\n\nIf you did not ask, somebody knows your candidate number and date of birth, and can do nothing without this code.\n\n${ending(brand)}`,
  };
}

/** Somebody gave the number and birth date of a record that has an account. */
export function linkedAlreadyMail(brand: Brand, publicUrl: string): MailText {
  return {
    subject: `Your candidate record has an account already`,
    body: `Hello\n\nSomebody, probably you, asked to link your candidate record to an account. That is why you get this mail.\n\nThe record is linked to an account already; log in with that one. If you have forgotten your username or password, ask for them here:\n\n${publicUrl}/forgotten\n\nIf that account is not yours, ask your centre to write to the awarding body, which ends the link.\n\n${ending(brand)}`,
  };
}

/** To the address that a record had until it was corrected. It names nobody, because that address may have been wrong. */
export function addressChangedMail(brand: Brand): MailText {
  return {
    subject: `A candidate record has another e-mail address now`,
    body: `Hello\n\nA centre has changed the e-mail address of a candidate record that had this one. That is why you get this mail. Links to that record in earlier mails stop working.\n\nIf you are the candidate and did not want it, tell your centre and ${brand.supportEmail} at once: mails about your results go to the new address.\n\n${ending(brand)}`,
  };
}

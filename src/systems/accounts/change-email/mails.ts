import { brand } from '#platform/settings/brand.ts';
import { CHANGE_HOURS } from './pending.ts';

interface Words {
  readonly subject: string;
  readonly body: string;
}

const foot = `${brand.name}\n`;

/** To the old address. The same whether or not the new one can be had. */
export function oldAddressMail(name: string, newEmail: string, link: string): Words {
  return {
    subject: 'Confirm that your e-mail address changes',
    body: `Dear ${name}\n\nYou get this mail because somebody who knows your password asked that your ${brand.name} account use ${newEmail} in the place of this address.\n\nIf it was you, confirm it here; the link works once, for ${CHANGE_HOURS} hours:\n\n${link}\n\nThe new address gets a link as well. Nothing changes until both were used, in either order.\n\nIf it was not you, do not use the link. Log in, cancel the change under My details, and change your password. If you cannot log in, write to ${brand.supportEmail}.\n\n${foot}`,
  };
}

/** To the new address. `both`: the old one has to confirm as well. */
export function newAddressMail(name: string, link: string, both: boolean): Words {
  return {
    subject: 'Confirm your new e-mail address',
    body: `Dear ${name}\n\nYou get this mail because this address was given as the new one of a ${brand.name} account.\n\nConfirm it here; the link works once, for ${CHANGE_HOURS} hours:\n\n${link}\n\n${both ? 'The old address gets a link as well. Nothing changes until both were used, in either order.\n\n' : ''}If you did not ask for it, do nothing: without the link nothing changes.\n\n${foot}`,
  };
}

/** To an address that belongs to another account already: only its owner hears of it. */
export function takenMail(): Words {
  return {
    subject: 'Your e-mail address was given for another account',
    body: `Hello\n\nYou get this mail because somebody asked to use this address for another ${brand.name} account. It belongs to your account already, so nothing changes and there is nothing to do.\n\nIf it was you: log in with the account of this address. If you have two accounts and want one, write to ${brand.supportEmail}.\n\n${foot}`,
  };
}

/** To both addresses, when it is done. */
export function changedMail(name: string, after: string): Words {
  return {
    subject: 'Your e-mail address has changed',
    body: `Dear ${name}\n\nYou get this mail because the e-mail address of your ${brand.name} account is now ${after}. Both addresses confirmed it.\n\nIf it was not you, write to ${brand.supportEmail} or call ${brand.supportPhone} at once.\n\n${foot}`,
  };
}

import { z } from 'zod';
import { BODY_ROLES, CENTRE_ROLES, type Role } from '#platform/permissions/capabilities.ts';
import { PASSED, type Passed } from '../clients/clients.ts';
import { AUDIENCES, type Audience } from '../clients/may-enter.ts';

/** The settings of a client, as the awarding body enters them. */
export interface ClientSettings {
  readonly name: string;
  readonly supplier: string;
  readonly description: string;
  readonly launchAddress: string;
  readonly redirectAddresses: readonly string[];
  readonly logOutAddresses: readonly string[];
  readonly audience: Audience;
  /** Numbers of the chosen centres; empty unless centres are chosen. */
  readonly centreNumbers: readonly string[];
  readonly roles: readonly Role[];
  readonly passesOn: readonly Passed[];
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** What is wrong with an address of another site, after its name; null when nothing is. RFC 9700 2.1: exact addresses, no fragment. */
export function addressProblem(text: string): string | null {
  const url = URL.parse(text);
  if (!url || text.length > 500 || /[\s\\]/.test(text))
    return 'must be a whole web address, such as https://learn.example';
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  if (!secure) return 'must begin with https://';
  if (url.username || url.password) return 'must not hold a username or password';
  if (text.includes('#')) return 'must not hold a # part';
  return text.includes('*') ? 'must be one exact address, without *' : null;
}

const lines = (text: string) => [...new Set(text.split(/\r?\n/).map((line) => line.trim()))].filter(Boolean);

const words = (what: string, longest: number) =>
  z.string(`Enter ${what}`).trim().min(1, `Enter ${what}`).max(longest, `Shorten ${what} to ${longest} characters`);

const addresses = (what: string, least: 0 | 1) =>
  z
    .string()
    .default('')
    .transform((text, check) => {
      const found = lines(text);
      const say = (message: string) => check.addIssue({ code: 'custom', message });
      if (found.length < least) say(`Enter ${what}`);
      if (found.length > 10) say('Enter 10 addresses at most');
      for (const one of found) {
        const problem = addressProblem(one);
        if (problem) say(`${one.slice(0, 100)} ${problem}`);
      }
      return found;
    });

const several = <T extends string>(choices: readonly T[]) =>
  z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .transform((given) => choices.filter((choice) => given.includes(choice)));

const ROLES: readonly Role[] = [...CENTRE_ROLES, ...BODY_ROLES];

export const clientForm = z
  .object({
    name: words('the name that people see', 60),
    supplier: words('who runs it', 80),
    description: words('what it is for', 120),
    launchAddress: z
      .string()
      .default('')
      .transform((text, check) => {
        const address = text.trim();
        const problem = address ? addressProblem(address) : null;
        if (!address) check.addIssue({ code: 'custom', message: 'Enter the address that System Access opens' });
        if (problem) check.addIssue({ code: 'custom', message: `The address ${problem}` });
        return address;
      }),
    redirectAddresses: addresses('at least one address to come back to', 1),
    logOutAddresses: addresses('the addresses', 0),
    audience: z.enum(AUDIENCES, 'Choose who it is for'),
    centres: z.string().default(''),
    roles: several(ROLES).refine((roles) => roles.length > 0, 'Choose at least one role'),
    passesOn: several(PASSED),
  })
  .transform(({ centres, ...settings }, check): ClientSettings => {
    const say = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
    const hosts = new Set(settings.redirectAddresses.map((address) => URL.parse(address)?.host));
    if (hosts.size > 1)
      say(
        'redirectAddresses',
        'All addresses to come back to must be of one site. Add another system for another site',
      );
    const fitting: readonly Role[] = settings.audience === 'awarding_body' ? BODY_ROLES : CENTRE_ROLES;
    if (settings.roles.some((role) => !fitting.includes(role)))
      say(
        'roles',
        settings.audience === 'awarding_body'
          ? 'Choose roles of the awarding body alone, or choose centres above'
          : 'Choose roles of centres alone, or choose the awarding body above',
      );
    const chosen = settings.audience === 'chosen_centres';
    const centreNumbers = chosen ? [...new Set(centres.split(/[\s,;]+/).filter(Boolean))] : [];
    if (chosen && centreNumbers.length === 0) say('centres', 'Enter the numbers of the centres that may use it');
    const odd = centreNumbers.find((number) => !/^\d{5}$/.test(number));
    if (odd) say('centres', `${odd.slice(0, 20)} is not a centre number: each has 5 digits`);
    return { ...settings, centreNumbers };
  });

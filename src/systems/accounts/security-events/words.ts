import { auditKindNamed } from '#platform/audit/audit.ts';
import { ROLE_NAMES, type Role } from '#platform/permissions/capabilities.ts';
import { deviceInWords } from '../my-details/device.ts';

export const GROUPS = {
  'log-ins': 'Log-ins',
  password: 'Password',
  address: 'Name and e-mail',
  pin: 'PINs',
  roles: 'Roles',
  other: 'Everything else',
} as const;
export type Group = keyof typeof GROUPS;
export const GROUP_KEYS = Object.keys(GROUPS) as Group[];

type Payload = Readonly<Record<string, unknown>>;

export interface EventWords {
  readonly group: Group;
  readonly words: (payload: Payload, where: string) => string;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const role = (payload: Payload) => ROLE_NAMES[payload.role as Role] ?? text(payload.role);

/** What is told of each kind of event, to the person it is about. A kind that is missing is told by its description. */
const WORDS: Readonly<Record<string, EventWords>> = {
  'accounts.logged-in': { group: 'log-ins', words: () => 'You logged in' },
  'accounts.log-in-refused': { group: 'log-ins', words: () => 'Somebody tried to log in with a wrong password' },
  'accounts.logged-out': { group: 'log-ins', words: () => 'You logged out' },
  'accounts.logged-out-elsewhere': { group: 'log-ins', words: () => 'You logged out everywhere but on one device' },
  'accounts.logged-out-everywhere': { group: 'log-ins', words: () => 'You logged out everywhere' },
  'accounts.session-ended': { group: 'log-ins', words: (payload) => `You logged out ${text(payload.device)}` },
  'accounts.acted-for': { group: 'log-ins', words: (_, where) => `You chose to act for ${where || 'yourself'}` },
  'accounts.password-changed': { group: 'password', words: () => 'You changed your password' },
  'accounts.password-change-refused': {
    group: 'password',
    words: () => 'A change of password was tried with a wrong password',
  },
  'accounts.own-password-refused': {
    group: 'password',
    words: (payload) => `A wrong password was given where it is asked for again (${text(payload.step)})`,
  },
  'accounts.name-changed': {
    group: 'address',
    words: (payload) => `You changed your name to ${nameIn(payload.after)}`,
  },
  'accounts.email-change-asked': {
    group: 'address',
    words: (payload) => `You asked to change your e-mail address to ${text(payload.email)}`,
  },
  'accounts.email-change-confirmed': {
    group: 'address',
    words: (payload) => `The change of e-mail address was confirmed by the ${text(payload.by)}`,
  },
  'accounts.email-change-cancelled': {
    group: 'address',
    words: () => 'You cancelled the change of your e-mail address',
  },
  'accounts.email-changed': {
    group: 'address',
    words: (payload) => `Your e-mail address changed to ${text(payload.after)}`,
  },
  'accounts.email-confirmed': {
    group: 'address',
    words: (payload) => `Your e-mail address ${text(payload.email)} was confirmed by a mailed link`,
  },
  'accounts.pin-issued': { group: 'pin', words: (_, where) => `You were given a PIN for ${where}` },
  'accounts.pin-withdrawn': { group: 'pin', words: (_, where) => `Your PIN for ${where} was withdrawn` },
  'accounts.pin-activated': { group: 'pin', words: (_, where) => `You activated your PIN for ${where}` },
  'accounts.pin-replaced': { group: 'pin', words: (_, where) => `You replaced your PIN for ${where}` },
  'accounts.pin-refused': { group: 'pin', words: () => 'A PIN was given that did not match' },
  'accounts.membership-started': {
    group: 'roles',
    words: (payload, where) => `You were given the role ${role(payload)} at ${where}`,
  },
  'accounts.membership-ended': {
    group: 'roles',
    words: (payload, where) => `Your role ${role(payload)} at ${where} ended: ${text(payload.reason)}`,
  },
  'accounts.client-entered': { group: 'log-ins', words: (payload) => `You entered ${text(payload.name)}` },
  'accounts.client-told': { group: 'log-ins', words: (payload) => `${text(payload.name)} was told who you are` },
  'accounts.own-data-taken': { group: 'other', words: () => 'You downloaded what is held about you' },
  'accounts.account-set-up': { group: 'other', words: () => 'You set up your account' },
};

function nameIn(value: unknown): string {
  const { givenNames, familyName } = (value ?? {}) as Payload;
  return `${text(givenNames)} ${text(familyName)}`;
}

/** One event in plain words. `where` is the name of the organisation it names, if any. */
export function inWords(kind: string, payload: Payload, where: string): string {
  return WORDS[kind]?.words(payload, where) ?? auditKindNamed(kind)?.description ?? kind;
}

/** Address and device of an event, where they were recorded. */
export function placeOf({ address, device }: Payload): string {
  return [device === undefined ? '' : deviceInWords(text(device)), text(address)].filter(Boolean).join(', ');
}

/** The kinds of a group; for `other`, those that are in none. */
export function kindsOf(group: Group): { readonly only?: string[]; readonly without?: string[] } {
  const kinds = Object.keys(WORDS).filter((kind) => WORDS[kind]?.group === group);
  if (group !== 'other') return { only: kinds };
  return { without: Object.keys(WORDS).filter((kind) => WORDS[kind]?.group !== 'other') };
}

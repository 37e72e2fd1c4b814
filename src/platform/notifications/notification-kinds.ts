import type { Role } from '../permissions/capabilities.ts';

/** How a notification reaches its person. `digest`: in the page, and in one mail a day. */
export const WAYS = ['page', 'mail', 'both', 'digest'] as const;
export type Way = (typeof WAYS)[number];

export interface NotificationKindOptions {
  /** Who gets it: holders of one of these roles, or people for themselves. */
  readonly to: readonly Role[] | 'everybody';
  /** The way for those who chose none. */
  readonly way: Way;
  /** What a mail says of why it came, after "because": "you coordinate the centre". */
  readonly because: string;
  /** About the security of an account or a PIN: nobody can choose another way. */
  readonly security?: boolean;
  /** Its page is the person's own, whatever organisation he or she acts for. */
  readonly own?: boolean;
}

/** A kind of notification: its name ("certificates.issued"), and when it is sent. */
export interface NotificationKind extends NotificationKindOptions {
  readonly name: string;
  /** As the table of preferences words it: "A certificate is issued". */
  readonly description: string;
}

const kinds = new Map<string, NotificationKind>();

/** Declares a kind. The list is closed when the application has been composed; two kinds of one name are an error. */
export function notificationKind(
  name: string,
  description: string,
  options: NotificationKindOptions,
): NotificationKind {
  if (!/^[a-z-]+\.[a-z-]+$/.test(name))
    throw new Error(`Notification kind "${name}" must be named system.what-happened.`);
  if (kinds.has(name)) throw new Error(`Notification kind "${name}" is declared twice.`);
  const kind = { name, description, ...options };
  kinds.set(name, kind);
  return kind;
}

/** Every kind, in the order of declaration. */
export const allNotificationKinds = (): readonly NotificationKind[] => [...kinds.values()];

/** The kind of this name; undefined for one that is not sent any more. */
export const notificationKindOf = (name: string): NotificationKind | undefined => kinds.get(name);

/** The kinds that a holder of these roles can get. */
export function kindsFor(roles: readonly Role[]): readonly NotificationKind[] {
  return allNotificationKinds().filter(({ to }) => to === 'everybody' || to.some((role) => roles.includes(role)));
}

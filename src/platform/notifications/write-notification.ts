import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import type { DatabaseIdentity } from '../permissions/principal.ts';
import type { NotificationKind } from './notification-kinds.ts';

/** Something that happened, told to people whom it concerns. */
export interface Notification {
  readonly kind: NotificationKind;
  /** Whoever acts is left out: he or she knows. */
  readonly personIds: readonly string[];
  /** One line: "The claim for Ffion ap Gwilym was returned". */
  readonly subject: string;
  /** Plain text; begins with what happened. */
  readonly body: string;
  /** The page of this site where it can be seen or done. */
  readonly href: string;
  /** In whose name; its page opens for those who act for it. */
  readonly organisationId?: string | null;
  /** The act itself has mailed it: it only stands in the page. */
  readonly mailed?: boolean;
}

/** Writes a notification in the transaction in which it happened; returns to how many people. */
export async function writeNotification(
  transaction: Transaction<Schema>,
  identity: DatabaseIdentity,
  at: Date,
  notification: Notification,
): Promise<number> {
  const { kind, subject, body, href, organisationId = null, mailed = false } = notification;
  const personIds = notification.personIds.filter((id) => id !== identity.personId);
  if (personIds.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`
    select platform.write_notifications(${kind.name}, ${personIds}::uuid[], ${organisationId}::uuid, ${subject}, ${body}, ${href},
      ${kind.way}, ${kind.security ?? false}, ${at}, ${mailed}) as count`.execute(transaction);
  return rows[0]?.count ?? 0;
}

/** The mails of notifications as text: what happened first, then where it can be seen, why it came and how to change that. */

export interface MailParts {
  readonly brandName: string;
  readonly publicUrl: string;
  readonly name: string;
}

export interface MailItem {
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  /** "you coordinate the centre" */
  readonly because: string;
  readonly security: boolean;
  /** "Northgate Motor Training (centre 04417)"; null where it concerns the person alone. */
  readonly organisation: string | null;
}

/** The address that marks it as read and opens its page, also through the log-in and for the right organisation. */
const linkOf = ({ publicUrl }: MailParts, { id }: MailItem) => `${publicUrl}/notifications/${id}`;

const whyOf = ({ because, organisation }: MailItem) => `${because}${organisation ? `, for ${organisation}` : ''}`;

const changeAt = ({ publicUrl }: MailParts) => `${publicUrl}/notifications/preferences`;

/** One notification by mail. */
export function notificationMail(parts: MailParts, item: MailItem): { subject: string; body: string } {
  const choice = item.security
    ? 'It is about security, and mails about security cannot be switched off.'
    : `Choose how such news reach you here:\n${changeAt(parts)}`;
  return {
    subject: item.subject,
    body: `Dear ${parts.name}\n\n${item.body}\n\nSee it here; you may be asked to log in:\n${linkOf(parts, item)}\n\nYou get this mail because ${whyOf(item)}. ${choice}\n\n${parts.brandName}\n`,
  };
}

/** All of a day in one mail. */
export function digestMail(
  parts: MailParts,
  day: string,
  items: readonly MailItem[],
): { subject: string; body: string } {
  const count = items.length === 1 ? 'One thing' : `${items.length} things`;
  const list = items
    .map((item, at) => `${at + 1}. ${item.subject}\n${item.body}\nBecause ${whyOf(item)}.\n${linkOf(parts, item)}`)
    .join('\n\n');
  return {
    subject: `${parts.brandName}: ${items.length === 1 ? '1 notification' : `${items.length} notifications`}, ${day}`,
    body: `Dear ${parts.name}\n\n${count} happened that you wanted to hear of once a day, and that you have not read yet.\n\n${list}\n\nYou get this mail because you chose, or did not change, "One mail a day" for them. Change it here:\n${changeAt(parts)}\n\n${parts.brandName}\n`,
  };
}

/** Awards that end soon, or have ended: what a centre is reminded of, and what its list shows for it. */
import { type RawBuilder, sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { type AttentionItem, formatDate, plural } from '#ui';

/** Days before the expiry at which a reminder becomes more pressing. */
const REMINDERS = [7, 30, 90] as const;
const URGENCY = { 7: 2, 30: 4, 90: 6 } as const;
export const EXPIRES = ['7', '30', '90', 'expired'] as const;
export type Expires = (typeof EXPIRES)[number];

/**
 * True for a certificate `f` of a claim `c` in force whose award ends within so many days from today, or has ended; not
 * where the same candidate holds a later award in force of the product: it was renewed.
 */
export function expiresIn(when: Expires, today: string): RawBuilder<boolean> {
  const day = sql`${today}::date`;
  const inTime =
    when === 'expired'
      ? sql`a.expires_on < ${day}`
      : sql`a.expires_on between ${day} and ${day} + ${Number(when)}::int`;
  return sql<boolean>`(c.state = 'issued' and exists (select from certificates.award_expiries a where a.certificate_id = f.id and ${inTime}
    and not exists (select from certificates.certificates l join certificates.claims k on k.id = l.claim_id and k.state = 'issued'
      join certificates.award_expiries b on b.certificate_id = l.id
      where l.candidate_id = f.candidate_id and b.product_id = a.product_id and b.expires_on > a.expires_on)))`;
}

/** The reminder of a centre whose awards end within 90 days; more pressing at 30 and at 7. */
export async function expiringAttention(
  reader: Pick<Reader, 'rows' | 'now'>,
  centreId: string,
): Promise<AttentionItem | null> {
  const today = dayInLondon(reader.now);
  const [found] = await reader.rows(sql<{ count: number; first: string | null; days: number | null }>`
    select count(*)::int as count, min(x.expires_on) as first, min(x.expires_on) - ${today}::date as days
    from certificates.claims c join certificates.certificates f on f.claim_id = c.id
    join certificates.award_expiries x on x.certificate_id = f.id
    where c.centre_id = ${centreId} and ${expiresIn('90', today)}`);
  if (!found?.first) return null;
  const { count, first, days } = found;
  const within = REMINDERS.find((most) => (days ?? 0) <= most) ?? 90;
  return {
    urgency: URGENCY[within],
    tone: within === 90 ? 'info' : 'warn',
    icon: 'clock',
    title: `${plural(count, 'award')} ${count === 1 ? 'expires' : 'expire'} within 90 days`,
    why: `${count === 1 ? 'It is' : 'The first is'} good until ${formatDate(first)}. Register the ${count === 1 ? 'candidate' : 'candidates'} for a renewal in time.`,
    system: 'Web Portal',
    whose: 'your centre',
    until: first,
    action: { label: 'Look at it', href: '/certificates?expires=90' },
  };
}

import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Context } from '#platform/http/context.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { type AttentionItem, formatDate, plural } from '#ui';
import { addDays, DAYS_ALLOWED, DAYS_SOON } from '../programme-days/programme-days.ts';
import { DRAFTS } from './draft-on-page.ts';

/** Half-made registrations whose 90 days run out within 14 days, or have: told before they are late, not after. */
export async function draftsAttention(context: Context): Promise<AttentionItem[]> {
  const centreId = actingCentreId(context.principal);
  if (!centreId || !may(context.principal, 'web-portal.register')) return [];
  const today = dayInLondon(context.now);
  const [row] = await context.services.database.read(
    context.principal,
    (reader) =>
      reader.rows(sql<{ soon: number; over: number; earliest: string | null }>`
        select count(*) filter (where d.programme_start >= ${addDays(today, -DAYS_ALLOWED)}::date)::int as soon,
          count(*) filter (where d.programme_start < ${addDays(today, -DAYS_ALLOWED)}::date)::int as over,
          min(d.programme_start) filter (where d.programme_start >= ${addDays(today, -DAYS_ALLOWED)}::date) as earliest
        from web_portal.registration_drafts d
        left join products.published_products p on p.id = d.product_id
        where d.centre_id = ${centreId} and coalesce(p.regulated, true)
          and d.programme_start <= ${addDays(today, DAYS_SOON - DAYS_ALLOWED)}::date`),
    { capability: 'web-portal.register' },
  );
  if (!row || row.soon + row.over === 0) return [];
  const { soon, over, earliest } = row;
  const first = earliest ? `The first of them has until ${formatDate(addDays(earliest, DAYS_ALLOWED))}. ` : '';
  const after = over > 0 ? `${over === 1 ? 'One is' : `${over} are`} past the 90 days already. ` : '';
  return [
    {
      system: 'Web Portal',
      whose: 'your centre',
      until: null,
      urgency: 2,
      tone: 'warn',
      icon: 'clock',
      title: `${plural(soon + over, 'half-made registration')} with ${DAYS_SOON} days left or fewer`,
      why: `${first}${after}After ${DAYS_ALLOWED} days from the programme start a registration is marked late for good.`,
      action: { label: 'Look at them', href: `${DRAFTS}?show=soon` },
    },
  ];
}

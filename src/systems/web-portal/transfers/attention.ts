/** Transfers that wait for the answer of whoever's centre it is. */
import { sql } from 'kysely';
import type { Context } from '#platform/http/context.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { type AttentionItem, plural } from '#ui';
import { readAcross, TRANSFERS } from './transfers.ts';

export async function transferAttention(context: Context): Promise<AttentionItem[]> {
  const centreId = actingCentreId(context.principal);
  if (centreId === null || !may(context.principal, 'web-portal.register')) return [];
  const [row] = await readAcross(context, (reader) =>
    reader.rows(sql<{ count: number; until: string | null }>`
      select count(*)::int as count, min(t.answer_by) as until from web_portal.transfers t
      where t.state = 'asked' and case t.direction when 'ask' then t.from_centre_id else t.to_centre_id end = ${centreId}`),
  );
  const count = row?.count ?? 0;
  if (count === 0) return [];
  return [
    {
      urgency: 3,
      tone: 'warn',
      icon: 'users',
      title: `${plural(count, 'transfer')} to answer`,
      why: 'Another centre asks for a registration of yours, or offers you one. Without an answer it ends by itself.',
      system: 'Web Portal',
      whose: 'your centre',
      until: null,
      action: { label: 'Look at them', href: `${TRANSFERS}?state=asked` },
    },
  ];
}

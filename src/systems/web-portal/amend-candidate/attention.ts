/** Corrections that wait for an officer. */
import { sql } from 'kysely';
import type { Context } from '#platform/http/context.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { type AttentionItem, plural } from '#ui';
import { AMENDMENTS } from './amendments.ts';

export async function amendmentAttention(context: Context): Promise<AttentionItem[]> {
  const { principal } = context;
  if (actingCentreId(principal) !== null || !may(principal, 'web-portal.decide-amendments')) return [];
  const [row] = await context.services.database.read(
    principal,
    (reader) =>
      reader.rows(sql<{ count: number }>`
        select count(*)::int as count from web_portal.candidate_amendments a where a.state = 'asked'`),
    { capability: 'web-portal.decide-amendments' },
  );
  const count = row?.count ?? 0;
  if (count === 0) return [];
  return [
    {
      urgency: 4,
      tone: 'warn',
      icon: 'users',
      title: `${plural(count, 'correction')} to decide`,
      why: 'A name, date of birth or learner number is to change. The record stays as it is until then.',
      system: 'Web Portal',
      whose: 'you',
      until: null,
      action: { label: 'Look at them', href: `${AMENDMENTS}?state=asked` },
    },
  ];
}

/** Identity questions that wait for an officer. */
import { sql } from 'kysely';
import type { Context } from '#platform/http/context.ts';
import { may } from '#platform/permissions/principal.ts';
import { type AttentionItem, plural } from '#ui';

export async function identityAttention(context: Context): Promise<AttentionItem[]> {
  if (!may(context.principal, 'web-portal.settle-identity')) return [];
  const [row] = await context.services.database.read(
    context.principal,
    (reader) =>
      reader.rows(sql<{ count: number }>`
        select count(*)::int as count from web_portal.identity_questions q where q.state = 'open'`),
    { capability: 'web-portal.settle-identity' },
  );
  const count = row?.count ?? 0;
  if (count === 0) return [];
  return [
    {
      urgency: 5,
      tone: 'warn',
      icon: 'users',
      title: `${plural(count, 'identity question')} to settle`,
      why: 'Two records may be one person. Until it is settled a learner number can lie aside.',
      system: 'Web Portal',
      whose: 'you',
      until: null,
      action: { label: 'Look at them', href: '/web-portal/identity?state=open' },
    },
  ];
}

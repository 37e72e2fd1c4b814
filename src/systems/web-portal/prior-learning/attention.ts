/** What of prior learning waits for whoever looks. */
import { sql } from 'kysely';
import type { Context } from '#platform/http/context.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { type AttentionItem, plural } from '#ui';
import { PRIOR_LEARNING } from './prior-learning.ts';
import type { PriorLearningState } from './prior-learning-state.ts';

const WAITING: Record<
  'proposed' | 'returned' | 'confirmed',
  { readonly what: string; readonly why: string; readonly urgency: number }
> = {
  proposed: {
    what: 'to confirm',
    why: 'An internal quality assurer looks at the evidence; the unit counts when the awarding body has granted it.',
    urgency: 4,
  },
  returned: {
    what: 'returned',
    why: 'Something is missing. Mend it, or withdraw it.',
    urgency: 3,
  },
  confirmed: {
    what: 'to decide',
    why: 'Confirmed by the centre. The candidates wait for the unit.',
    urgency: 4,
  },
};

/** Claims of prior learning for a quality assurer to confirm, for the centre to mend, for the awarding body to decide. */
export async function priorLearningAttention(context: Context): Promise<AttentionItem[]> {
  const { principal, services } = context;
  const states: (keyof typeof WAITING)[] = [
    ...(may(principal, 'web-portal.confirm-prior-learning') ? (['proposed'] as const) : []),
    ...(may(principal, 'web-portal.propose-prior-learning') ? (['returned'] as const) : []),
    ...(may(principal, 'web-portal.decide-prior-learning') ? (['confirmed'] as const) : []),
  ];
  if (states.length === 0) return [];
  const centreId = actingCentreId(principal);
  const { personId } = context.person();
  const rows = await services.database.read(
    principal,
    (reader) =>
      reader.rows(sql<{ state: PriorLearningState; count: number }>`
        select p.state, count(*)::int as count from web_portal.prior_learning p
        where p.state = any(${states}) and (${centreId}::uuid is null or p.centre_id = ${centreId}::uuid)
          and not (p.state = 'proposed' and exists (select from web_portal.prior_learning_events e
            where e.prior_learning_id = p.id and e.act in ('propose', 'mend') and e.person_id = ${personId}))
        group by p.state`),
    { capability: 'web-portal.view' },
  );
  return rows.map(({ state, count }) => {
    const { what, why, urgency } = WAITING[state as keyof typeof WAITING];
    return {
      urgency,
      tone: 'warn',
      icon: 'award',
      title: `${plural(count, 'claim')} of prior learning ${what}`,
      why,
      system: 'Web Portal',
      whose: 'you',
      until: null,
      action: { label: 'Look at them', href: `${PRIOR_LEARNING}?state=${state}` },
    };
  });
}

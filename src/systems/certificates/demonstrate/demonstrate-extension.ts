import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Services } from '#platform/services.ts';
import { extendExpiries } from '../extend-expiries/extend.ts';
import { markOfPlan, type NewExtension, planExtension } from '../extend-expiries/plan.ts';

const DAY = 86_400_000;

/** The earliest awards with an end were extended a while ago: their test hall was shut when they should be renewed. */
export async function demonstrateExtension(services: Services, officerId: string): Promise<void> {
  await services.database.write({ kind: 'system', personId: officerId }, async (writer) => {
    const [first] = await writer.rows(sql<{ productId: string; expiresOn: string }>`
      select product_id as "productId", expires_on as "expiresOn" from certificates.award_expiries order by expires_on limit 1`);
    if (!first) return;
    const from = new Date(`${first.expiresOn}T12:00:00Z`);
    const rule: NewExtension = {
      id: crypto.randomUUID(),
      name: 'Test hall closed for repair',
      reason: 'The hall in which most renewals are assessed is closed for repair in these weeks.',
      productIds: [first.productId],
      windows: [
        {
          name: 'Weeks of repair',
          from: dayInLondon(new Date(from.getTime() - 7 * DAY)),
          until: dayInLondon(new Date(from.getTime() + 21 * DAY)),
        },
      ],
      months: 6,
      mostTimes: 2,
    };
    await extendExpiries(writer, rule, markOfPlan(rule, await planExtension(writer, rule)));
  });
}

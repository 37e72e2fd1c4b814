/** What a rule of extension would do to the awards of its products: the same answer for the preview and for the act. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { type ExtensionPreview, type ExtensionRule, extensionOf, previewExtension } from '#products';

/** A rule of extension as the awarding body enters it. */
export interface NewExtension extends ExtensionRule {
  readonly name: string;
  readonly reason: string;
  readonly productIds: readonly string[];
}

/** An award that moves. Days YYYY-MM-DD. */
export interface MovedAward {
  readonly certificateId: string;
  readonly serial: string;
  readonly holder: string;
  readonly centreId: string;
  readonly centre: string;
  readonly from: string;
  readonly to: string;
  readonly window: string;
}

export interface Plan {
  readonly moved: readonly MovedAward[];
  readonly preview: ExtensionPreview;
  /** Replaced and revoked certificates of the products: nothing to extend. */
  readonly notCurrent: number;
  readonly centres: number;
}

interface Row extends Omit<MovedAward, 'from' | 'to' | 'window'> {
  readonly expiresOn: string;
  readonly extendedBy: readonly string[];
  readonly current: boolean;
}

/** What the rule does now, the earliest expiry first. */
export async function planExtension(reader: Pick<Reader, 'rows'>, rule: NewExtension): Promise<Plan> {
  const rows = await reader.rows(sql<Row>`
    select a.certificate_id as "certificateId", f.serial, a.centre_id as "centreId", a.expires_on as "expiresOn", a.extended_by as "extendedBy",
      (f.content -> 'holder' ->> 'givenNames') || ' ' || (f.content -> 'holder' ->> 'familyName') as holder,
      (select o.name || ', centre ' || o.number from centres_hub.published_centres o where o.id = a.centre_id) as centre,
      not exists (select from certificates.certificate_states s where s.certificate_id = a.certificate_id and s.state <> 'issued') as current
    from certificates.award_expiries a join certificates.certificates f on f.id = a.certificate_id
    where a.product_id = any(${[...rule.productIds]}::uuid[]) order by a.expires_on, f.serial`);
  const awards = rows.filter(({ current }) => current);
  const moved: MovedAward[] = [];
  for (const { certificateId, serial, holder, centreId, centre, expiresOn, extendedBy } of awards) {
    const answer = extensionOf(rule, { expiresOn, extendedBy });
    if (answer.extended)
      moved.push({
        ...{ certificateId, serial, holder, centreId, centre },
        ...{ from: expiresOn, to: answer.expiresOn, window: answer.window },
      });
  }
  return {
    moved,
    preview: previewExtension(rule, awards),
    notCurrent: rows.length - awards.length,
    centres: new Set(moved.map(({ centreId }) => centreId)).size,
  };
}

/** What was shown, as a mark that the form sends back: what is applied is what was looked at, or nothing. */
export function markOfPlan({ name, reason, id, ...rule }: NewExtension, { moved }: Plan): string {
  const shown = [rule.productIds, rule.windows, rule.months, rule.mostTimes, moved];
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
}

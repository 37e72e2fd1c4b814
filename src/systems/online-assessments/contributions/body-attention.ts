/** What of Online Assessments waits for people of the awarding body. */
import { sql } from 'kysely';
import type { Context } from '#platform/http/context.ts';
import { may } from '#platform/permissions/principal.ts';
import { type AttentionItem, formatDate, plural } from '#ui';
import { FORMS_PATH } from '../test-forms/list-forms.ts';

const system = 'Online Assessments';

interface Counts {
  readonly held: number;
  readonly heldId: string | null;
  readonly heldSince: Date | null;
  /** Drafts that this person may publish: made by somebody else. */
  readonly toPublish: number;
  readonly ownDrafts: number;
}

/** Results that are held, and drafts of test forms: for whoever publishes, and for whoever made them. */
export async function bodyAttention(context: Context): Promise<AttentionItem[]> {
  const { principal } = context;
  const decidesResults = may(principal, 'certificates.decide') && may(principal, 'online-assessments.view');
  const works = may(principal, 'online-assessments.forms');
  if (principal.kind !== 'person' || principal.acting?.kind !== 'awarding_body' || !(decidesResults || works))
    return [];
  const { personId } = principal;
  const [counts] = await context.services.database.read(
    principal,
    (reader) =>
      reader.rows(sql<Counts>`
        select h.held, h."heldId", h."heldSince", f.*
        from (select count(*)::int as held, (array_agg(id order by ended_at))[1] as "heldId", min(ended_at) as "heldSince"
          from online_assessments.sittings where state = 'held') h,
        (select count(*) filter (where created_by is distinct from ${personId})::int as "toPublish",
          count(*) filter (where created_by = ${personId})::int as "ownDrafts"
          from online_assessments.test_forms where published_at is null and withdrawn_at is null) f`),
    { capability: 'online-assessments.view' },
  );
  return counts
    ? rowsFor(counts, { decidesResults, publishes: may(principal, 'online-assessments.publish'), works })
    : [];
}

/** The rows for some counts, most urgent first. */
export function rowsFor(
  { held, heldId, heldSince, toPublish, ownDrafts }: Counts,
  { decidesResults, publishes, works }: { decidesResults: boolean; publishes: boolean; works: boolean },
): AttentionItem[] {
  const rows: AttentionItem[] = [];
  if (decidesResults && held > 0 && heldId)
    rows.push({
      urgency: 2,
      tone: 'warn',
      icon: 'alert',
      title: `${plural(held, 'result is', 'results are')} held`,
      why: `The two markers did not agree, or a pass could not be recorded.${heldSince ? ` The first waits since ${formatDate(heldSince)}.` : ''}`,
      system,
      whose: 'you',
      until: null,
      action: { label: 'Look at the first', href: `/online-assessments/sittings/${heldId}` },
    });
  if (publishes && toPublish > 0)
    rows.push({
      urgency: 5,
      tone: 'info',
      icon: 'doc',
      title: `${plural(toPublish, 'test form')} to publish`,
      why: 'Drafts that somebody else has made. Look at a paper, then publish the form.',
      system,
      whose: 'you',
      until: null,
      action: { label: 'Look at them', href: FORMS_PATH },
    });
  if (works && ownDrafts > 0)
    rows.push({
      urgency: 7,
      icon: 'edit',
      title: `${plural(ownDrafts, 'draft')} of yours of a test form`,
      why: 'Finish it, and ask a reviewer to publish it: nobody publishes an own draft.',
      system,
      whose: 'you, then a reviewer',
      until: null,
      action: { label: 'Look at it', href: FORMS_PATH },
    });
  return rows;
}

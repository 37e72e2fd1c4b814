import { sql } from 'kysely';
import type { Context } from '#platform/http/context.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { type AttentionItem, plural } from '#ui';
import { amendmentAttention } from '../amend-candidate/attention.ts';
import { priorLearningAttention } from '../prior-learning/attention.ts';
import { draftsAttention } from '../registration-drafts/attention.ts';
import { identityAttention } from '../settle-identity/attention.ts';
import { transferAttention } from '../transfers/attention.ts';

export type AttentionRow = AttentionItem;

/** What the rows of this system have in common. */
const ours = { system: 'Web Portal', whose: 'your centre', until: null };

/** A registration on which nothing was achieved for so many days is asked about. */
const IDLE_DAYS = 180;
/** Lateness is news for so many days; after that it is history, and the list still shows it. */
const LATE_NEWS_DAYS = 30;

interface Counts {
  ready: number;
  late: number;
  noUln: number;
  idle: number;
}

/**
 * What of the Web Portal needs somebody of this centre: certificates to claim, registrations made late, candidates
 * without ULN who come near to a claim, and registrations on which nothing happens. Nothing for others.
 */
export async function attention(context: Context): Promise<AttentionRow[]> {
  return [
    ...(await registrationsAttention(context)),
    ...(await priorLearningAttention(context)),
    ...(await transferAttention(context)),
    ...(await identityAttention(context)),
    ...(await amendmentAttention(context)),
    ...(await draftsAttention(context)),
  ];
}

async function registrationsAttention(context: Context): Promise<AttentionRow[]> {
  const centreId = actingCentreId(context.principal);
  if (!centreId || !may(context.principal, 'web-portal.register')) return [];
  const back = (days: number) => new Date(context.now.getTime() - days * 86_400_000);
  // The home page runs in the person's own scope; the centre's figures are read in the scope of the centre.
  const [counts] = await context.services.database.read(
    context.principal,
    (reader) =>
      reader.rows(sql<Counts>`
        select count(*) filter (where r.requirements_met_at is not null) as ready,
          count(*) filter (where r.late and r.transferred_from is null and not exists (select from web_portal.lateness_waivers w where w.registration_id = r.id) and r.registered_at > ${back(LATE_NEWS_DAYS)}) as late,
          count(*) filter (where c.uln is null and r.units_achieved > 0) as "noUln",
          count(*) filter (where r.registered_at < ${back(IDLE_DAYS)} and r.requirements_met_at is null and not exists (
            select from web_portal.unit_achievements a where a.registration_id = r.id and a.achieved_at > ${back(IDLE_DAYS)})) as idle
        from web_portal.registrations r
        join web_portal.candidates c on c.id = r.candidate_id
        where r.centre_id = ${centreId} and r.state = 'active'`),
    { capability: 'web-portal.register' },
  );
  return counts ? rowsFor(counts) : [];
}

/** The rows for some counts, most urgent first. */
export function rowsFor({ ready, late, noUln, idle }: Counts): AttentionRow[] {
  const list = '/web-portal/candidates';
  const rows: AttentionRow[] = [];
  if (late > 0) {
    rows.push({
      ...ours,
      urgency: 3,
      tone: 'warn',
      icon: 'clock',
      title: `${plural(late, 'registration')} made late`,
      why: 'More than 90 days after the programme started. Quality and Compliance may ask why: have the reason ready.',
      action: { label: 'Look at them', href: '/web-portal/late-registrations?waived=no' },
    });
  }
  if (ready > 0) {
    rows.push({
      ...ours,
      urgency: 4,
      tone: 'info',
      icon: 'award',
      title: `${plural(ready, 'registration')} with all units achieved`,
      why: 'The certificate can be claimed, where that was not done yet.',
      action: { label: 'Look at them', href: `${list}?status=ready` },
    });
  }
  if (noUln > 0) {
    rows.push({
      ...ours,
      urgency: 6,
      icon: 'info',
      title: `${plural(noUln, 'candidate')} with achieved units and no ULN`,
      why: 'Without the number the learning record stays empty. It is asked for again at the claim.',
      action: { label: 'Look at them', href: `${list}?status=no_uln` },
    });
  }
  if (idle > 0) {
    rows.push({
      ...ours,
      urgency: 7,
      icon: 'users',
      title: `${plural(idle, 'registration')} without progress for half a year`,
      why: 'Nothing was achieved on them. Find out whether the candidates still take part.',
      action: { label: 'Look at them', href: `${list}?status=progress&sort=registered&order=asc` },
    });
  }
  return rows;
}

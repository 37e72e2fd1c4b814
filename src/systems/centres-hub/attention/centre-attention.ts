import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Context } from '#platform/http/context.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { formatDate, plural } from '#ui';
import { currentAgreement } from '../agreement/agreement-versions.ts';
import { signaturesOf } from '../agreement/sign-agreement.ts';
import { APPLICATION_STATE_WORDS, APPLICATION_STATES } from '../applications/application-state.ts';
import { documentsOf } from '../centre-documents/documents.ts';
import { DOCUMENT_KINDS, type DocumentKind, expiryStanding } from '../centre-documents/expiry.ts';
import { conditionStanding, conditionsOf } from '../conditions/conditions.ts';
import type { AttentionRow } from './attention.ts';

const system = 'Centres Hub';

/**
 * What of the centre's papers and conditions needs the coordinator; for the awarding body what waits for its decision,
 * and conditions that are overdue. Nothing for others.
 */
export async function centreMattersAttention(context: Context): Promise<AttentionRow[]> {
  const { principal, services } = context;
  const centreId = actingCentreId(principal);
  const capability = centreId ? 'centres-hub.manage-users' : 'centres-hub.decide-approvals';
  if (!may(principal, capability)) return [];
  return services.database.read(
    principal,
    async (reader) => {
      const today = dayInLondon(reader.now);
      if (centreId === null) return bodyRows(await bodyCounts(reader, today));
      const agreement = await currentAgreement(reader);
      const signed = (await signaturesOf(reader, centreId)).some(({ number }) => number === agreement?.number);
      return centreRows(
        {
          documents: await documentsOf(reader, centreId),
          conditions: await conditionsOf(reader, centreId),
          toSign: agreement && !signed ? agreement : null,
        },
        today,
      );
    },
    { capability },
  );
}

interface CentreMatters {
  readonly documents: readonly {
    readonly kind: DocumentKind;
    readonly reference: string;
    readonly expiresOn: string | null;
  }[];
  readonly conditions: readonly { readonly words: string; readonly dueOn: string; readonly metAt: Date | null }[];
  readonly toSign: { readonly title: string; readonly number: number; readonly signBy: string } | null;
}

/** The rows of a centre on a day. */
export function centreRows({ documents, conditions, toSign }: CentreMatters, today: string): AttentionRow[] {
  const rows: AttentionRow[] = [];
  const overdue = conditions.filter((one) => conditionStanding(one, today) === 'overdue');
  for (const { words, dueOn } of overdue) {
    rows.push({
      urgency: 2,
      tone: 'bad',
      icon: 'alert',
      title: 'A condition is overdue',
      why: `${words}. It was due on ${formatDate(dueOn)}.`,
      system,
      whose: 'your centre',
      until: dueOn,
      action: { label: 'See conditions', href: '/centres-hub/conditions?standing=overdue' },
    });
  }
  for (const { kind, reference, expiresOn } of documents) {
    const standing = expiryStanding(expiresOn, today);
    if (standing === 'good' || expiresOn === null) continue;
    const expired = standing === 'expired';
    rows.push({
      urgency: expired ? 3 : 5,
      tone: expired ? 'bad' : 'warn',
      icon: 'doc',
      title: `${DOCUMENT_KINDS[kind]} ${expired ? 'has expired' : 'expires soon'}`,
      why: `${reference}. ${expired ? 'Put the one that is in force in its place.' : 'Put the new one in its place before that day.'}`,
      system,
      whose: 'your centre',
      until: expiresOn,
      action: { label: 'See documents', href: `/centres-hub/documents?expiry=${standing}` },
    });
  }
  if (toSign) {
    rows.push({
      urgency: 4,
      tone: 'warn',
      icon: 'edit',
      title: `${toSign.title}, version ${toSign.number}, is not signed`,
      why: 'The head of centre signs it by typing the name.',
      system,
      whose: 'your head of centre',
      until: toSign.signBy,
      action: { label: 'Read and sign', href: '/centres-hub/documents/agreement' },
    });
  }
  return rows;
}

interface BodyCounts {
  readonly applications: number;
  readonly overdue: number;
  readonly withdrawals: number;
  /** Of the first centre with an overdue condition, or with a withdrawal asked for. */
  readonly overdueAt: string | null;
  readonly withdrawalAt: string | null;
}

async function bodyCounts(reader: Parameters<typeof conditionsOf>[0], today: string): Promise<BodyCounts> {
  const ours = APPLICATION_STATES.filter((state) => APPLICATION_STATE_WORDS[state].whose === 'body');
  const overdue = sql`from centres_hub.conditions d join accounts.published_organisations o on o.id = d.centre_id
    where d.met_at is null and d.due_on < ${today}`;
  const asked = sql`from centres_hub.withdrawals w join accounts.published_organisations o on o.id = w.centre_id
    where w.state = 'asked'`;
  const [counts] = await reader.rows(sql<BodyCounts>`select
    (select count(*)::int from centres_hub.applications where state = any(${ours}::text[])) as applications,
    (select count(*)::int ${overdue}) as overdue, (select min(o.number) ${overdue}) as "overdueAt",
    (select count(*)::int ${asked}) as withdrawals, (select min(o.number) ${asked}) as "withdrawalAt"`);
  return counts ?? { applications: 0, overdue: 0, withdrawals: 0, overdueAt: null, withdrawalAt: null };
}

/** The rows of the awarding body for so many. */
export function bodyRows({ applications, overdue, withdrawals, overdueAt, withdrawalAt }: BodyCounts): AttentionRow[] {
  const rows: AttentionRow[] = [];
  const ours = { system, until: null };
  if (overdue > 0) {
    rows.push({
      ...ours,
      urgency: 3,
      tone: 'bad',
      icon: 'alert',
      title: `${plural(overdue, 'condition')} overdue`,
      why: `An approval depends on ${overdue === 1 ? 'it' : 'them'}. Ask the centre, or decide what follows.`,
      whose: 'the centre',
      action: { label: 'See conditions', href: `/centres-hub/conditions?centre=${overdueAt}&standing=overdue` },
    });
  }
  if (applications > 0) {
    rows.push({
      ...ours,
      urgency: 4,
      tone: 'info',
      icon: 'hub',
      title: `${plural(applications, 'application')} to become a centre ${applications === 1 ? 'waits' : 'wait'}`,
      why: 'The next move is yours: invite, check, decide or approve.',
      whose: 'you',
      action: { label: 'See applications', href: '/centres-hub/applications?move=body' },
    });
  }
  if (withdrawals > 0) {
    rows.push({
      ...ours,
      urgency: 4,
      tone: 'warn',
      icon: 'flag',
      title: `${plural(withdrawals, 'withdrawal')} to decide`,
      why: 'Look at what stands in the way, then decide or refuse.',
      whose: 'you',
      action: { label: 'See withdrawals', href: `/centres-hub/withdrawals?centre=${withdrawalAt}&state=asked` },
    });
  }
  return rows;
}

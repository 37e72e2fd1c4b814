/** The parts of certificates in the pages of other systems; `application.ts` joins them. */
import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import type { Context } from '#platform/http/context.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { type AttentionItem, codeText, formatDate, link, linkButton, plural, table } from '#ui';
import type { RegistrationFacts, Section } from '#web-portal';
import { claimsOf } from '../claim-facts/claim-facts.ts';
import type { ClaimState } from '../claim-state/claim-state.ts';
import { isCurrent } from '../claim-state/claim-state.ts';
import { waitingClaims } from '../decide-claim/list-claims.ts';
import { expiringAttention } from '../expiry/expiring.ts';
import { expiryInWords } from '../expiry/expiry.ts';
import { claimTag } from '../list-certificates/list-certificates.ts';
import { ownCertificates } from '../my-certificates/my-certificates.ts';
import { formatSerial } from '../serial/serial.ts';

export type AttentionRow = AttentionItem;

const system = 'Web Portal';

/**
 * For a centre: claims that came back in the last 60 days and were not made again, and awards that expire soon. For the awarding body: claims that
 * wait for it. What can be claimed now is told by the Web Portal, which knows it without asking.
 */
export async function attention(context: Context): Promise<AttentionRow[]> {
  const { principal, services } = context;
  const rows: AttentionRow[] = [];
  const centreId = actingCentreId(principal);
  if (centreId && may(principal, 'certificates.claim')) {
    const since = new Date(context.now.getTime() - 60 * 86_400_000);
    const [found] = await services.database.read(
      principal,
      (reader) =>
        reader.rows(sql<{ count: number; reason: string | null }>`
          select count(*) as count, max(c.reason) as reason from certificates.claims c
          where c.centre_id = ${centreId} and c.state = 'returned' and c.decided_at > ${since}
            and not exists (select from certificates.claims l where l.registration_id = c.registration_id and l.claimed_at > c.claimed_at)`),
      { capability: 'certificates.claim' },
    );
    if (found && found.count > 0) {
      rows.push({
        urgency: 3,
        tone: 'warn',
        icon: 'award',
        title: `${plural(found.count, 'claim')} returned by the awarding body`,
        why: found.count === 1 && found.reason ? found.reason : 'Read why, put it right, and claim again.',
        system,
        whose: 'your centre',
        until: null,
        action: { label: 'Look at it', href: '/certificates?state=returned' },
      });
    }
    const expiring = await services.database.read(principal, (reader) => expiringAttention(reader, centreId), {
      capability: 'certificates.claim',
    });
    if (expiring) rows.push(expiring);
  }
  if (!centreId && may(principal, 'certificates.decide')) {
    const { count, since } = await services.database.read(principal, waitingClaims, {
      capability: 'certificates.decide',
    });
    if (count > 0) {
      rows.push({
        urgency: 2,
        tone: 'info',
        icon: 'award',
        title: `${plural(count, 'claim')} to decide`,
        why: since ? `The first waits since ${formatDate(since)}.` : 'They wait for the awarding body.',
        system,
        whose: 'you',
        until: null,
        action: { label: 'Decide', href: '/certificates/claims', main: true },
      });
    }
  }
  return rows;
}

/** A card on a person's own home page. */
export interface OwnCard {
  readonly title: string;
  readonly rows: readonly { readonly what: string; readonly detail: string; readonly href?: string }[];
  readonly empty: string;
}

/** "My certificates" on a candidate's home page; nothing for people who are no candidates. */
export async function ownCertificatesCard(context: Context): Promise<OwnCard | null> {
  const found = await context.services.database.read(
    context.principal,
    async (reader) => {
      const candidate = await reader.db
        .selectFrom('web_portal.published_candidates')
        .select('id')
        .where('person_id', '=', reader.identity.personId)
        .limit(1)
        .executeTakeFirst();
      return candidate ? ownCertificates(reader) : null;
    },
    { capability: 'certificates.own' },
  );
  if (!found) return null;
  return {
    title: 'My certificates',
    empty: 'None yet. When all units of your programme are achieved, your centre claims the certificate.',
    rows: found.map(({ serial, content, state, expiry }) => ({
      what: content.title,
      detail: `${formatSerial(serial)}, awarded ${formatDate(content.awardedOn)}${state === 'issued' ? (expiry ? `. ${expiryInWords(expiry, dayInLondon(context.now))}` : '') : `, ${state}`}`,
      href: '/my/certificates',
    })),
  };
}

interface CandidateRow {
  readonly id: string;
  readonly title: string;
  readonly state: ClaimState;
  readonly claimedAt: Date;
  readonly certificateId: string | null;
  readonly serial: string | null;
  readonly issuedOn: string | null;
}

/** "Certificates" on a candidate's page in the Web Portal. */
export async function candidateSections(reader: Reader, candidateId: string): Promise<Section[]> {
  const rows = await reader.rows(sql<CandidateRow>`
    select c.id, d.title, c.state, c.claimed_at as "claimedAt", f.id as "certificateId", f.serial, f.issued_on as "issuedOn"
    from certificates.claims c
    join web_portal.published_registrations r on r.id = c.registration_id
    join products.published_products d on d.id = r.product_id
    left join certificates.certificates f on f.claim_id = c.id
    where r.candidate_id = ${candidateId} order by c.claimed_at desc, c.id desc`);
  if (rows.length === 0) return [];
  const mayOpen = may(reader.principal, 'certificates.view');
  return [
    {
      id: 'certificates',
      title: 'Certificates',
      flush: true,
      body: table<CandidateRow>({
        caption: 'Certificates and claims',
        columns: [
          {
            label: 'Certificate',
            header: true,
            cell: (row) =>
              row.certificateId && mayOpen ? link(row.title, `/certificates/${row.certificateId}`) : row.title,
          },
          {
            label: 'Number',
            class: 'nw',
            cell: (row) => (row.serial ? codeText(formatSerial(row.serial)) : 'None yet'),
          },
          { label: 'Date', class: 'nw', cell: (row) => formatDate(row.issuedOn ?? row.claimedAt, 'list') },
          { label: 'State', phone: 'status', cell: (row) => claimTag(row.state) },
        ],
        rows,
      }),
    },
  ];
}

/** What comes next for a registration whose units are all achieved. */
export async function claimStep(reader: Reader, registration: RegistrationFacts): Promise<Safe | null> {
  const claims = await claimsOf(reader, registration.id);
  const current = claims.find((claim) => claim.kind === 'full' && isCurrent(claim.state));
  if (current?.state === 'submitted') return html`The certificate is claimed. The awarding body decides.`;
  if (current?.certificateId)
    return may(reader.principal, 'certificates.view')
      ? link('The certificate is issued', `/certificates/${current.certificateId}`)
      : html`The certificate is issued.`;
  if (!may(reader.principal, 'certificates.claim'))
    return html`All units are achieved: the centre coordinator or administrator can claim the certificate.`;
  const returned = claims[0]?.state === 'returned' && 'The last claim was returned: read why, then claim again. ';
  return html`${returned}${linkButton('Claim the certificate', `/certificates/claim/${registration.id}`, { icon: 'award', small: true })}`;
}

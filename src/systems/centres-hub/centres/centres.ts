import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';

export interface Centre {
  readonly id: string;
  /** 5 digits. */
  readonly number: string;
  readonly name: string;
  readonly tradingName: string | null;
  readonly owner: string | null;
  readonly website: string | null;
  /** Approved, suspended or withdrawn on the reader's day. */
  readonly status: 'approved' | 'suspended' | 'withdrawn';
  readonly address: readonly string[];
  readonly town: string;
  readonly postcode: string;
  readonly telephone: string | null;
  readonly email: string | null;
  readonly ukprn: string | null;
  /** The first day on which it is withdrawn, by a decision; null: none was taken. */
  readonly withdrawnFrom: string | null;
  readonly approvedOn: string;
  readonly nextReviewOn: string | null;
  /** When the centre was set up for ePortfolio, or null. */
  readonly eportfolioSetUpAt: Date | null;
}

/** The words a person reads for the state of a centre. */
export const CENTRE_STATES: Record<Centre['status'], string> = {
  approved: 'Approved',
  suspended: 'Suspended',
  withdrawn: 'Withdrawn',
};

/** The state of a centre on a day: a withdrawal that was decided holds from its first day on. `c` is the centre's row. */
export const statusOn = (now: Date) =>
  sql<Centre['status']>`case when c.withdrawn_from <= ${dayInLondon(now)} then 'withdrawn' else c.status end`;

const columns = (
  now: Date,
) => sql`c.id, o.number, o.name, ${statusOn(now)} as status, c.trading_name as "tradingName", c.owner, c.website,
  c.withdrawn_from as "withdrawnFrom", c.address, c.town, c.postcode, c.telephone, c.email, c.ukprn,
  c.approved_on as "approvedOn", c.next_review_on as "nextReviewOn", c.eportfolio_set_up_at as "eportfolioSetUpAt"`;

/** A centre in the reader's scope, or null: a centre sees itself, the awarding body every centre. */
export async function centreById(reader: Pick<Reader, 'rows' | 'now'>, centreId: string): Promise<Centre | null> {
  const [centre] = await reader.rows(sql<Centre>`
    select ${columns(reader.now)} from centres_hub.centres c join accounts.published_organisations o on o.id = c.id where c.id = ${centreId}`);
  return centre ?? null;
}

/** The centre of a number of 5 digits, or null. */
export async function centreByNumber(reader: Pick<Reader, 'rows' | 'now'>, number: string): Promise<Centre | null> {
  const [centre] = await reader.rows(sql<Centre>`
    select ${columns(reader.now)} from accounts.published_organisations o join centres_hub.centres c on c.id = o.id where o.number = ${number}`);
  return centre ?? null;
}

export interface Site {
  readonly id: string;
  readonly centreId: string;
  readonly name: string;
  readonly kind: 'site' | 'satellite';
  /** One text of several lines, or null. */
  readonly address: string | null;
  /** Rooms where tests are held and work is assessed. */
  readonly rooms: readonly string[];
}

/** The sites of a centre with their rooms, by name. */
export async function sitesOf(reader: Pick<Reader, 'db'>, centreId: string): Promise<Site[]> {
  return reader.db
    .selectFrom('centres_hub.sites')
    .select(['id', 'centre_id as centreId', 'name', 'kind', 'address', 'rooms'])
    .where('centre_id', '=', centreId)
    .orderBy('name')
    .execute();
}

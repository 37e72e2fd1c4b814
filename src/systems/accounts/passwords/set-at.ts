import { type RawBuilder, sql } from 'kysely';

/** As a value of a row: when the person's present password was set. What was granted by it holds while that is the same. */
export const passwordSetAt = (personId: string): RawBuilder<Date> =>
  sql<Date>`(select changed_at from accounts.credentials where person_id = ${personId})`;

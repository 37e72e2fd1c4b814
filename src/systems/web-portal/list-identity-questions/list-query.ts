import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { searchWords } from '../names/names.ts';
import {
  type CENTRE_SAYS,
  QUESTION_SOURCES,
  QUESTION_STATES,
  type QuestionSource,
  type QuestionState,
} from '../settle-identity/question.ts';

export const STATES = Object.keys(QUESTION_STATES) as QuestionState[];
const SOURCES = Object.keys(QUESTION_SOURCES) as [QuestionSource, ...QuestionSource[]];

const text = z.string().trim().max(100).optional().catch(undefined);
export const questionsQuery = z.object({
  q: text,
  /** Open ones where none is asked for. */
  state: z.enum(STATES as [QuestionState, ...QuestionState[]]).catch('open'),
  source: z.enum(SOURCES).optional().catch(undefined),
  centre: text,
  sort: z.enum(['asked', 'name', 'number']).catch('asked'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(400).catch(1),
});
export type QuestionsQuery = z.infer<typeof questionsQuery>;

export interface QuestionRow {
  readonly id: string;
  readonly number: string;
  readonly otherNumber: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly agrees: readonly string[];
  readonly source: QuestionSource;
  readonly centreSays: keyof typeof CENTRE_SAYS;
  readonly centreNumber: string;
  readonly askedAt: Date;
  readonly state: QuestionState;
  readonly decidedAt: Date | null;
}

const ORDERS = {
  asked: { asc: sql`q.asked_at, q.id`, desc: sql`q.asked_at desc, q.id desc` },
  name: { asc: sql`c.family_name, c.given_names, q.id`, desc: sql`c.family_name desc, c.given_names desc, q.id desc` },
  number: { asc: sql`q.candidate_number, q.id`, desc: sql`q.candidate_number desc, q.id desc` },
} as const;

const FROM = sql`
  from web_portal.identity_questions q
  join web_portal.candidates c on c.id = q.candidate_id
  join web_portal.candidates k on k.id = q.other_id
  join centres_hub.published_centres o on o.id = q.centre_id`;

function conditions({ q, source, centre }: QuestionsQuery): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (source) all.push(sql`q.source = ${source}`);
  if (centre) all.push(sql`o.number = ${centre}`);
  for (const word of searchWords(q ?? '')) {
    const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    all.push(
      sql`(c.search_text like ${like} or k.search_text like ${like} or q.candidate_number like ${like} or q.other_number like ${like})`,
    );
  }
  return sql.join(all, sql` and `);
}

/** Questions of one state. */
export function questionRows(
  reader: Pick<Reader, 'rows'>,
  query: QuestionsQuery,
  range: { limit: number; offset: number },
): Promise<QuestionRow[]> {
  return reader.rows(sql<QuestionRow>`
    select q.id, q.candidate_number as number, q.other_number as "otherNumber", c.given_names as "givenNames", c.family_name as "familyName",
      q.agrees, q.source, q.centre_says as "centreSays", o.number as "centreNumber", q.asked_at as "askedAt", q.state, q.decided_at as "decidedAt"
    ${FROM} where ${conditions(query)} and q.state = ${query.state}
    order by ${ORDERS[query.sort][query.order]} limit ${range.limit} offset ${range.offset}`);
}

export type QuestionCounts = Record<QuestionState, number> & {
  /** All that were ever asked, whatever is filtered. */
  readonly known: number;
};

export async function questionCounts(reader: Pick<Reader, 'rows'>, query: QuestionsQuery): Promise<QuestionCounts> {
  const chips = STATES.map((state) => sql`count(*) filter (where q.state = ${state}) as ${sql.ref(state)}`);
  const [row] = await reader.rows(sql<QuestionCounts>`
    select ${sql.join(chips)}, (select count(*) from web_portal.identity_questions) as known ${FROM} where ${conditions(query)}`);
  return row as QuestionCounts;
}

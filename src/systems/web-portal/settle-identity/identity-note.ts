import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { note } from '#ui';

export interface OpenQuestion {
  readonly id: string;
  readonly source: 'entry' | 'proposal' | 'earlier_records';
}

/** Open questions about a candidate, as far as whoever asks may know: a centre those that came from it. */
export function openQuestionsOf(
  reader: Pick<Reader, 'rows'>,
  candidateId: string,
  centreId: string | null,
): Promise<OpenQuestion[]> {
  return reader.rows(sql<OpenQuestion>`
    select q.id, q.source from web_portal.identity_questions q
    where q.candidate_id = ${candidateId} and q.state = 'open' and (${centreId}::uuid is null or q.centre_id = ${centreId}::uuid)
    order by q.asked_at`);
}

/** What a centre, or an officer with the way to the question, is told of it. */
export function identityNote(questions: readonly OpenQuestion[], mayDecide: boolean): Safe | null {
  const [question] = questions;
  if (!question) return null;
  const asked =
    question.source === 'proposal'
      ? 'Your centre says that another record is the same person; the awarding body decides.'
      : 'The awarding body is asked whether this candidate is known from elsewhere.';
  return note(
    html`${asked} Nothing waits for it: register, book and assess as usual. If the number changes, this one leads to the new one for ever.`,
    {
      tone: 'info',
      title: 'Identity to be settled.',
      class: 'mb',
      ...(mayDecide && { action: html`<a href="/web-portal/identity/${question.id}">Look at the question</a>` }),
    },
  );
}

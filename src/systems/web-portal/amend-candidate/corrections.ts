/** The corrections of one candidate, as its page shows them. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { card, formatDate, link } from '#ui';
import { AMENDED_FIELDS, type AmendedField, type AmendmentState } from './amendment-rule.ts';
import { AMENDMENTS, amendmentNumber } from './amendments.ts';
import { amendmentTag } from './state-tag.ts';

export interface Correction {
  readonly at: Date;
  readonly fields: readonly AmendedField[];
  /** Null: made by another centre, of which no more is told. */
  readonly own: { readonly id: string; readonly number: number; readonly state: AmendmentState } | null;
}

/** Those of a centre, with those that others made to its candidate; all of them for null. Newest first. */
export async function correctionsOf(
  reader: Pick<Reader, 'rows'>,
  candidateId: string,
  centreId: string | null,
): Promise<Correction[]> {
  const own = await reader.rows(sql<{
    id: string;
    number: number;
    state: AmendmentState;
    at: Date;
    fields: AmendedField[];
  }>`
    select a.id, a.number, a.state, a.state_changed_at as at, array(select jsonb_object_keys(a.after)) as fields
    from web_portal.candidate_amendments a
    where a.candidate_id = ${candidateId} and (${centreId}::uuid is null or a.centre_id = ${centreId}::uuid)`);
  const others =
    centreId === null
      ? []
      : await reader.rows(
          sql<{
            at: Date;
            fields: AmendedField[];
          }>`select at, fields from web_portal.amended_elsewhere(${candidateId})`,
        );
  return [
    ...own.map(({ id, number, state, at, fields }) => ({ at, fields, own: { id, number, state } })),
    ...others.map(({ at, fields }) => ({ at, fields, own: null })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
}

export function correctionsCard(corrections: readonly Correction[]): Safe | null {
  if (corrections.length === 0) return null;
  return card(
    { title: 'Corrections', id: 'corrections' },
    html`<ul>${corrections.map(({ at, fields, own }) => {
      const words = fields.map((field) => AMENDED_FIELDS[field]).join(', ');
      return own
        ? html`<li>${link(`${amendmentNumber(own.number)}: ${words}`, `${AMENDMENTS}/${own.id}`)} ${amendmentTag(own.state)} <span class="muted">${formatDate(at, 'list')}</span></li>`
        : html`<li>${words}, by another centre <span class="muted">${formatDate(at, 'list')}</span></li>`;
    })}</ul>`,
  );
}

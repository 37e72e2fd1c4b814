import { sql } from 'kysely';
import type { Context } from '#platform/http/context.ts';
import { plural } from '#ui';
import { type RegistrationState, STATE_WORDS } from '../registration-state/registration-state.ts';

/** A card on a candidate's own home page. */
export interface OwnRegistrations {
  readonly title: string;
  readonly rows: readonly { readonly what: string; readonly detail: string }[];
  readonly empty: string;
}

interface Row {
  number: string;
  title: string;
  state: RegistrationState;
  needed: number;
  achieved: number;
}

/** The products the person is registered for as a candidate, read in the person's own scope; null for nobody's candidate. */
export async function ownRegistrations(context: Context): Promise<OwnRegistrations | null> {
  if (context.principal.kind !== 'person') return null;
  const { personId } = context.principal;
  const rows = await context.services.database.read(
    context.principal,
    (reader) =>
      reader.rows(sql<Row>`
        select c.candidate_number as number, p.title, r.state, r.units_needed as needed, r.units_achieved as achieved
        from web_portal.candidates c
        join web_portal.registrations r on r.candidate_id = c.id
        join products.published_products p on p.id = r.product_id
        where c.person_id = ${personId}
        order by r.registered_at desc`),
    { capability: 'connect.home' },
  );
  if (rows.length === 0) return null;
  return {
    title: 'What you are registered for',
    rows: rows.map(({ number, title, state, needed, achieved }) => ({
      what: title,
      detail: `${STATE_WORDS[state]}, ${achieved} of ${plural(needed, 'unit')} achieved. Your candidate number is ${number}`,
    })),
    empty: 'You are not registered for a product.',
  };
}

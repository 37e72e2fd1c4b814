import type { Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';

export interface NewOrganisation {
  readonly kind: 'centre' | 'awarding_body';
  /** 5 digits, unique. */
  readonly number: string;
  readonly name: string;
  /** What is set up for it: 'eportfolio'. */
  readonly features?: readonly string[];
}

/** The number that the awarding body itself has among the organisations. */
export const AWARDING_BODY_NUMBER = '00001';

/** The organisation of this number, made when there is none. Returns its id. Awarding body's or system's scope. */
export async function ensureOrganisation(writer: Writer, organisation: NewOrganisation): Promise<string> {
  const { kind, number, name, features = [] } = organisation;
  const made = await writer.db
    .insertInto('accounts.organisations')
    .values({ kind, number, name, features: [...features], created_at: writer.now })
    .onConflict((conflict) => conflict.column('number').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made) return made.id;
  const found = await writer.db
    .selectFrom('accounts.organisations')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  return found.id;
}

/** Gives an organisation another name from now on. Awarding body's or system's scope; 404 out of scope. */
export async function renameOrganisation(writer: Writer, organisationId: string, name: string): Promise<void> {
  const renamed = await writer.db
    .updateTable('accounts.organisations')
    .set({ name })
    .where('id', '=', organisationId)
    .returning('id')
    .executeTakeFirst();
  if (!renamed) throw new NotFound();
}

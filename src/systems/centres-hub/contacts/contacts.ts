import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';

/** Whom the awarding body asks for at a centre, by function. */
export const CONTACT_FUNCTIONS = {
  head_of_centre: 'Head of centre',
  coordinator: 'Centre coordinator',
  finance: 'Finance',
  quality: 'Quality',
  data_protection: 'Data protection',
  out_of_term: 'Out of term',
} as const;
export type ContactFunction = keyof typeof CONTACT_FUNCTIONS;
export const CONTACT_FUNCTION_NAMES = Object.keys(CONTACT_FUNCTIONS) as readonly ContactFunction[];

export interface Contact {
  readonly function: ContactFunction;
  readonly name: string;
  readonly email: string | null;
  readonly telephone: string | null;
  readonly recordedAt: Date;
}

/** Who holds each function at the centre now, in the order of the functions. */
export async function contactsOf(reader: Pick<Reader, 'rows'>, centreId: string): Promise<Contact[]> {
  const rows = await reader.rows(sql<Contact>`select function, name, email, telephone, recorded_at as "recordedAt"
    from centres_hub.contacts where centre_id = ${centreId} and ended_at is null`);
  const place = (contact: Contact) => CONTACT_FUNCTION_NAMES.indexOf(contact.function);
  return rows.sort((one, other) => place(one) - place(other));
}

/** Who answers for the centre and signs for it, or null while nobody is named. */
export async function headOfCentre(reader: Pick<Reader, 'rows'>, centreId: string): Promise<Contact | null> {
  return (await contactsOf(reader, centreId)).find((one) => one.function === 'head_of_centre') ?? null;
}

/** As the history words a contact. */
export function contactInWords(contact: Pick<Contact, 'name' | 'email' | 'telephone'> | null): string | null {
  if (!contact) return null;
  return [contact.name, contact.email, contact.telephone].filter(Boolean).join(', ');
}

/** Puts another person, or other details, in the place of who holds the function; the earlier entry stays on record. Returns it. */
export async function replaceContact(
  writer: Writer,
  centreId: string,
  contact: Omit<Contact, 'recordedAt'>,
): Promise<Contact | null> {
  await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`centres-hub.contacts ${centreId}`}, 0))`);
  const before = (await contactsOf(writer, centreId)).find((one) => one.function === contact.function) ?? null;
  await writer.db
    .updateTable('centres_hub.contacts')
    .set({ ended_at: writer.now, ended_by: writer.identity.personId })
    .where('centre_id', '=', centreId)
    .where('function', '=', contact.function)
    .where('ended_at', 'is', null)
    .execute();
  await writer.db
    .insertInto('centres_hub.contacts')
    .values({
      centre_id: centreId,
      function: contact.function,
      name: contact.name,
      email: contact.email,
      telephone: contact.telephone,
      recorded_at: writer.now,
      recorded_by: writer.identity.personId,
    })
    .execute();
  return before;
}

/** Changes of weight: name, trading name, address, head of centre, owner. The awarding body grants them by a request. */
import { sql } from 'kysely';
import { renameOrganisation } from '#accounts';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { type Centre, centreById } from '../centres/centres.ts';
import { contactInWords, replaceContact } from '../contacts/contacts.ts';
import { type ProfileChange, recordProfileChanges } from '../profile-changes/record.ts';
import { addressFrom, type ChangeOfWeight } from './wording.ts';

export interface GrantedChange {
  readonly id: string;
  readonly centreId: string;
  readonly requestId: string | null;
  readonly what: ChangeOfWeight;
  readonly wording: string;
}

/** Puts a granted change on the profile and into its history. Awarding body's or system's scope. */
export async function applyChange(writer: Writer, change: GrantedChange): Promise<void> {
  const centre = await centreById(writer, change.centreId);
  if (!centre) throw new NotFound();
  const changed = await changeProfile(writer, centre, change);
  await recordProfileChanges(writer, centre.id, [changed], change.requestId);
  await writer.db
    .updateTable('centres_hub.granted_changes')
    .set({ applied_at: writer.now })
    .where('id', '=', change.id)
    .execute();
}

async function changeProfile(writer: Writer, centre: Centre, { what, wording }: GrantedChange): Promise<ProfileChange> {
  const set = (columns: {
    trading_name?: string;
    owner?: string;
    address?: string[];
    town?: string;
    postcode?: string;
  }) => writer.db.updateTable('centres_hub.centres').set(columns).where('id', '=', centre.id).execute();
  switch (what) {
    case 'name':
      await renameOrganisation(writer, centre.id, wording);
      return { what: 'Name', before: centre.name, after: wording };
    case 'trading-name':
      await set({ trading_name: wording });
      return { what: 'Trading name', before: centre.tradingName, after: wording };
    case 'owner':
      await set({ owner: wording });
      return { what: 'Owner', before: centre.owner, after: wording };
    case 'address': {
      const address = addressFrom(wording);
      if (!address) throw new NotFound();
      await set({ address: address.lines, town: address.town, postcode: address.postcode });
      return {
        what: 'Address',
        before: [...centre.address, centre.town, centre.postcode].join(', '),
        after: [...address.lines, address.town, address.postcode].join(', '),
      };
    }
    case 'head-of-centre': {
      const contact = { name: wording, email: null, telephone: null };
      const before = await replaceContact(writer, centre.id, { function: 'head_of_centre', ...contact });
      return { what: 'Head of centre', before: contactInWords(before), after: wording };
    }
  }
}

/** Applies those whose day has come, oldest first; returns how many. */
export async function applyGrantedChanges(services: Services): Promise<number> {
  return services.database.write(SYSTEM, async (writer) => {
    const due = await writer.rows(sql<GrantedChange>`
      select id, centre_id as "centreId", request_id as "requestId", what, wording from centres_hub.granted_changes
      where applied_at is null and takes_effect_on <= ${dayInLondon(writer.now)} order by takes_effect_on, id for update`);
    for (const change of due) await applyChange(writer, change);
    return due.length;
  });
}

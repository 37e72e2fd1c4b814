import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { allProducts } from '#products';
import { approvals } from '../../../content/demonstration/approvals.ts';
import { accounts, centres, staffMembers } from '../../../content/demonstration/people.ts';
import { demonstrateCompetence } from './competence/demonstrate.ts';
import { demonstrateProfile } from './demonstrate-profile.ts';
import { demonstrateForms } from './forms/demonstrate-forms.ts';
import { installShippedForms } from './forms/install-shipped.ts';
import { demonstrateVideos } from './help/demonstrate-videos.ts';
import { demonstrateRequests } from './requests/demonstrate-requests.ts';

/** Writes the two centres of the demonstration with sites, people on the profile and approvals. */
export async function demonstrate(services: Services): Promise<void> {
  await installShippedForms(services);
  await services.database.write(SYSTEM, async (writer) => {
    const { db, now } = writer;
    const organisations = await db
      .selectFrom('accounts.published_organisations')
      .select(['id', 'number'])
      .where('kind', '=', 'centre')
      .execute();
    const idOfNumber = new Map(organisations.map(({ id, number }) => [number, id]));
    const idOf = new Map(centres.map(({ key, number }) => [key as string, idOfNumber.get(number) as string]));
    await db
      .insertInto('centres_hub.centres')
      .values(
        centres.map((centre) => ({
          id: idOf.get(centre.key) as string,
          address: [...centre.address],
          town: centre.town,
          postcode: centre.postcode,
          telephone: centre.telephone,
          email: centre.email,
          ukprn: centre.ukprn,
          approved_on: '2015-09-01',
          next_review_on: `${now.getUTCFullYear() + 1}-03-31`,
          eportfolio_set_up_at: centre.key === 'northgate' ? now : null,
        })),
      )
      .execute();
    await db
      .insertInto('centres_hub.sites')
      .values(
        centres.flatMap(({ key, sites }) =>
          sites.map(({ name, rooms }) => ({ centre_id: idOf.get(key) as string, name, rooms: [...rooms] })),
        ),
      )
      .execute();
    const people = await db.selectFrom('accounts.published_people').select(['id', 'email']).execute();
    const personOf = new Map(people.map(({ id, email }) => [email, id]));
    const users = accounts.filter(({ organisation }) => organisation !== null && idOf.has(organisation));
    await db
      .insertInto('centres_hub.staff_members')
      .values(
        [...users, ...staffMembers].map((person) => ({
          centre_id: idOf.get(person.organisation as string) as string,
          person_id: 'username' in person ? personOf.get(person.email) : null,
          given_names: person.givenNames,
          family_name: person.familyName,
          email: person.email,
          function: person.jobTitle,
          recorded_at: now,
        })),
      )
      .execute();
    const productOf = new Map((await allProducts(writer)).map(({ id, code }) => [code, id]));
    await db
      .insertInto('centres_hub.approvals')
      .values(
        approvals.flatMap(({ centre, codes, approvedFrom, directClaims }) =>
          codes.map((code) => ({
            centre_id: idOf.get(centre) as string,
            product_id: productOf.get(code) as string,
            granted_at: `${approvedFrom}T09:00:00Z`,
            granted_by: personOf.get('helena.brackenridge@awarding.example') ?? null,
            approved_from: approvedFrom,
            direct_claims: directClaims,
          })),
        ),
      )
      .execute();
    await demonstrateCompetence(writer, { centreId: idOf.get('northgate') as string, personOf, productOf });
    await demonstrateVideos(writer, personOf.get('helena.brackenridge@awarding.example') ?? null);
  });
  await demonstrateForms(services);
  await demonstrateRequests(services);
  await demonstrateProfile(services);
}

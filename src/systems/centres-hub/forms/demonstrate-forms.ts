import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { currentVersions, lockForm, storeDraft } from './forms.ts';

const HOUR = 3_600_000;

/** In the demonstration an officer works on the complaint form, and Northgate has a draft that waits for its last answers. */
export async function demonstrateForms(services: Services): Promise<void> {
  await services.database.write(SYSTEM, async (writer) => {
    const { db, now } = writer;
    const people = await db.selectFrom('accounts.published_people').select(['id', 'email']).execute();
    const idOf = new Map(people.map(({ id, email }) => [email, id]));
    const complaint = await lockForm(writer, 'complaint');
    if (complaint.current) {
      const { definition } = complaint.current;
      await storeDraft(writer, complaint, {
        ...definition,
        daysAllowed: 8,
        introduction: `${definition.introduction} We confirm at once that we have it.`,
      });
      await db
        .updateTable('centres_hub.forms')
        .set({ draft_saved_by: idOf.get('helena.brackenridge@awarding.example') ?? null })
        .where('id', '=', complaint.id)
        .execute();
    }
    const version = (await currentVersions(writer)).find(({ code }) => code === 'special-consideration');
    const centre = await db
      .selectFrom('accounts.published_organisations')
      .select('id')
      .where('number', '=', '04417')
      .executeTakeFirst();
    const begunBy = idOf.get('desmond.achterberg@northgate.example');
    if (!version || !centre || !begunBy) return;
    await db
      .insertInto('centres_hub.requests')
      .values({
        form_version_id: version.id,
        centre_id: centre.id,
        answers: JSON.stringify({
          assessment: 'Online test of electrical knowledge',
          attended: 'the-candidate-began-and-could-not-finish',
          cause: 'a-failure-of-equipment-or-power',
          failedEquipment:
            'The power of Test room 1 failed at 10:40 for half an hour. The invigilator stopped the session.',
        }),
        revision: 6,
        begun_at: new Date(now.getTime() - 3 * HOUR),
        begun_by: begunBy,
        saved_at: new Date(now.getTime() - 2 * HOUR),
        saved_by: begunBy,
      })
      .execute();
  });
}

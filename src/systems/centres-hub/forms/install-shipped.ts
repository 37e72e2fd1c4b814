import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { formPublished } from './audit.ts';
import { storeVersion } from './forms.ts';
import { SHIPPED_FORMS } from './shipped/shipped-forms.ts';

/**
 * Publishes each form that comes with the product in a database that does not know it. A code that is there is left
 * alone, so that nothing the awarding body has published, changed or withdrawn since comes back. May run in several
 * processes at once.
 */
export async function installShippedForms(services: Services): Promise<void> {
  const codes = await services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('centres_hub.forms').select('code').execute(),
  );
  const known = new Set(codes.map(({ code }) => code));
  const missing = SHIPPED_FORMS.filter(({ code }) => !known.has(code));
  if (missing.length === 0) return;
  await services.database.write(SYSTEM, async (writer) => {
    for (const { code, definition } of missing) {
      const made = await writer.db
        .insertInto('centres_hub.forms')
        .values({ code })
        .onConflict((conflict) => conflict.column('code').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!made) continue;
      const reason = 'Comes with the product';
      const number = await storeVersion(writer, { id: made.id, current: null }, definition, reason);
      await writer.audit(formPublished, { kind: 'form', id: made.id }, { code, number, reason, changes: [] }, null);
    }
  });
}

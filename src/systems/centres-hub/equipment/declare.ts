import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  formatDate,
  linkButton,
  note,
  pageHead,
  singleCheckbox,
  submitButton,
} from '#ui';
import { centreHandler, type HubQuery, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { equipmentDeclared } from './audit.ts';
import { equipmentOf, equipmentWords } from './declarations.ts';
import { nextTerm, RENEW_DAYS } from './validity.ts';

const params = z.object({ siteId: z.uuid() });
type Asked = Context<z.infer<typeof params>, HubQuery>;

async function inQuestion(reader: Reader, context: Asked) {
  const hub = await hubOf(reader, context);
  const equipment = (await equipmentOf(reader, hub.centre.id)).find(({ siteId }) => siteId === context.params.siteId);
  if (!equipment) throw new NotFound();
  return { hub, equipment, term: nextTerm(equipment.lastDay, dayInLondon(reader.now)) };
}

/** GET /centres-hub/sites/:siteId/equipment */
export const showEquipment = centreHandler({ params, query: hubQuery }, async (context) =>
  page(await equipmentPage(context, await context.keptFields(), [])),
);

/** POST /centres-hub/sites/:siteId/equipment: declared for a year. */
export const sendEquipment = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({
      off: z.literal('yes', 'Tick the sentence once you have made sure of it. Without it nothing is declared'),
    }),
    page: (values, errors) => equipmentPage(context, values, errors),
    action: async (writer) => {
      await writer.rows(
        sql`select pg_advisory_xact_lock(hashtextextended(${`centres-hub.equipment ${context.params.siteId}`}, 0))`,
      );
      const { hub, equipment, term } = await inQuestion(writer, context);
      if (!term)
        throw new Refused(`It is declared already. It can be renewed from ${RENEW_DAYS} days before its last day`);
      const { id } = await writer.db
        .insertInto('centres_hub.equipment_declarations')
        .values({
          centre_id: hub.centre.id,
          site_id: equipment.siteId,
          valid_from: term.from,
          valid_until: term.until,
          declared_at: writer.now,
          declared_by: writer.identity.personId,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await writer.audit(
        equipmentDeclared,
        { kind: 'equipment-declaration', id },
        { site: equipment.site, validFrom: term.from, validUntil: term.until },
        hub.centre.id,
      );
      return hub.href('/centres-hub');
    },
  }),
);

async function equipmentPage(context: Asked, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  const { hub, equipment, term } = await context.read((reader) => inQuestion(reader, context));
  const title = `Equipment for tests at ${equipment.site}`;
  const back = hub.href('/centres-hub/sites');
  return hubPage(
    await context.frame(),
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Sites', href: back }, { label: 'Equipment for tests' }])}
${pageHead({ title, lead: whose(hub) ?? equipmentWords(equipment) })}
${
  term === null
    ? note(`${equipmentWords(equipment)}. It can be renewed from ${RENEW_DAYS} days before.`, {
        tone: 'ok',
        action: linkButton('Back to the sites', back, { look: 'quiet', small: true }),
      })
    : card(
        { label: 'The declaration' },
        form(
          { action: hub.href(`/centres-hub/sites/${equipment.siteId}/equipment`), submissionId: crypto.randomUUID() },
          html`<p>Browsers that offer to fill in forms or to save what was typed can show one candidate what another one entered. Once a year somebody makes sure on each device.</p>
${singleCheckbox({
  name: 'off',
  label: `Auto-save and form filling of the browsers are off on all equipment used for tests at ${equipment.site}`,
  checked: values.off === 'yes',
  errors,
})}
<p>The declaration holds from ${formatDate(term.from)} until ${formatDate(term.until)}.</p>
${buttonRow(submitButton('Declare it'), linkButton('Cancel', back, { look: 'quiet' }))}`,
        ),
      )
}`,
  );
}

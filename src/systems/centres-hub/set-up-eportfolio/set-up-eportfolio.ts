import { z } from 'zod';
import { addFeature } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { buttonRow, card, crumbs, errorSummary, form, linkButton, pageHead, submitButton } from '#ui';
import { eportfolioSetUp } from '../audit.ts';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';

/**
 * Sets a centre up for ePortfolio: it shows in System Access of those whose roles allow it, from the next page on.
 * In the awarding body's or the system's scope. Refuses a centre that has been set up already.
 */
export async function setUpEportfolio(writer: Writer, centreId: string): Promise<void> {
  const done = await writer.db
    .updateTable('centres_hub.centres')
    .set({ eportfolio_set_up_at: writer.now })
    .where('id', '=', centreId)
    .where('eportfolio_set_up_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!done) throw new Refused('The centre has been set up for ePortfolio already');
  await addFeature(writer, centreId, 'eportfolio');
  await writer.audit(eportfolioSetUp, { kind: 'centre', id: centreId }, {}, centreId);
}

/** GET /centres-hub/set-up-eportfolio */
export const showSetUpEportfolio = centreHandler({ query: hubQuery }, async (context) => {
  const hub = await context.read((reader) => hubOf(reader, context));
  return page(setUpPage(await context.frame(), hub, []));
});

/** POST /centres-hub/set-up-eportfolio */
export const sendSetUpEportfolio = centreHandler({ query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({}),
    page: async (_values, errors) =>
      setUpPage(await context.frame(), await context.read((reader) => hubOf(reader, context)), errors),
    action: async (writer) => {
      const hub = await hubOf(writer, context);
      await setUpEportfolio(writer, hub.centre.id);
      return hub.href('/centres-hub');
    },
  }),
);

function setUpPage(frame: Frame, hub: Hub, errors: readonly FieldError[]): Safe {
  const back = hub.href('/centres-hub');
  return hubPage(
    frame,
    hub,
    { title: 'Set up ePortfolio', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: hub.centre.name, href: back }, { label: 'Set up ePortfolio' }])}
${pageHead({ title: 'Set up ePortfolio', lead: whose(hub) })}
${card(
  { label: 'What happens' },
  html`<p>ePortfolio appears in System Access of the centre's coordinators, assessors, internal quality assurers and ePortfolio champions, from the next page they open.</p>
${form(
  { action: hub.href('/centres-hub/set-up-eportfolio'), submissionId: crypto.randomUUID() },
  buttonRow(submitButton('Set up ePortfolio'), linkButton('Cancel', back, { look: 'quiet' })),
)}`,
)}`,
  );
}

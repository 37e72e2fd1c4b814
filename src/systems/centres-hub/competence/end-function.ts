import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { centreHandler, type HubQuery, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { reasonPage, withReason } from '../hub-page/reason-page.ts';
import { functionEnded } from './audit.ts';
import { colleagueOf } from './colleagues.ts';
import { FUNCTION_NAMES } from './functions.ts';
import { functionsOf } from './read-standing.ts';

const params = z.object({ functionId: z.uuid() });
type Asked = Context<z.infer<typeof params>, HubQuery>;

async function inQuestion(reader: Reader, context: Asked) {
  const hub = await hubOf(reader, context);
  const line = (await functionsOf(reader, hub.centre.id, null)).find(({ id }) => id === context.params.functionId);
  if (!line) throw new NotFound();
  return { hub, line, colleague: await colleagueOf(reader, hub.centre.id, line.staffMemberId) };
}

async function endPage(context: Asked, values: FormValues, errors: readonly FieldError[]) {
  const { hub, line, colleague } = await context.read((reader) => inQuestion(reader, context));
  const list = hub.href('/centres-hub/who-does-what');
  const what = `${FUNCTION_NAMES[line.function].toLowerCase()}`;
  return reasonPage(await context.frame(), hub, {
    title: `End: ${colleague.name} as ${what}`,
    crumbs: [{ label: 'Who does what', href: list }, { label: 'End' }],
    words: `${line.product ?? 'Every product'}, ${line.site ?? 'every site'}. The right that it gives is gone at once.`,
    action: hub.href(`/centres-hub/who-does-what/${line.id}/end`),
    button: 'End the function',
    back: list,
    values,
    errors,
  });
}

/** GET /centres-hub/who-does-what/:functionId/end */
export const showEndFunction = centreHandler({ params, query: hubQuery }, async (context) =>
  page(await endPage(context, await context.keptFields(), [])),
);

/** POST /centres-hub/who-does-what/:functionId/end */
export const sendEndFunction = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: withReason,
    page: (values, errors) => endPage(context, values, errors),
    action: async (writer, { reason }) => {
      const { hub, line, colleague } = await inQuestion(writer, context);
      const ended = await writer.db
        .updateTable('centres_hub.staff_functions')
        .set({ ended_at: writer.now, ended_by: writer.identity.personId, end_reason: reason })
        .where('id', '=', line.id)
        .where('centre_id', '=', hub.centre.id)
        .where('ended_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!ended) throw new NotFound();
      const { function: fn, productId, siteId } = line;
      await writer.audit(
        functionEnded,
        { kind: 'staff-function', id: line.id },
        { name: colleague.name, function: fn, productId, siteId, reason },
        hub.centre.id,
      );
      return hub.href('/centres-hub/who-does-what', { done: 'ended' });
    },
  }),
);

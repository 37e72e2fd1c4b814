import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { centreHandler, type HubQuery, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { reasonPage, withReason } from '../hub-page/reason-page.ts';
import { interestEnded } from './audit.ts';
import { RELATION_NAMES } from './conflict-rule.ts';
import { declarationsOf, mayEnd, peopleOf } from './declarations.ts';

const params = z.object({ declarationId: z.uuid() });
type Asked = Context<z.infer<typeof params>, HubQuery>;

/** One that the person may end; 404 for any other. */
async function inQuestion(reader: Reader, context: Asked) {
  const hub = await hubOf(reader, context);
  const { personId } = context.person();
  const one = (await declarationsOf(reader, hub.centre.id, null)).find(({ id }) => id === context.params.declarationId);
  const who = { personId, manages: hub.may('centres-hub.manage-users') };
  if (!one || one.endedAt !== null || !mayEnd(one, who, await peopleOf(reader, hub.centre.id))) throw new NotFound();
  return { hub, one, own: one.personId === personId };
}

async function endPage(context: Asked, values: FormValues, errors: readonly FieldError[]) {
  const { hub, one, own } = await context.read((reader) => inQuestion(reader, context));
  const back = hub.href(own ? '/centres-hub/conflicts/own' : '/centres-hub/conflicts');
  return reasonPage(await context.frame(), hub, {
    title: `End a declaration${own ? '' : ` of ${one.by}`}`,
    crumbs: [{ label: own ? 'Your conflicts of interest' : 'Conflicts of interest', href: back }, { label: 'End' }],
    words: `${RELATION_NAMES[one.relation]}${one.aboutName ? `: ${one.aboutName}` : ''}. ${one.words} It no longer binds, and stays in the register.`,
    action: hub.href(`/centres-hub/conflicts/${one.id}/end`),
    button: 'End the declaration',
    back,
    values,
    errors,
  });
}

/** GET /centres-hub/conflicts/:declarationId/end */
export const showEndDeclaration = centreHandler({ params, query: hubQuery }, async (context) =>
  page(await endPage(context, await context.keptFields(), [])),
);

/** POST /centres-hub/conflicts/:declarationId/end */
export const sendEndDeclaration = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: withReason,
    page: (values, errors) => endPage(context, values, errors),
    action: async (writer, { reason }) => {
      const { hub, one, own } = await inQuestion(writer, context);
      const ended = await writer.db
        .updateTable('centres_hub.conflict_declarations')
        .set({ ended_at: writer.now, ended_by: writer.identity.personId, end_reason: reason })
        .where('id', '=', one.id)
        .where('centre_id', '=', hub.centre.id)
        .where('ended_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!ended) throw new NotFound();
      await writer.audit(
        interestEnded,
        { kind: 'conflict-declaration', id: one.id },
        { relation: one.relation, reason },
        hub.centre.id,
      );
      return hub.href(own ? '/centres-hub/conflicts/own' : '/centres-hub/conflicts', { done: 'ended' });
    },
  }),
);

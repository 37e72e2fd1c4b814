import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { centreHandler, type HubQuery, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { reasonPage, withReason } from '../hub-page/reason-page.ts';
import { competenceEnded } from './audit.ts';
import { colleagueOf } from './colleagues.ts';
import { assertMayDecide } from './decide.ts';
import { FUNCTION_NAMES, type Judge } from './functions.ts';
import { tellOfDecision } from './tell.ts';

const params = z.object({ decisionId: z.uuid() });
type Asked = Context<z.infer<typeof params>, HubQuery>;

async function inQuestion(reader: Reader, context: Asked) {
  const hub = await hubOf(reader, context);
  const [decision] = await reader.rows(sql<{
    id: string;
    staffMemberId: string;
    function: Judge;
    title: string;
    code: string;
  }>`
    select d.id, d.staff_member_id as "staffMemberId", d.function, p.title, p.code
    from centres_hub.competence_decisions d join products.published_products p on p.id = d.product_id
    where d.id = ${context.params.decisionId} and d.centre_id = ${hub.centre.id} and d.outcome = 'approved' and d.ended_at is null`);
  if (!decision) throw new NotFound();
  return { hub, decision, colleague: await colleagueOf(reader, hub.centre.id, decision.staffMemberId) };
}

async function endPage(context: Asked, values: FormValues, errors: readonly FieldError[]) {
  const { hub, decision, colleague } = await context.read((reader) => inQuestion(reader, context));
  const back = hub.href(`/centres-hub/competence/${colleague.id}`);
  return reasonPage(await context.frame(), hub, {
    title: `End the approval of ${colleague.name}`,
    crumbs: [{ label: `Competence of ${colleague.name}`, href: back }, { label: 'End the approval' }],
    words: `${FUNCTION_NAMES[decision.function]} of ${decision.title}. The right that it gives is gone at once.`,
    action: hub.href(`/centres-hub/competence-decisions/${decision.id}/end`),
    button: 'End the approval',
    back,
    values,
    errors,
  });
}

/** GET /centres-hub/competence-decisions/:decisionId/end */
export const showEndDecision = centreHandler({ params, query: hubQuery }, async (context) =>
  page(await endPage(context, await context.keptFields(), [])),
);

/** POST /centres-hub/competence-decisions/:decisionId/end: an approval ends before its last day. */
export const sendEndDecision = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: withReason,
    page: (values, errors) => endPage(context, values, errors),
    action: async (writer, { reason }) => {
      const { hub, decision, colleague } = await inQuestion(writer, context);
      await assertMayDecide(writer, hub.centre.id, colleague.personId, decision.staffMemberId);
      const ended = await writer.db
        .updateTable('centres_hub.competence_decisions')
        .set({ ended_at: writer.now, ended_by: writer.identity.personId, end_reason: reason })
        .where('id', '=', decision.id)
        .where('centre_id', '=', hub.centre.id)
        .where('ended_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!ended) throw new NotFound();
      const { function: fn, code, title } = decision;
      await writer.audit(
        competenceEnded,
        { kind: 'competence-decision', id: decision.id },
        { name: colleague.name, function: fn, code, reason },
        hub.centre.id,
      );
      await tellOfDecision(writer, hub.centre.id, colleague, {
        subject: `${FUNCTION_NAMES[fn]} of ${title}: the approval of ${colleague.name} has ended`,
        body: `The awarding body has ended the approval of ${colleague.name} as ${FUNCTION_NAMES[fn].toLowerCase()} of ${title}. Reason: ${reason}`,
      });
      return hub.href(`/centres-hub/competence/${colleague.id}`, { done: 'ended' });
    },
  }),
);

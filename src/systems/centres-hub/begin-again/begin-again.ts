import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { requestBegun } from '../audit.ts';
import { mustFillIn, requestById, requestHref } from '../fill-in/drafts.ts';
import type { Answers } from '../forms/definition.ts';
import { versionById, versionsOf } from '../forms/forms.ts';
import { requestPage } from '../view-request/page.ts';
import { requestInQuestion } from '../view-request/request-facts.ts';
import { requestParams } from '../view-request/view-request.ts';

/**
 * POST /centres-hub/requests/:requestId/begin-again: a draft with the answers and files of a request that is over, for
 * a centre that mends what was refused, or asks for the same again. The old request stays as it was.
 */
export const beginAgain = handler({ params: requestParams }, (context) =>
  submitForm(context, {
    schema: z.object({}),
    page: async (values, errors) => {
      const found = await context.read((reader) => requestInQuestion(reader, context));
      return requestPage(await context.frame(), found, {
        acting: context.acting(),
        personId: context.person().personId,
        today: dayInLondon(context.now),
        done: undefined,
        values,
        errors,
      });
    },
    action: async (writer) => {
      const { request, hub } = await requestInQuestion(writer, context);
      if (hub.forBody || (request.state !== 'decided' && request.state !== 'withdrawn')) throw new NotFound();
      const { versionId } = await requestById(writer, request.id);
      const version = await versionById(writer, versionId);
      mustFillIn({ version }, context.acting().roles);
      const current = (await versionsOf(writer, version.formId)).some(({ withdrawnAt }) => withdrawnAt === null);
      if (!current) throw new Refused('The form is no longer in use. Choose another under "New request"');
      const made = await writer.db
        .insertInto('centres_hub.requests')
        .values({
          // A draft is led to the current version when it is opened.
          form_version_id: version.id,
          centre_id: request.centreId,
          answers: JSON.stringify(answersAlone(request.answers)),
          begun_at: writer.now,
          begun_by: context.person().personId,
          saved_at: writer.now,
          saved_by: context.person().personId,
        })
        .returning(['id', 'number'])
        .executeTakeFirstOrThrow();
      await writer.rows(sql`
        insert into centres_hub.request_files (request_id, centre_id, question_key, name, media_type, bytes, sha256, content, added_at, added_by)
        select ${made.id}, f.centre_id, f.question_key, f.name, f.media_type, f.bytes, f.sha256, f.content, f.added_at, f.added_by
        from centres_hub.request_files f where f.request_id = ${request.id} and f.centre_id = ${request.centreId}
          and f.question_key is not null and f.removed_at is null order by f.id`);
      const payload = { number: made.number, code: version.code, again: request.number };
      await writer.audit(requestBegun, { kind: 'request', id: made.id }, payload, request.centreId);
      return requestHref(made.id, '/fill-in');
    },
  }),
);

/** Without the words that things were called by on the day of submission: they are kept anew. Pure. */
function answersAlone(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !key.includes('#')));
}

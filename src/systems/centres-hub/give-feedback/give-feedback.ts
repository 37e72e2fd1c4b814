import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { requestFeedbackGiven } from '../audit.ts';
import { lockRequest } from '../requests/change-request.ts';
import { requestPage } from '../view-request/page.ts';
import { requestInQuestion } from '../view-request/request-facts.ts';
import { requestParams } from '../view-request/view-request.ts';

const feedbackForm = z.object({
  score: z
    .string('Choose how content you are')
    .regex(/^[1-5]$/, 'Choose how content you are')
    .transform(Number),
  feedbackWords: z.string().trim().max(2000, 'Shorten it to 2,000 characters').default(''),
});

/** POST /centres-hub/requests/:requestId/feedback: once for each decided request. */
export const giveFeedback = handler({ params: requestParams }, (context) =>
  submitForm(context, {
    schema: feedbackForm,
    page: async (values, errors) => {
      const found = await context.read((reader) => requestInQuestion(reader, context));
      const look = { acting: context.acting(), personId: context.person().personId, done: undefined };
      return requestPage(await context.frame(), found, { ...look, today: dayInLondon(context.now), values, errors });
    },
    action: async (writer, { score, feedbackWords }) => {
      if (context.acting().kind !== 'centre') throw new NotFound();
      await requestInQuestion(writer, context);
      const request = await lockRequest(writer, context.params.requestId);
      if (request.state !== 'decided') throw new Refused('Tell us when the request is decided.');
      const given = await writer.db
        .insertInto('centres_hub.request_feedback')
        .values({
          request_id: request.id,
          centre_id: request.centreId,
          score,
          words: feedbackWords || null,
          given_at: writer.now,
          given_by: context.person().personId,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('request_id')
        .executeTakeFirst();
      if (!given) throw new Refused('Somebody of your centre has answered already.');
      await writer.audit(
        requestFeedbackGiven,
        { kind: 'request', id: request.id },
        { number: request.number, score },
        request.centreId,
      );
      return `/centres-hub/requests/${request.id}?done=thanks`;
    },
  }),
);

import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { page, redirect } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { requestPage } from './page.ts';
import { requestInQuestion } from './request-facts.ts';

export const requestParams = z.object({ requestId: z.uuid() });
const query = z.object({
  done: z.enum(['submitted', 'written', 'assigned', 'decided', 'withdrawn', 'thanks']).optional().catch(undefined),
});

/** GET /centres-hub/requests/:requestId: where it stands, whose move it is, and all that was said. */
export const viewRequest = handler({ params: requestParams, query }, async (context) => {
  const found = await context.read((reader) => requestInQuestion(reader, context));
  // A draft has no thread yet: its page is the form.
  if (found.request.state === 'draft') return redirect(`/centres-hub/requests/${found.request.id}/fill-in`);
  const values = await context.keptFields();
  return page(
    requestPage(await context.frame(), found, {
      acting: context.acting(),
      personId: context.person().personId,
      today: dayInLondon(context.now),
      done: context.query.done,
      values,
      errors: [],
    }),
  );
});

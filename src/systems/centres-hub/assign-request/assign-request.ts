import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { Refused } from '#platform/http/answers.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { requestAssigned } from '../audit.ts';
import { lockRequest, writeEntry } from '../requests/change-request.ts';
import { mayDecide } from '../requests/may-decide.ts';
import { whoseMove } from '../requests/request-state.ts';
import { requestPage } from '../view-request/page.ts';
import { requestInQuestion } from '../view-request/request-facts.ts';
import { requestParams } from '../view-request/view-request.ts';

/** POST /centres-hub/requests/:requestId/assign: takes a request, or gives it back to the queue. */
export const assignRequest = handler({ params: requestParams }, (context) =>
  submitForm(context, {
    schema: z.object({ to: z.enum(['me', 'nobody'], 'Choose who takes it') }),
    page: async (values, errors) => {
      const found = await context.read((reader) => requestInQuestion(reader, context));
      const look = { acting: context.acting(), personId: context.person().personId, done: undefined };
      return requestPage(await context.frame(), found, { ...look, today: dayInLondon(context.now), values, errors });
    },
    action: async (writer, { to }) => {
      await requestInQuestion(writer, context);
      const request = await lockRequest(writer, context.params.requestId);
      if (!mayDecide(request.definition, context.acting()))
        throw new Refused('Requests of this form are decided by others.');
      if (whoseMove(request.state) === null)
        throw new Refused('Nobody has to do anything about this request any more.');
      const person = context.person();
      const assignedTo = to === 'me' ? person.personId : null;
      await writer.db
        .updateTable('centres_hub.requests')
        .set({ assigned_to: assignedTo })
        .where('id', '=', request.id)
        .execute();
      const name = `${person.givenNames} ${person.familyName}`;
      await writeEntry(writer, request, { kind: 'assigned', words: to === 'me' ? `To ${name}` : 'To nobody' });
      await writer.audit(
        requestAssigned,
        { kind: 'request', id: request.id },
        { number: request.number, to: assignedTo },
        request.centreId,
      );
      return `/centres-hub/requests/${request.id}?done=assigned`;
    },
  }),
);

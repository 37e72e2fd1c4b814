import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { fileProblems } from '#platform/files/file-problems.ts';
import { receiveForm } from '#platform/files/receive-form.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { storeFile } from '../attach-file/files.ts';
import { REQUEST_FILES } from '../attach-file/taken.ts';
import { requestRemarked } from '../audit.ts';
import { requestWasAsked, tellAssigned, tellRequester } from '../notifications.ts';
import { changeRequest, type LockedRequest, lockRequest, writeEntry } from '../requests/change-request.ts';
import { mayDecide } from '../requests/may-decide.ts';
import { requestPage } from '../view-request/page.ts';
import { requestInQuestion } from '../view-request/request-facts.ts';
import { requestParams } from '../view-request/view-request.ts';

const writeForm = z.object({
  kind: z.enum(['question', 'answer', 'remark', 'note']),
  words: z
    .string('Write something')
    .trim()
    .min(1, 'Write something, so that the others know what is meant')
    .max(5000, 'Shorten it to 5,000 characters'),
});

/**
 * POST /centres-hub/requests/:requestId/write: a question or note of the awarding body, an answer or remark of the
 * centre, with files. A question stops the clock, the answer lets it go on.
 */
export const writeInThread = handler({ params: requestParams }, async (context) => {
  const received = await receiveForm(context.request, REQUEST_FILES);
  const { fields, files } = received;
  const problems = fileProblems(received, REQUEST_FILES).map((message) => ({ field: 'files', message }));
  return submitForm(
    { ...context, fields },
    {
      schema: writeForm,
      page: async (values, errors) => {
        const found = await context.read((reader) => requestInQuestion(reader, context));
        const again = {
          field: 'files',
          message: 'Choose the files again: a browser does not send them twice by itself',
        };
        const ofFiles = files.length > 0 && problems.length === 0 ? [again] : problems;
        return requestPage(await context.frame(), found, {
          acting: context.acting(),
          personId: context.person().personId,
          today: dayInLondon(context.now),
          done: undefined,
          values,
          errors: [...errors.filter(({ field }) => field !== 'files'), ...ofFiles],
        });
      },
      action: async (writer, { kind, words }) => {
        if (problems.length > 0) throw new Refused(problems);
        // What the reader may not see cannot be written to either.
        await requestInQuestion(writer, context);
        const request = await lockRequest(writer, context.params.requestId);
        const acting = context.acting();
        const forBody = kind === 'question' || kind === 'note';
        if (forBody !== (acting.kind === 'awarding_body')) throw new NotFound();
        if (forBody && !mayDecide(request.definition, acting))
          throw new Refused([{ field: 'words', message: 'Requests of this form are decided by others' }]);
        const entryId = await write(writer, request, kind, words);
        for (const file of files) await storeFile(writer, request, { entryId }, file);
        await tell(writer, request, kind, words);
        return `/centres-hub/requests/${request.id}?done=written`;
      },
    },
  );
});

type Kind = z.infer<typeof writeForm>['kind'];

async function write(writer: Writer, request: LockedRequest, kind: Kind, words: string): Promise<string> {
  if (kind === 'remark' || kind === 'note') return remark(writer, request, kind, words);
  return changeRequest(writer, request, { act: kind === 'question' ? 'ask' : 'answer', words });
}

async function remark(writer: Writer, request: LockedRequest, kind: 'remark' | 'note', words: string): Promise<string> {
  if (kind === 'remark' && request.state !== 'submitted')
    throw new Refused([
      { field: 'words', message: 'Nothing can be added now: the request is not with the awarding body' },
    ]);
  const entryId = await writeEntry(writer, request, { kind, words });
  await writer.audit(
    requestRemarked,
    { kind: 'request', id: request.id },
    { number: request.number, kind },
    request.centreId,
  );
  return entryId;
}

async function tell(writer: Writer, request: LockedRequest, kind: Kind, words: string): Promise<void> {
  const { title } = request.definition;
  if (kind === 'question')
    await tellRequester(writer, requestWasAsked, request, {
      subject: `A question about ${request.number} ${title}`,
      body: `The awarding body asks: ${words}`,
    });
  if (kind === 'answer' || kind === 'remark')
    await tellAssigned(writer, request, {
      subject: `${kind === 'answer' ? 'Answered' : 'Added to'}: ${request.number} ${title}`,
      body: words,
    });
}

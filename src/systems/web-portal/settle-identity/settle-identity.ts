import { z } from 'zod';
import { type Answer, page } from '#platform/http/answers.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { questionPage } from './page.ts';
import { lookAtQuestion, settleQuestion } from './settle.ts';

const params = z.object({ questionId: z.uuid() });

/** GET /web-portal/identity/:questionId */
export const showQuestion = handler({ params }, async (context): Promise<Answer> => {
  const look = await context.read((reader) => lookAtQuestion(reader, context.params.questionId));
  return page(await questionPage(context, look, await context.keptFields(), []));
});

const decisionForm = z.object({
  decision: z.enum(['keep_entered', 'keep_known', 'another'], { error: 'Choose whether this is one person or two' }),
  reason: z
    .string()
    .trim()
    .min(10, 'Write in a sentence how you know')
    .max(1000, 'Shorten the reason to 1000 characters'),
  seen: z.string().max(100).catch(''),
});

/** POST /web-portal/identity/:questionId: one person or two, by the awarding body. */
export const decideQuestion = handler({ params }, (context): Promise<Answer> => {
  const { questionId } = context.params;
  return submitForm(context, {
    schema: decisionForm,
    page: async (values, errors) =>
      questionPage(context, await context.read((reader) => lookAtQuestion(reader, questionId)), values, errors),
    action: async (writer, decision) => {
      await settleQuestion(writer, { questionId, ...decision });
      return `/web-portal/identity/${questionId}`;
    },
  });
});

import { z } from 'zod';
import { type Act, actOn, reasonField, reasonOf } from '../sitting-act/act.ts';
import { endSittings } from './end-sitting.ts';

const act: Act<{ readonly reason: string }> = {
  name: 'end',
  title: ({ who }) => `End the test of ${who}`,
  lead: () =>
    'The test closes for good: what is saved until now is marked and the result released. It cannot be opened again.',
  schema: z.object({ reason: reasonOf('Enter the reason, such as "Candidate was taken ill": the candidate reads it') }),
  fields: (form) => reasonField(form, 'Reason', 'The candidate reads it, and it stands in the timeline.'),
  button: () => 'End this test for good',
  look: 'bad',
  fresh: true,
  // Marking reads keys, which the invigilator may not: the act has a transaction of its own.
  action: (writer, { reason }, { which }, context) =>
    endSittings(context.services, writer.principal, { which, reason, requestId: context.requestId }),
};

export const endOne = actOn('sitting', act);

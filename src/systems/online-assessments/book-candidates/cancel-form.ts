import { z } from 'zod';
import { type Act, actOn, reasonField, reasonOf } from '../sitting-act/act.ts';
import { cancelBooking } from './book-candidates.ts';

const act: Act<{ readonly reason: string }> = {
  name: 'cancel',
  title: ({ who }) => `Cancel the booking of ${who}`,
  lead: ({ sitting }) =>
    `${sitting?.test ?? 'The test'}. The candidate can be booked again at any time the rules allow.`,
  schema: z.object({ reason: reasonOf('Enter the reason, such as "Candidate is on holiday"') }),
  fields: (form) => reasonField(form, 'Reason', 'It stands in the timeline.'),
  button: () => 'Cancel this booking',
  fromSession: true,
  look: 'bad',
  fresh: false,
  action: (writer, { reason }, { sitting }) => cancelBooking(writer, { sittingId: sitting?.id ?? '', reason }),
  next: ({ sessionId }) => `/online-assessments/sessions/${sessionId}`,
};

export const cancelOne = actOn('sitting', act);

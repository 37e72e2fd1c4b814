import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { type Act, actOn, reasonField, reasonOf } from '../sitting-act/act.ts';
import { releaseSeat } from './release-seat.ts';

const act: Act<{ readonly reason: string }> = {
  name: 'release',
  title: ({ who }) => `Move ${who} to another computer`,
  lead: () =>
    html`The computer in use loses the right to write at once. The candidate enters candidate number and session code at the new one and goes on with every answer that was saved. The clock runs on: pause first, or add minutes after.`,
  schema: z.object({ reason: reasonOf('Enter the reason, such as "Keyboard broken"') }),
  fields: (form) => reasonField(form, 'Reason', 'It stands in the record of this sitting.'),
  button: () => 'Release this computer',
  look: 'bad',
  fresh: true,
  action: (writer, { reason }, { sitting }) => releaseSeat(writer, { sittingId: sitting?.id ?? '', reason }),
};

export const releaseOne = actOn('sitting', act);

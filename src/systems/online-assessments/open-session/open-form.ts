import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { type Act, actOn } from '../sitting-act/act.ts';
import { openSession } from './open-session.ts';

const act: Act<Record<string, never>> = {
  name: 'open',
  title: ({ room }) => `Open the session in ${room}`,
  lead: () =>
    'From now on the code admits the booked candidates at their seats. You are the invigilator: stay in the room until the session is closed.',
  schema: z.object({}) as unknown as z.ZodType<Record<string, never>>,
  fields: () =>
    html`<ul class="govuk-list govuk-list--bullet"><li>Identity: you look at a document of each candidate before the start.</li><li>Equipment: auto-save of the browsers is off, phones are away.</li><li>You neither assess nor quality-assure any of these candidates for this product.</li></ul>`,
  button: () => 'Open the session',
  fromSession: true,
  fresh: true,
  action: (writer, _, { sessionId }) => openSession(writer, { sessionId }),
};

export const openOne = actOn('session', act);

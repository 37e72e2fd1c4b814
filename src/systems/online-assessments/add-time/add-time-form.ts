import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { plural, textField } from '#ui';
import { type Act, actOn, reasonField, reasonOf, typed } from '../sitting-act/act.ts';
import { addTime } from './add-time.ts';

const schema = z.object({
  minutes: z
    .string('Enter whole minutes from 1 to 120')
    .trim()
    .regex(/^\d{1,3}$/, 'Enter whole minutes from 1 to 120')
    .transform(Number),
  reason: reasonOf('Enter the reason, such as "Computer restarted"'),
});

const act: Act<z.infer<typeof schema>> = {
  name: 'add-time',
  title: ({ sitting, who }) => (sitting ? `Add time for ${who}` : 'Add time for everyone'),
  lead: ({ working, paused }) =>
    `${plural(working + paused, 'candidate is', 'candidates are')} working or paused. The minutes are added to what is left.`,
  schema,
  fields: (form) =>
    html`${textField({ name: 'minutes', label: 'Minutes', hint: 'Whole minutes, 1 to 120', value: typed(form.values, 'minutes'), errors: form.errors, inputmode: 'numeric', width: 3, autocomplete: 'off' })}${reasonField(form, 'Reason', 'It stands in the timeline.')}`,
  button: () => 'Add the time',
  fresh: true,
  action: (writer, { minutes, reason }, { which }) => addTime(writer, { which, minutes, reason }),
};

export const addTimeForOne = actOn('sitting', act);
export const addTimeForEveryone = actOn('session', act);

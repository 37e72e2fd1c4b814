/** The fields of a filled-in form to answers, and the names they have. */
import type { FormValues } from '#platform/http/context.ts';
import { readDate } from '#ui';
import { takesSeveral } from './check-answers.ts';
import { type Answers, type FormDefinition, questionsOf } from './definition.ts';

/** The name of a question's field. */
export const fieldOf = (key: string): string => `q.${key}`;

/** What was typed, as it was typed: nothing is judged here. What is empty is left out. */
export function answersFromFields(definition: Pick<FormDefinition, 'sections'>, fields: FormValues): Answers {
  const answers: Record<string, string | readonly string[]> = {};
  for (const { key, type } of questionsOf(definition)) {
    const name = fieldOf(key);
    if (type === 'file') continue;
    if (type === 'date') {
      const read = readDate(fields, name, 'date');
      const { day, month, year } = read.typed;
      if (read.ok && read.date !== null) answers[key] = read.date;
      else if (day || month || year) answers[key] = `${day}/${month}/${year}`;
      continue;
    }
    const given = fields[name];
    const list = (given === undefined ? [] : [given].flat()).filter((one) => one !== '');
    if (list.length === 0) continue;
    // A browser sends line ends as CR LF; the island sends them as they are.
    const lines = list.map((one) => one.replaceAll('\r\n', '\n'));
    answers[key] = takesSeveral(type) ? lines : (lines[0] as string);
  }
  return answers;
}

/** One ordinary question, for tests that need an example to change. */
import type { Item } from '../model.ts';

/** A fit single-answer item; `changes` replace its fields. */
export function vehicleItem(changes: Partial<Item> = {}): Item {
  return {
    model: 1,
    code: 'VEH-001',
    title: 'Charging system voltage',
    kind: 'choice',
    stem: [{ t: 'paragraph', content: [{ t: 'text', text: 'Which reading shows a healthy charging system?' }] }],
    choices: [
      { id: 'c1', content: [{ t: 'text', text: '11.8 V' }] },
      { id: 'c2', content: [{ t: 'text', text: '12.4 V' }] },
      { id: 'c3', content: [{ t: 'text', text: '14.2 V' }] },
      { id: 'c4', content: [{ t: 'text', text: '17.5 V' }] },
    ],
    minChoices: 1,
    maxChoices: 1,
    pictures: [],
    group: 'L2-ELEC',
    topic: 'Charging',
    key: { correct: ['c3'], rationale: 'A running alternator gives 13.8 to 14.4 V.' },
    ...changes,
  };
}

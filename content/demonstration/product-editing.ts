/** Invented for the demonstration: learning outcomes with criteria, and a draft that an officer has begun. */
import type { Outcome } from '../../src/systems/products/outcomes/outcomes.ts';

/** Learning outcomes and criteria by the code of the unit; made up, and the unit is marked so. */
export const outcomes: Readonly<Record<string, readonly Outcome[]>> = {
  'ARH-1': [
    {
      number: '1',
      text: 'Understand refrigerants and what they do to people and the environment',
      criteria: [
        { number: '1.1', kind: 'knowledge', text: 'Describe the refrigerants that are used in vehicles' },
        { number: '1.2', kind: 'knowledge', text: 'Explain why refrigerant must not escape into the air' },
        { number: '1.3', kind: 'knowledge', text: 'State what to do when refrigerant touches skin or eyes' },
      ],
    },
    {
      number: '2',
      text: 'Recover refrigerant from a vehicle safely',
      criteria: [
        { number: '2.1', kind: 'skill', text: 'Identify the refrigerant before anything is connected' },
        { number: '2.2', kind: 'skill', text: 'Recover refrigerant and record how much was recovered' },
        { number: '2.3', kind: 'skill', text: 'Leave the system labelled so that the next person knows its state' },
      ],
    },
  ],
  'EVH-1': [
    {
      number: '1',
      text: 'Know the hazards of electric and hybrid vehicles',
      criteria: [
        { number: '1.1', kind: 'knowledge', text: 'Name the parts of a vehicle that carry high voltage' },
        { number: '1.2', kind: 'knowledge', text: 'State what may happen when a damaged battery is moved' },
      ],
    },
  ],
};

/** The draft under work: the diploma with a grade and two pathways. */
export const draftOf = {
  code: 'LVP',
  aggregation: { kind: 'lowest' },
  pathways: [
    { title: 'Air conditioning', units: ['LVP-K11', 'LVP-S11'] },
    { title: 'Transmission', units: ['LVP-K09', 'LVP-S09'] },
  ],
} as const;

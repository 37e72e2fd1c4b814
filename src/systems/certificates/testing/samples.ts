/** Contents of certificates for tests. */
import { type Content, contentSchema } from '../content/content.ts';
import { newSerial } from '../serial/serial.ts';

export function sampleUnit(
  number: number,
  title = 'Handling of refrigerants in vehicle air conditioning systems',
): Content['units'][number] {
  return { reference: `ARH-${number}`, title, level: 3, credits: 2, grade: 'Pass' };
}

export function sampleContent(more: Partial<Content> = {}): Content {
  return contentSchema.parse({
    format: 1,
    template: 'qualification',
    serial: newSerial(),
    awardingBody: 'Institute of the Motor Industry',
    holder: { givenNames: 'Gŵenllian', familyName: 'Prŷs', candidateNumber: '48201180' },
    title: 'IMI Level 3 Award in Automotive Refrigerant Handling (EC 842-2006)',
    qualificationNumber: '500/6771/0',
    level: 3,
    grade: 'Pass',
    awardedOn: '2026-11-20',
    units: [sampleUnit(1)],
    credits: 2,
    creditStatement: null,
    assessmentLanguage: null,
    centre: { number: '04417', name: 'Northgate Motor Training' },
    checkAt: 'https://connect.example/verify',
    ...more,
  });
}

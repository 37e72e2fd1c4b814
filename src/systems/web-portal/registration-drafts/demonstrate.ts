/** Half-made registrations of the demonstration. */
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import type { FormValues } from '#platform/http/context.ts';
import { addDays } from '../programme-days/programme-days.ts';
import { type Offer, offerOf } from '../register-candidate/fields.ts';
import { saveDraft } from './drafts.ts';

const dateFields = (name: string, date: string): FormValues => {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
};

const productOf = ({ open }: Offer, code: string): FormValues => {
  const product = open.find((one) => one.code === code);
  return product ? { product: product.productId } : {};
};

/** Three drafts: one with its days running out, one with units planned, one hardly begun. */
export async function demonstrateDrafts(writer: Writer, centreId: string): Promise<void> {
  const offer = await offerOf(writer, centreId);
  const today = dayInLondon(writer.now);
  const drafts: readonly (readonly [string, FormValues])[] = [
    [
      '0f3b7a10-5c1d-4e2a-9b64-6a1f0c2d3e01',
      {
        givenNames: 'Perpetua',
        familyName: 'Oakhanger',
        ...dateFields('birthDate', '2007-03-19'),
        ...productOf(offer, 'ARH'),
        ...dateFields('programmeStart', addDays(today, -83)),
        assessmentLanguage: 'en',
      },
    ],
    [
      '0f3b7a10-5c1d-4e2a-9b64-6a1f0c2d3e02',
      {
        givenNames: 'Llew',
        familyName: 'Penhaligan-Rees',
        ...productOf(offer, 'LVP'),
        unitsOf: String(productOf(offer, 'LVP').product ?? ''),
        unit: ['LVP-K13', 'LVP-S13'],
        cohort: 'Autumn intake',
        ...dateFields('programmeStart', addDays(today, -20)),
        assessmentLanguage: 'en',
      },
    ],
    ['0f3b7a10-5c1d-4e2a-9b64-6a1f0c2d3e03', { familyName: 'Thistlewood', assessmentLanguage: 'en' }],
  ];
  for (const [id, fields] of drafts) await saveDraft(writer, centreId, { id, revision: 0, candidateId: null, fields });
}

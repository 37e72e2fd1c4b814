/** Which centre of the demonstration is approved for which products (codes of `products.ts`). */
export interface DemonstrationApproval {
  readonly centre: 'northgate' | 'severnside';
  readonly codes: readonly string[];
  readonly approvedFrom: string;
  /** Claims need no look of an external quality assurer first. */
  readonly directClaims: boolean;
}

export const approvals: readonly DemonstrationApproval[] = [
  {
    centre: 'northgate',
    codes: ['ARH', 'EVH', 'LVP', 'LMC', 'LMD', 'MMC'],
    approvedFrom: '2016-09-01',
    directClaims: true,
  },
  { centre: 'northgate', codes: ['LVC', 'ABC'], approvedFrom: '2023-01-09', directClaims: false },
  { centre: 'severnside', codes: ['ARH', 'SMC', 'ARC'], approvedFrom: '2018-09-03', directClaims: true },
];

/** Names of the columns of the list of candidates, beside that of the candidate; in the order in which they stand. */
export const COLUMN_KEYS = [
  'number',
  'reference',
  'centre',
  'product',
  'cohort',
  'registered',
  'start',
  'days',
  'units',
  'order',
  'status',
] as const;
export type ColumnKey = (typeof COLUMN_KEYS)[number];

/** What the awarding body looks at before it decides; each is done or failed, by whom and when. */
export const DUE_DILIGENCE = {
  register: 'Company register',
  ukprn: 'UKPRN',
  insurance: 'Insurance',
  references: 'References',
  sanctions: 'Sanctions elsewhere',
} as const;
export type CheckName = keyof typeof DUE_DILIGENCE;
export const CHECK_NAMES = Object.keys(DUE_DILIGENCE) as readonly CheckName[];

/** The checks that were not done, or failed when they were done last, by their names. */
export function checksOpen(latest: readonly { readonly name: string; readonly outcome: string }[]): string[] {
  const done = new Set(latest.filter(({ outcome }) => outcome === 'done').map(({ name }) => name));
  return CHECK_NAMES.filter((name) => !done.has(name)).map((name) => DUE_DILIGENCE[name]);
}

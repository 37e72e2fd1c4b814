import { ROLE_NAMES, type Role } from '#platform/permissions/capabilities.ts';

/** What the payloads of the ledger call things, and what a person reads. What is not here is an id or a detail for machines. */
const LABELS: Readonly<Record<string, string>> = {
  reason: 'Reason',
  role: 'Role',
  roles: 'Roles',
  added: 'Added',
  removed: 'Ended',
  email: 'Email',
  before: 'Before',
  after: 'After',
  username: 'Username',
  address: 'From address',
  step: 'Step',
  sessions: 'Sessions',
  name: 'Name',
  capability: 'What',
  organisationId: 'At',
  moved: 'Moved',
};

/** The details of an entry of the ledger as a sentence: "Role: Invigilator. Reason: Left the centre". */
export function detailsInWords(
  payload: Readonly<Record<string, unknown>>,
  organisations: ReadonlyMap<string, string>,
): string {
  return Object.entries(LABELS)
    .flatMap(([key, label]) => {
      const words = [payload[key] ?? []].flat().flatMap((value) => valueInWords(key, value, organisations));
      return words.length > 0 ? [`${label}: ${words.join(', ')}`] : [];
    })
    .join('. ');
}

function valueInWords(key: string, value: unknown, organisations: ReadonlyMap<string, string>): string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'string' || value === '') return [];
  if (key === 'organisationId') return [organisations.get(value) ?? 'an organisation'];
  return [value in ROLE_NAMES ? ROLE_NAMES[value as Role] : value];
}

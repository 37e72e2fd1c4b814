import { holdersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { type NotificationKind, notificationKind } from '#platform/notifications/notification-kinds.ts';

const STAFF = ['coordinator', 'administrator', 'invigilator', 'assessor', 'iqa', 'champion'] as const;
const because = 'it is about your own competence, or you are a coordinator of the centre';

const competenceWasDecided = notificationKind(
  'centres-hub.competence-decided',
  'The awarding body decides of the competence of an assessor or internal quality assurer',
  { to: STAFF, way: 'both', because },
);
export const competenceRunsOut = notificationKind(
  'centres-hub.competence-runs-out',
  'A licence or an approval of competence runs out',
  { to: STAFF, way: 'both', because },
);

interface Words {
  readonly subject: string;
  readonly body: string;
}

/** Tells the person, each coordinator, nobody twice. */
export async function tellOfCompetence(
  writer: Writer,
  kind: NotificationKind,
  centreId: string,
  about: { readonly id: string; readonly personId: string | null },
  { subject, body }: Words,
): Promise<number> {
  const coordinators = await holdersOf(writer, centreId, ['coordinator']);
  const own = about.personId === null ? [] : await stillThere(writer, centreId, about.personId);
  return writer.notify({
    kind,
    personIds: [...new Set([...own, ...coordinators])],
    subject,
    body,
    href: `/centres-hub/competence/${about.id}`,
    organisationId: centreId,
  });
}

async function stillThere(writer: Writer, centreId: string, personId: string): Promise<string[]> {
  return (await holdersOf(writer, centreId, STAFF)).filter((id) => id === personId);
}

export async function tellOfDecision(
  writer: Writer,
  centreId: string,
  about: { readonly id: string; readonly personId: string | null },
  words: Words,
): Promise<void> {
  await tellOfCompetence(writer, competenceWasDecided, centreId, about, words);
}

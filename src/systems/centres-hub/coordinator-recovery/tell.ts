import { holdersOf, type Member, membersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { notificationKind } from '#platform/notifications/notification-kinds.ts';
import { brand } from '#platform/settings/brand.ts';
import type { Centre } from '../centres/centres.ts';

const STAFF = ['coordinator', 'administrator', 'invigilator', 'assessor', 'iqa', 'champion'] as const;

/** Of weight for who rules the centre: nobody can choose not to hear of it. */
const recoveryWasAsked = notificationKind(
  'centres-hub.coordinator-recovery-asked',
  'Somebody of your centre asks to become coordinator',
  { to: ['coordinator'], way: 'both', because: 'you are a coordinator of the centre', security: true },
);
const recoveryWasDecided = notificationKind(
  'centres-hub.coordinator-recovery-decided',
  'The awarding body decides of a request to become coordinator',
  { to: STAFF, way: 'both', because: 'you asked, or you are a coordinator of the centre' },
);

/** The coordinators of a centre, but for one person. */
async function coordinatorsBut(writer: Writer, centreId: string, personId: string): Promise<Member[]> {
  const members = await membersOf(writer, centreId);
  return members.filter((one) => one.personId !== personId && one.roles.some(({ role }) => role === 'coordinator'));
}

/** Mails every present coordinator at once, also one who never opened the dashboard, and puts it into the page. */
export async function tellCoordinatorsOfRequest(
  writer: Writer,
  centre: Centre,
  asker: { readonly personId: string; readonly name: string },
  recovery: { readonly id: string; readonly reasons: string },
  publicUrl: string,
): Promise<void> {
  const href = `/centres-hub/coordinator-recoveries/${recovery.id}`;
  const subject = `${asker.name} asks to become coordinator of ${centre.name}`;
  for (const one of await coordinatorsBut(writer, centre.id, asker.personId)) {
    await writer.notify({
      kind: recoveryWasAsked,
      personIds: [one.personId],
      subject,
      body: `${asker.name} has asked the awarding body to become coordinator of ${centre.name}, because the coordinator is gone. If that is not so, object: the awarding body reads it before it decides.`,
      href,
      organisationId: centre.id,
      mailed: one.email !== null,
    });
    if (one.email === null) continue;
    await writer.mail({
      kind: 'centres-hub.coordinator-recovery',
      to: one.email,
      personId: one.personId,
      subject,
      body: `Dear ${one.givenNames} ${one.familyName}\n\n${asker.name} has asked the awarding body to become coordinator of ${centre.name}, centre ${centre.number}, because the coordinator is gone. You get this mail because you are a coordinator of the centre.\n\nReasons given: ${recovery.reasons}\n\nIf you are not gone, object here; the awarding body reads it before it decides:\n${publicUrl}${href}\n\nNothing at the centre changes until then.\n\n${brand.name}\n`,
    });
  }
}

/** Tells who asked, and the coordinators, what the awarding body decided. */
export async function tellOfDecision(
  writer: Writer,
  centre: Centre,
  asker: { readonly personId: string; readonly name: string; readonly recoveryId: string },
  { granted, reasons }: { readonly granted: boolean; readonly reasons: string },
): Promise<void> {
  const coordinators = await holdersOf(writer, centre.id, ['coordinator']);
  await writer.notify({
    kind: recoveryWasDecided,
    personIds: [...new Set([asker.personId, ...coordinators])],
    subject: granted
      ? `${asker.name} is now coordinator of ${centre.name}`
      : `${asker.name} does not become coordinator of ${centre.name}`,
    body: `The awarding body has ${granted ? 'granted' : 'refused'} the request of ${asker.name} to become coordinator of ${centre.name}. Reasons: ${reasons}`,
    href: `/centres-hub/coordinator-recoveries/${asker.recoveryId}`,
    organisationId: centre.id,
  });
}

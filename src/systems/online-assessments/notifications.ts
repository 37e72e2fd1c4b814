import { holdersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { notificationKind } from '#platform/notifications/notification-kinds.ts';

const OFFICE = ['coordinator', 'administrator'] as const;

const resultWasReleased = notificationKind('online-assessments.result-released', 'A result is released', {
  to: OFFICE,
  way: 'digest',
  because: 'you are a coordinator or administrator of the centre',
});
const ownResult = notificationKind('online-assessments.own-result', 'Your result is released', {
  to: ['candidate'],
  way: 'page',
  because: 'you took the test',
  own: true,
});

/** Tells the centre, and the candidate who has an account, that a result is there. A mail says no score. */
export async function tellReleased(
  writer: Writer,
  sitting: {
    readonly id: string;
    readonly centreId: string;
    readonly candidateId: string;
    readonly testFormId: string;
  },
): Promise<void> {
  const candidate = await writer.db
    .selectFrom('web_portal.published_candidates')
    .select(['person_id', 'given_names', 'family_name'])
    .where('id', '=', sitting.candidateId)
    .where('centre_id', '=', sitting.centreId)
    .executeTakeFirstOrThrow();
  const { title } = await writer.db
    .selectFrom('online_assessments.test_forms')
    .select('title')
    .where('id', '=', sitting.testFormId)
    .executeTakeFirstOrThrow();
  const name = `${candidate.given_names} ${candidate.family_name}`;
  await writer.notify({
    kind: resultWasReleased,
    personIds: await holdersOf(writer, sitting.centreId, OFFICE),
    subject: `Result of ${name}`,
    body: `The result of the test ${title} was released.`,
    href: `/online-assessments/sittings/${sitting.id}`,
    organisationId: sitting.centreId,
  });
  if (!candidate.person_id) return;
  await writer.notify({
    kind: ownResult,
    personIds: [candidate.person_id],
    subject: `Your result: ${title}`,
    body: `The result of your test ${title} was released.`,
    href: `/my-tests/${sitting.id}`,
    organisationId: sitting.centreId,
  });
}

/** A demonstration candidate in an open session, through the doors that staff pages use. */
import { sql } from 'kysely';
import { bookCandidates, confirmIdentity, openSession, planSession } from '#online-assessments';
import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { TestApplication } from './application.ts';
import { centreOf, principalAt } from './sitting.ts';

export interface BookedCandidate {
  readonly candidateNumber: string;
  readonly sessionId: string;
  readonly sittingId: string;
  /** Typed at the seat. */
  readonly code: string;
  /** The invigilator confirms the identity of the candidate, who has arrived at a seat. */
  confirm(): Promise<void>;
}

/** Books a candidate of the first centre who has not sat this unit yet, and opens the session. */
export async function bookCandidateFor(app: TestApplication, unitCode: string): Promise<BookedCandidate> {
  const centre = await centreOf(app, '04417');
  const invigilator = await principalAt(app, centre, 'invigilator');
  const write = <T>(work: (writer: Writer) => Promise<T>) =>
    app.services.database.write(invigilator, work, { capability: 'online-assessments.invigilate' });
  const [registration] = await app.services.database.read(SYSTEM, ({ rows }) =>
    rows(sql<{ id: string; unitId: string; candidateNumber: string }>`
      select r.id, u.id as "unitId", c.candidate_number as "candidateNumber"
      from web_portal.registrations r join web_portal.candidates c on c.id = r.candidate_id
      join products.units u on u.version_id = r.product_version_id
      where r.centre_id = ${centre.id} and u.code = ${unitCode} and r.state = 'active' and r.units_achieved = 0
        and not exists (select from online_assessments.sittings s where s.registration_id = r.id)
      order by r.registered_at desc limit 1`),
  );
  if (!registration) throw new Error(`the demonstration has no candidate who has yet to sit ${unitCode}`);
  const { session, sittingId } = await write(async (writer) => {
    const session = await planSession(writer, { room: 'Room 1', startsAt: writer.now });
    const bookings = [{ registrationId: registration.id, unitId: registration.unitId }];
    const [sittingId] = await bookCandidates(writer, { sessionId: session.id, bookings });
    return { session, sittingId: sittingId as string };
  });
  await write((writer) => openSession(writer, { sessionId: session.id }));
  return {
    candidateNumber: registration.candidateNumber,
    sessionId: session.id,
    sittingId,
    code: session.code,
    confirm: () => write((writer) => confirmIdentity(writer, { sittingId, document: 'passport' })),
  };
}

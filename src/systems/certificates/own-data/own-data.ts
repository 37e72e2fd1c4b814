import { sql } from 'kysely';
import type { OwnData } from '#accounts';
import type { Context } from '#platform/http/context.ts';

/** The person's certificates, as printed, and their states: a part of "My data", in the person's own scope. */
export async function ownCertificateData(context: Context): Promise<OwnData> {
  const { personId } = context.person();
  const data = await context.read(async (reader) => ({
    certificates: await reader.rows(sql`
      select f.serial, f.issued_on as "issuedOn", f.content as "asPrinted",
        (select jsonb_agg(jsonb_build_object('state', s.state, 'at', s.at, 'reason', s.reason) order by s.at)
          from certificates.certificate_states s where s.certificate_id = f.id) as states
      from certificates.certificates f
      join web_portal.published_candidates c on c.id = f.candidate_id and c.centre_id = f.centre_id
      where c.person_id = ${personId} order by f.issued_at`),
  }));
  return { system: 'certificates', data };
}

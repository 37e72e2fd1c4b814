import type { NamedCandidate } from '#centres-hub';
import type { Reader } from '#platform/database/database.ts';
import { isCandidateNumber } from '../candidate-number/candidate-number.ts';

/**
 * A candidate of a centre by the number as somebody typed it, spaces or not; null when the centre has none of it. The
 * number of a merged record leads to the one that was kept.
 */
export async function candidateOfNumber(
  reader: Pick<Reader, 'db'>,
  centreId: string,
  typedNumber: string,
): Promise<NamedCandidate | null> {
  const number = typedNumber.replace(/[\s-]/g, '');
  if (!isCandidateNumber(number)) return null;
  const found = await reader.db
    .selectFrom('web_portal.published_candidates')
    .select(['id', 'candidate_number as number', 'given_names', 'family_name'])
    .where('centre_id', '=', centreId)
    .where((either) =>
      either.or([
        either('candidate_number', '=', number),
        either(
          'id',
          '=',
          either
            .selectFrom('web_portal.former_candidates')
            .select('candidate_id')
            .where('candidate_number', '=', number),
        ),
      ]),
    )
    .executeTakeFirst();
  return found ? { id: found.id, number: found.number, name: `${found.given_names} ${found.family_name}` } : null;
}

import { sql } from 'kysely';
import { z } from 'zod';
import { file, NotFound } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';

const params = z.object({ bank: z.string().max(20), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** GET /online-assessments/item-bank/:bank/pictures/:sha256: a picture that a question of this bank uses or used. */
export const showBankPicture = handler({ params }, async (context) => {
  const { bank, sha256 } = context.params;
  const [picture] = await context.read((reader) =>
    reader.rows(sql<{ mediaType: string; bytes: Buffer }>`
      select p.media_type as "mediaType", p.bytes from online_assessments.pictures p
      where p.sha256 = decode(${sha256}, 'hex') and exists (
        select from online_assessments.item_pictures l join online_assessments.item_versions v on v.id = l.item_version_id
        join online_assessments.items i on i.id = v.item_id join online_assessments.item_banks b on b.id = i.bank_id
        where l.sha256 = p.sha256 and b.code = ${bank})`),
  );
  if (!picture) throw new NotFound();
  return file(picture.bytes, { type: picture.mediaType, inline: true, cache: 'no-store' });
});

/** The films that the awarding body has added, and their pieces. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import type { ByteRange, RangedFile } from '#platform/http/byte-range.ts';
import type { Context } from '#platform/http/context.ts';

/** Bytes of each piece but the last, as migration 0022 allows. */
export const PIECE_BYTES = 262_144;

export interface HelpVideo {
  readonly id: string;
  readonly task: string;
  readonly title: string;
  readonly mediaType: 'video/webm' | 'video/mp4';
  readonly bytes: number;
  readonly captions: string;
  readonly transcript: string;
}

const COLUMNS = sql`v.id, v.task, v.title, v.media_type as "mediaType", v.bytes, v.captions, v.transcript`;

/** The films that are shown, of one task or of all (null), oldest first. */
export function currentVideos(reader: Pick<Reader, 'rows'>, task: string | null): Promise<HelpVideo[]> {
  return reader.rows(sql<HelpVideo>`select ${COLUMNS} from centres_hub.help_videos v
    where v.removed_at is null and (${task}::text is null or v.task = ${task}) order by v.added_at, v.id`);
}

/** A film that is shown. Throws NotFound. */
export async function currentVideo(reader: Pick<Reader, 'rows'>, id: string): Promise<HelpVideo> {
  const [video] = await reader.rows(
    sql<HelpVideo>`select ${COLUMNS} from centres_hub.help_videos v where v.removed_at is null and v.id = ${id}`,
  );
  if (!video) throw new NotFound();
  return video;
}

/** The film as a file to read in parts: each piece is asked for when the one before has left. */
export function filmOf(context: Context, { id, bytes, mediaType }: HelpVideo): RangedFile {
  return {
    bytes,
    type: mediaType,
    etag: id,
    // The content of a film never changes, but it can be removed.
    cache: 'private, max-age=3600',
    read: (range) => piecesOf(context, id, range),
  };
}

async function* piecesOf(context: Context, id: string, { first, last }: ByteRange): AsyncGenerator<Buffer> {
  for (let number = Math.floor(first / PIECE_BYTES); number * PIECE_BYTES <= last; number++) {
    const [piece] = await context.read((reader) =>
      reader.rows(sql<{ content: Buffer }>`
        select content from centres_hub.help_video_pieces where video_id = ${id} and number = ${number}`),
    );
    if (!piece) throw new Error(`Piece ${number} of the film ${id} is missing.`);
    const start = number * PIECE_BYTES;
    yield piece.content.subarray(Math.max(0, first - start), last + 1 - start);
  }
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Writer } from '#platform/database/database.ts';
import { helpTasks } from '../../../../content/help/tasks.ts';
import { PIECE_BYTES } from './videos.ts';

const FILMS = new URL('../../../../content/demonstration/films/', import.meta.url);
const TASK = 'see-approvals';

/** A film that an officer of the demonstration has added to a task. */
export async function demonstrateVideos({ db, now }: Writer, officerId: string | null): Promise<void> {
  const film = await readFile(new URL(`${TASK}.webm`, FILMS));
  const steps = helpTasks.find(({ slug }) => slug === TASK)?.steps ?? [];
  const { id } = await db
    .insertInto('centres_hub.help_videos')
    .values({
      task: TASK,
      title: 'Approvals and stops, shown on the page',
      media_type: 'video/webm',
      bytes: film.length,
      sha256: createHash('sha256').update(film).digest(),
      captions: await readFile(new URL(`${TASK}.vtt`, FILMS), 'utf8'),
      transcript: steps.map(({ words }) => words).join('\n'),
      added_at: now,
      added_by: officerId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (let at = 0; at < film.length; at += PIECE_BYTES)
    await db
      .insertInto('centres_hub.help_video_pieces')
      .values({ video_id: id, number: at / PIECE_BYTES, content: film.subarray(at, at + PIECE_BYTES) })
      .execute();
}

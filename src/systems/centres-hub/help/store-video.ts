/** The only writer of films: each comes, takes another's place or is taken away in one transaction with its record. */
import type { Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { helpVideoAdded, helpVideoRemoved } from '../audit.ts';
import { currentVideo } from './videos.ts';

export interface NewVideo {
  readonly task: string;
  readonly title: string;
  readonly mediaType: 'video/webm' | 'video/mp4';
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly captions: string;
  readonly transcript: string;
  pieces(): AsyncIterable<Buffer>;
}

/** Stores a film and returns its id; with `replaces` the other film ends in the same moment, for that reason. */
export async function addVideo(
  writer: Writer,
  video: NewVideo,
  replaces: { readonly id: string; readonly reason: string } | null,
): Promise<string> {
  if (replaces) await removeVideo(writer, replaces.id, replaces.reason);
  const { id } = await writer.db
    .insertInto('centres_hub.help_videos')
    .values({
      task: video.task,
      title: video.title,
      media_type: video.mediaType,
      bytes: video.bytes,
      sha256: video.sha256,
      captions: video.captions,
      transcript: video.transcript,
      added_at: writer.now,
      added_by: writer.identity.personId,
      replaces_id: replaces?.id ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  let number = 0;
  for await (const content of video.pieces())
    await writer.db
      .insertInto('centres_hub.help_video_pieces')
      .values({ video_id: id, number: number++, content })
      .execute();
  const payload = {
    task: video.task,
    title: video.title,
    bytes: video.bytes,
    sha256: video.sha256.toString('hex'),
    replacesId: replaces?.id ?? null,
  };
  await writer.audit(helpVideoAdded, { kind: 'help-video', id }, payload);
  return id;
}

/** Takes a film off its task. Throws NotFound when it is not shown. */
export async function removeVideo(writer: Writer, id: string, reason: string): Promise<void> {
  const { task, title } = await currentVideo(writer, id);
  const removed = await writer.db
    .updateTable('centres_hub.help_videos')
    .set({ removed_at: writer.now, removed_by: writer.identity.personId, removed_reason: reason })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!removed) throw new NotFound();
  await writer.audit(helpVideoRemoved, { kind: 'help-video', id }, { task, title, reason });
}

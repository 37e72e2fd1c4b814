import { z } from 'zod';
import { file, NotFound } from '#platform/http/answers.ts';
import { rangedFile } from '#platform/http/byte-range.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { taskBySlug } from './help-page.ts';
import { recordingOf, shippedFile } from './shipped.ts';
import { currentVideo, filmOf } from './videos.ts';
import { vttOf } from './webvtt.ts';

/** The hash in the address changes with the content, so browsers may keep it. */
const KEEP = 'private, max-age=31536000, immutable';
const VTT = 'text/vtt; charset=utf-8';

/** GET /centres-hub/help/files/:file: a picture or recording that comes with the product. */
export const sendShippedFile = handler({ params: z.object({ file: z.string() }) }, async (context) => {
  const found = shippedFile(context.params.file);
  if (!found) throw new NotFound();
  return rangedFile(context as Context, {
    bytes: found.content.length,
    type: found.type,
    etag: found.hash,
    cache: KEEP,
    async *read({ first, last }) {
      yield found.content.subarray(first, last + 1);
    },
  });
});

/** GET /centres-hub/help/:task/captions: of the recording, made from the words of the steps. */
export const sendCaptions = handler({ params: z.object({ task: z.string() }) }, async (context) => {
  const recording = recordingOf(taskBySlug(context.params.task));
  if (!recording) throw new NotFound();
  return file(vttOf(recording.cues), { type: VTT, inline: true });
});

const videoParams = z.object({ videoId: z.uuid() });

/** GET /centres-hub/help/videos/:videoId/film */
export const sendFilm = handler({ params: videoParams }, async (context) => {
  const video = await context.read((reader) => currentVideo(reader, context.params.videoId));
  return rangedFile(context as Context, filmOf(context as Context, video));
});

/** GET /centres-hub/help/videos/:videoId/captions */
export const sendFilmCaptions = handler({ params: videoParams }, async (context) => {
  const video = await context.read((reader) => currentVideo(reader, context.params.videoId));
  return file(video.captions, { type: VTT, inline: true });
});

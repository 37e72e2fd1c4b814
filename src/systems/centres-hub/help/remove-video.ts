import { z } from 'zod';
import { reasonField } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { card, crumbs, errorSummary, pageHead, reasonForm } from '#ui';
import { bodyPage } from '../hub-page/hub-page.ts';
import { taskBySlug } from './help-page.ts';
import { removeVideo } from './store-video.ts';
import { currentVideo, type HelpVideo } from './videos.ts';

const LIST = '/centres-hub/help/videos';
const params = z.object({ videoId: z.uuid() });

/** GET /centres-hub/help/videos/:videoId/remove */
export const showRemoveVideo = handler({ params }, async (context) => {
  const video = await context.read((reader) => currentVideo(reader, context.params.videoId));
  return page(await removePage(context as Context, video, await context.keptFields(), []));
});

/** POST /centres-hub/help/videos/:videoId/remove */
export const sendRemoveVideo = handler({ params }, (context) =>
  submitForm(context as Context, {
    schema: z.object({ reason: reasonField }),
    page: async (values, errors) => {
      const video = await context.read((reader) => currentVideo(reader, context.params.videoId));
      return removePage(context as Context, video, values, errors);
    },
    action: async (writer, { reason }) => {
      await removeVideo(writer, context.params.videoId, reason);
      return `${LIST}?done=removed`;
    },
  }),
);

async function removePage(
  context: Context,
  video: HelpVideo,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  return bodyPage(
    context,
    { title: 'Remove a video', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'How to', href: '/centres-hub/help' }, { label: 'Videos', href: LIST }, { label: 'Remove a video' }])}
${pageHead({ title: 'Remove a video' })}
${card(
  { title: video.title, id: 'video' },
  html`<p>It is no longer shown on the page "${taskBySlug(video.task).title}". The steps on that page stay.</p>
${reasonForm({ action: `${LIST}/${video.id}/remove`, button: 'Remove the video', back: LIST, values, errors, hint: 'It is kept in the record.' })}`,
)}`,
  );
}

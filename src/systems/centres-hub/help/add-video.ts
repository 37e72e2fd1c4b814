import { z } from 'zod';
import { reasonField } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  fileField,
  form,
  linkButton,
  note,
  pageHead,
  selectField,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { helpTasks } from '../../../../content/help/tasks.ts';
import { bodyPage } from '../hub-page/hub-page.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { MOST_FILM_BYTES, MOST_TEXT, type ReceivedFilm, receiveVideo } from './receive-video.ts';
import { addVideo } from './store-video.ts';
import { currentVideo, type HelpVideo } from './videos.ts';
import { checkVtt } from './webvtt.ts';

const LIST = '/centres-hub/help/videos';

const text = (what: string) =>
  z
    .string(`Enter ${what}`)
    .trim()
    .min(1, `Enter ${what}`)
    .max(MOST_TEXT, `Shorten ${what} to ${MOST_TEXT.toLocaleString('en-GB')} characters`);

const words = {
  title: z.string('Enter a title').trim().min(1, 'Enter a title').max(120, 'Shorten the title to 120 characters'),
  captions: text('the captions, or choose a file with them').superRefine((value, issues) => {
    const checked = checkVtt(value);
    if ('problem' in checked) issues.addIssue({ code: 'custom', message: checked.problem });
  }),
  transcript: text('the transcript'),
};
const addForm = z.object({
  ...words,
  task: z
    .string('Choose a task')
    .refine((value) => helpTasks.some(({ slug }) => slug === value), 'Choose a task from the list'),
});
const replaceForm = z.object({ ...words, reason: reasonField });

/** GET /centres-hub/help/videos/add */
export const showAddVideo = handler(
  { query: z.object({ task: z.string().max(60).optional().catch(undefined) }) },
  async (context) => page(await videoPage(context as Context, null, { task: context.query.task ?? '' }, [])),
);

/** POST /centres-hub/help/videos/add */
export const sendAddVideo = handler({}, (context) => receive(context as Context, null));

const params = z.object({ videoId: z.uuid() });

/** GET /centres-hub/help/videos/:videoId/replace */
export const showReplaceVideo = handler({ params }, async (context) => {
  const video = await context.read((reader) => currentVideo(reader, context.params.videoId));
  return page(await videoPage(context as Context, video, textsOf(video), []));
});

const textsOf = ({ title, captions, transcript }: HelpVideo): FormValues => ({ title, captions, transcript });

/** POST /centres-hub/help/videos/:videoId/replace: the new film is there and the old one gone in the same moment. */
export const sendReplaceVideo = handler({ params }, async (context) => {
  const video = await context.read((reader) => currentVideo(reader, context.params.videoId));
  return receive(context as Context, video);
});

async function receive(context: Context, replaces: HelpVideo | null): Promise<Answer> {
  const { film, fields, discard } = await receiveVideo(context.request);
  const wrong = filmProblem(film);
  try {
    return await submitForm<VideoForm>(
      { ...context, fields },
      {
        schema: replaces
          ? replaceForm.transform((value) => ({ ...value, task: replaces.task }))
          : addForm.transform((value) => ({ ...value, reason: '' })),
        page: (values, errors) => {
          const message = wrong ?? 'Choose the film again: your browser does not send a file twice by itself';
          return videoPage(context, replaces, values, [
            ...(wrong ? [{ field: 'film', message }] : []),
            ...errors.filter(({ field }) => field !== 'film'),
            ...(wrong ? [] : [{ field: 'film', message }]),
          ]);
        },
        action: async (writer, { reason, ...texts }) => {
          if (!film?.mediaType || wrong) throw new Refused([{ field: 'film', message: wrong ?? 'Choose the film' }]);
          const { mediaType, bytes, sha256 } = film;
          const video = { ...texts, mediaType, bytes, sha256, pieces: () => film.pieces() };
          await addVideo(writer, video, replaces && { id: replaces.id, reason });
          return doneAt(replaces);
        },
      },
    );
  } finally {
    await discard();
  }
}

interface VideoForm {
  readonly title: string;
  readonly captions: string;
  readonly transcript: string;
  readonly task: string;
  readonly reason: string;
}

const doneAt = (replaces: HelpVideo | null) => `${LIST}?done=${replaces ? 'replaced' : 'added'}`;

/** What is wrong with the film, in a sentence; null when nothing is. */
export function filmProblem(film: Pick<ReceivedFilm, 'mediaType' | 'tooLarge'> | null): string | null {
  if (!film) return 'Choose the file of the film';
  if (film.tooLarge)
    return `The film is larger than ${MOST_FILM_BYTES / 1024 / 1024} MB. Save it with a smaller picture, or cut it into two films`;
  if (!film.mediaType) return 'The file is not a WebM or MP4 film. Save the film as one of these and choose it again';
  return null;
}

async function videoPage(
  context: Context,
  replaces: HelpVideo | null,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const title = replaces ? 'Replace a video' : 'Add a video';
  return bodyPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'How to', href: '/centres-hub/help' }, { label: 'Videos', href: LIST }, { label: title }])}
${pageHead({ title, lead: replaces && `In place of "${replaces.title}"` })}
<div class="split">
${card(
  { label: 'The video' },
  form(
    {
      action: replaces ? `${LIST}/${replaces.id}/replace` : `${LIST}/add`,
      multipart: true,
      submissionId: crypto.randomUUID(),
    },
    html`${
      !replaces &&
      selectField({
        name: 'task',
        label: 'Task',
        value: typed(values, 'task'),
        errors,
        placeholder: 'Choose a task',
        choices: helpTasks.map(({ slug, title: label }) => ({ value: slug, label })),
      })
    }
${textField({ name: 'title', label: 'Title', value: typed(values, 'title'), errors, autocomplete: 'off' })}
${fileField({ name: 'film', label: 'Film', hint: `WebM or MP4, at most ${MOST_FILM_BYTES / 1024 / 1024} MB`, accept: '.webm,.mp4,video/webm,video/mp4', errors })}
${fileField({ name: 'captionsFile', label: 'Captions from a file', hint: 'WebVTT (.vtt). It takes the place of what stands beneath.', accept: '.vtt,text/vtt' })}
${textareaField({ name: 'captions', label: 'Captions', hint: 'As WebVTT: the first line is WEBVTT, then each passage with its times.', value: typed(values, 'captions'), errors, rows: 8 })}
${textareaField({ name: 'transcript', label: 'Transcript', hint: 'All that is said and shown, for whoever reads it instead.', value: typed(values, 'transcript'), errors, rows: 8 })}
${replaces && textareaField({ name: 'reason', label: 'Reason', hint: 'Why the other video goes. It is kept in the record.', value: typed(values, 'reason'), errors, rows: 2 })}
${buttonRow(submitButton(replaces ? 'Replace the video' : 'Add the video', { icon: 'upload' }), linkButton('Cancel', LIST, { look: 'quiet' }))}`,
  ),
)}
${card(
  { title: 'What happens', id: 'what-happens' },
  html`<ul><li>Every centre sees the video on the page of its task at once.</li><li>The film is loaded only when somebody plays it.</li><li>Captions and transcript are needed, so that nobody is left out.</li></ul>`,
)}
</div>
${replaces && note('The other video is no longer shown. It stays in the record.', { class: 'mt' })}`,
  );
}

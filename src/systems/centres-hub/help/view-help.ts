import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { attributes, card, crumbs, details, linkButton, note, pageHead } from '#ui';
import type { HelpStep, HelpTask } from '../../../../content/help/task.ts';
import { hubQuery } from '../hub-page/hub-page.ts';
import { helpFrame, lengthText, taskBySlug } from './help-page.ts';
import { forWhom } from './list-help.ts';
import { recordingOf, shippedPicture } from './shipped.ts';
import { currentVideos, type HelpVideo } from './videos.ts';

/** GET /centres-hub/help/:task: one task in steps, with its films. */
export const viewHelp = handler({ params: z.object({ task: z.string() }), query: hubQuery }, async (context) => {
  const task = taskBySlug(context.params.task);
  const help = await helpFrame(context);
  const films = await context.read((reader) => currentVideos(reader, task.slug));
  const { roles } = context.acting();
  const begin = help.hub ? help.href(task.beginsAt) : '/centres-hub/centres';
  return page(
    await help.page(
      { title: task.title },
      html`${crumbs([{ label: 'How to', href: help.href('/centres-hub/help') }, { label: task.title }])}
${pageHead({
  title: task.title,
  lead: task.summary,
  actions: linkButton(help.hub ? 'Go to the page' : 'Choose a centre', begin, { look: 'quiet' }),
})}
<div class="split"><div class="stack ao-help">
${!roles.some((role) => task.roles.includes(role)) && note(notYours(task))}
${recordingCard(task)}
${card(
  { title: 'Steps', id: 'steps', aside: html`<span class="muted small">For: ${forWhom(task)}</span>` },
  html`<ol class="ao-task-steps">${task.steps.map(stepItem)}</ol>`,
)}
${films.map(filmCard)}
</div>
${task.goodToKnow.length > 0 && card({ title: 'Good to know', id: 'good-to-know' }, html`<ul>${task.goodToKnow.map((words) => html`<li>${words}</li>`)}</ul>`)}
</div>`,
    ),
  );
});

function notYours(task: HelpTask): string {
  const names = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
    task.roles.map((role) => ROLE_NAMES[role]),
  );
  return `Your roles do not let you do all of this. Ask somebody who is ${names.toLowerCase()}.`;
}

function stepItem({ words, picture }: HelpStep): Safe {
  const drawn = picture && shippedPicture(picture.name);
  return html`<li><p>${words}</p>${
    drawn &&
    html`<img${attributes({ src: drawn.url, width: drawn.width, height: drawn.height, alt: picture.alt, loading: 'lazy', decoding: 'async' })}>`
  }</li>`;
}

interface Player {
  readonly src: string;
  readonly type: string;
  readonly captions: string;
  readonly poster?: string;
  readonly width?: number;
  readonly height?: number;
  /** For assistive technology. */
  readonly label: string;
}

/** Nothing of the film is loaded before somebody plays it. */
function player({ src, type, captions, poster, width, height, label }: Player): Safe {
  return html`<video controls${attributes({ preload: 'none', poster, width, height, 'aria-label': label, playsinline: true })}><source src="${src}" type="${type}"><track kind="captions" src="${captions}" srclang="en" label="English" default><p>Your browser does not play videos. The steps on this page say the same.</p></video>`;
}

function recordingCard(task: HelpTask): Safe | null {
  const recording = recordingOf(task);
  if (!recording) return null;
  const { url: src, poster, width, height, seconds, cues } = recording;
  return card(
    {
      title: 'Watch it',
      id: 'watch',
      aside: html`<span class="muted small">${lengthText(seconds)} minutes, without sound, with captions</span>`,
      class: 'noprint',
    },
    html`${player({ src, type: 'video/webm', captions: `/centres-hub/help/${task.slug}/captions`, poster, width, height, label: `Recording: ${task.title}` })}
${details('Transcript', html`<ol>${cues.map(({ from, words }) => html`<li><span class="muted">${lengthText(from)}</span> ${words}</li>`)}</ol>`)}`,
  );
}

function filmCard(film: HelpVideo): Safe {
  const path = `/centres-hub/help/videos/${film.id}`;
  return card(
    {
      title: film.title,
      id: `film-${film.id}`,
      aside: html`<span class="muted small">Video of the awarding body</span>`,
    },
    html`${player({ src: `${path}/film`, type: film.mediaType, captions: `${path}/captions`, label: `Video: ${film.title}` })}
${details('Transcript', html`<p class="ao-transcript">${film.transcript}</p>`)}`,
  );
}

/**
 * Records the films of "How to" from the product itself: walks a task on a fresh demonstration with a drawn pointer,
 * keeps a frame at each change, and packs them as a silent WebM. When each step begins is kept beside it, so that the
 * captions are the words of the steps.
 *
 *   node scripts/node24.mjs scripts/record-help.ts             every task that has a film
 *   node scripts/node24.mjs scripts/record-help.ts SLUG ...    only these
 *
 * Run it by hand after the pages or the steps have changed, and commit what it writes.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { HelpTask } from '../content/help/task.ts';
import { helpTasks } from '../content/help/tasks.ts';
import { vttOf } from '../src/systems/centres-hub/help/webvtt.ts';
import { Camera, FILM_HEIGHT, FILM_WIDTH } from './help/camera.ts';
import { encode } from './help/encode.ts';
import { openStage } from './help/stage.ts';
import { type Act, walks } from './help/walks.ts';
import { webm } from './help/webm.ts';
import { webp } from './help/webp.ts';

const CONTENT = join(import.meta.dirname, '..', 'content');
const HELP = join(CONTENT, 'help');
/** Stands in the demonstration as a video that the awarding body has added, not among those of the product. */
const OF_THE_DEMONSTRATION = 'see-approvals';

const asked = process.argv.slice(2);
const tasks = helpTasks.filter(({ slug }) => walks[slug]?.film && (asked.length === 0 || asked.includes(slug)));

async function perform(page: Page, camera: Camera, url: string, act: Act): Promise<void> {
  if ('open' in act) {
    await page.goto(url + act.open);
    await camera.hold(0.8);
  } else if ('click' in act) {
    await camera.pointTo(act.click(page));
    await camera.press();
    await act.click(page).click();
    await page.waitForLoadState('load');
    await camera.hold(0.8);
  } else if ('fill' in act) {
    await camera.pointTo(act.fill(page));
    const size = Math.max(3, Math.ceil(act.text.length / 8));
    for (let end = size; end < act.text.length + size; end += size) {
      await act.fill(page).fill(act.text.slice(0, end));
      await camera.hold(0.2);
    }
  } else if ('show' in act) {
    await camera.pointTo(act.show(page));
  }
}

/** Long enough to read the words at ease, as slowly as they would be spoken. */
const readingSeconds = (words: string) => Math.max(6, words.split(' ').length * 0.5);

async function film(task: HelpTask, page: Page, url: string) {
  const camera = new Camera(page);
  const starts: number[] = [];
  for (const [number, step] of task.steps.entries()) {
    const start = camera.now;
    starts.push(start / 1000);
    camera.beginScene();
    for (const act of walks[task.slug]!.steps[number] ?? []) await perform(page, camera, url, act);
    await camera.hold(Math.max(0.8, readingSeconds(step.words) - (camera.now - start) / 1000));
  }
  return { camera, starts };
}

const readJson = async (name: string) => JSON.parse(await readFile(join(HELP, name), 'utf8'));
const writeJson = (name: string, value: object) =>
  writeFile(
    join(HELP, name),
    `${JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b))), null, 2)}\n`,
  );

const stage = await openStage();
try {
  const recordings = await readJson('recordings.json');
  const pictures = await readJson('pictures.json');
  const workshop = await stage.browser.newPage();
  // Encoders exist only on pages of a secure origin, such as loopback.
  await workshop.goto(`${stage.app.url}/login`);
  for (const task of tasks) {
    const page = await stage.window(walks[task.slug]!.username, { width: FILM_WIDTH, height: FILM_HEIGHT });
    page.setDefaultTimeout(15_000);
    const { camera, starts } = await film(task, page, stage.app.url);
    await page.context().close();
    const { codec, frames } = await encode(workshop, camera.frames, FILM_WIDTH, FILM_HEIGHT);
    const bytes = webm({ codec, width: FILM_WIDTH, height: FILM_HEIGHT, duration: camera.now, frames });
    const seconds = camera.now / 1000;
    console.log(`${task.slug}  ${seconds} s, ${frames.length} frames, ${bytes.length} bytes`);
    if (task.slug === OF_THE_DEMONSTRATION) {
      const cues = task.steps.map(({ words }, step) => ({
        from: starts[step]!,
        to: starts[step + 1] ?? seconds,
        words,
      }));
      await writeFile(join(CONTENT, 'demonstration/films', `${task.slug}.webm`), bytes);
      await writeFile(join(CONTENT, 'demonstration/films', `${task.slug}.vtt`), vttOf(cues));
      continue;
    }
    await writeFile(join(HELP, 'recordings', `${task.slug}.webm`), bytes);
    recordings[task.slug] = { width: FILM_WIDTH, height: FILM_HEIGHT, seconds, starts };
    const [width, height] = [FILM_WIDTH / 2, FILM_HEIGHT / 2];
    const poster = await webp(workshop, camera.frames[Math.floor(camera.frames.length * 0.6)]!.png, width, height, 0.5);
    await writeFile(join(HELP, 'pictures', `poster-${task.slug}.webp`), poster);
    pictures[`poster-${task.slug}`] = { width, height };
  }
  await writeJson('recordings.json', recordings);
  await writeJson('pictures.json', pictures);
} finally {
  await stage.close();
}

/**
 * Draws the pictures of "How to" from the product itself: walks each task on a fresh demonstration, marks the control
 * in question and cuts the part of the page round it.
 *
 *   node scripts/node24.mjs scripts/draw-help.ts             every task
 *   node scripts/node24.mjs scripts/draw-help.ts SLUG ...    only these
 *
 * Run it by hand after the pages or the steps have changed, and commit what it writes in content/help.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { helpTasks } from '../content/help/tasks.ts';
import { openStage } from './help/stage.ts';
import { type Act, walks } from './help/walks.ts';
import { webp } from './help/webp.ts';

const HOME = join(import.meta.dirname, '..', 'content', 'help');
const WIDTH = 800;

const asked = process.argv.slice(2);
const tasks = helpTasks.filter(({ slug }) => asked.length === 0 || asked.includes(slug));
const sizes = JSON.parse(await readFile(join(HOME, 'pictures.json'), 'utf8')) as Record<
  string,
  { width: number; height: number }
>;

/** Frames the control, and returns where in the page it stands. */
async function mark(locator: Locator): Promise<{ top: number; bottom: number }> {
  return locator.evaluate((element) => {
    const labelled =
      element instanceof HTMLInputElement && element.type === 'checkbox' ? element.parentElement! : element;
    const box = labelled.getBoundingClientRect();
    const frame = document.createElement('div');
    const top = box.top + scrollY - 6;
    Object.assign(frame.style, {
      position: 'absolute',
      left: `${Math.max(2, box.left + scrollX - 6)}px`,
      top: `${top}px`,
      width: `${Math.min(box.width + 12, innerWidth - 4)}px`,
      height: `${box.height + 12}px`,
      border: '3px solid #c9362e',
      borderRadius: '10px',
      zIndex: '9999',
      pointerEvents: 'none',
      boxSizing: 'border-box',
    });
    frame.dataset.mark = '';
    document.body.append(frame);
    return { top, bottom: top + box.height + 12 };
  });
}

async function draw(page: Page, workshop: Page, act: Extract<Act, { picture: string }>): Promise<void> {
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  const { top, bottom } = await mark(act.mark(page));
  const full = await page.evaluate(() => document.documentElement.scrollHeight);
  const y = Math.max(0, Math.round(top - (act.above ?? 120)));
  const height = Math.min(full, Math.round(bottom + (act.below ?? 120))) - y;
  const width = page.viewportSize()?.width ?? WIDTH;
  const png = await page.screenshot({ fullPage: true, clip: { x: 0, y, width, height } });
  await page.evaluate(() => document.querySelector('[data-mark]')?.remove());
  const picture = await webp(workshop, png, width, height);
  await writeFile(join(HOME, 'pictures', `${act.picture}.webp`), picture);
  sizes[act.picture] = { width: width, height };
  console.log(`${act.picture}.webp  ${width} x ${height}  ${picture.length} bytes`);
}

async function perform(page: Page, workshop: Page, url: string, act: Act): Promise<void> {
  if ('open' in act) await page.goto(url + act.open);
  else if ('click' in act) await act.click(page).click();
  else if ('fill' in act) await act.fill(page).fill(act.text);
  else if ('show' in act) await act.show(page).waitFor();
  else await draw(page, workshop, act);
}

const stage = await openStage();
try {
  const workshop = await stage.browser.newPage();
  for (const { slug } of tasks) {
    const walk = walks[slug];
    if (!walk) throw new Error(`Nothing says how ${slug} is done. Add it to scripts/help/walks.ts.`);
    const page = await stage.window(walk.username, { width: walk.width ?? WIDTH, height: 900 });
    page.setDefaultTimeout(15_000);
    for (const act of walk.steps.flat()) await perform(page, workshop, stage.app.url, act);
    await page.context().close();
  }
} finally {
  await stage.close();
}
const sorted = Object.fromEntries(Object.entries(sizes).sort(([a], [b]) => a.localeCompare(b)));
await writeFile(join(HOME, 'pictures.json'), `${JSON.stringify(sorted, null, 2)}\n`);

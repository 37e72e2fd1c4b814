/** A coordinator who does not know how finds the task, watches it with captions, and is led to the page; an officer adds a video. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { launchBrowser } from '#test/browser.ts';
import { lookAt, pageOf } from '#test/journey.ts';
import { shippedFiles } from '../../src/systems/centres-hub/help/shipped.ts';

const MOST_FIRST_VIEW_BYTES = 100_000;

let app: TestApplication;
let browser: Browser;
before(async () => {
  app = await startTestApplication();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await app.close();
});

test('a task is found, weighs little, and its recording plays with captions', async (t) => {
  const page = await pageOf(app, browser, 'coordinator');
  await page.goto(`${app.url}/centres-hub`);
  await page.getByRole('link', { name: 'How to' }).click();
  await page.getByLabel('What you want to do').fill('invitation link');
  await page.getByRole('button', { name: 'Show' }).click();
  await lookAt(page);
  const task = page.getByRole('link', { name: 'Follow an invitation, and send it again' });
  await task.waitFor();

  const fresh = await pageOf(app, browser, 'coordinator');
  await fresh.goto(`${app.url}/centres-hub/help/follow-an-invitation`, { waitUntil: 'networkidle' });
  const weights = await fresh.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((entry) => ({
      name: entry.name.replace(/^https?:\/\/[^/]+/, ''),
      bytes: (entry as PerformanceResourceTiming).transferSize,
    })),
  );
  const weight = weights.reduce((sum, { bytes }) => sum + bytes, 0);
  t.diagnostic(`${weight} bytes: ${weights.map(({ name, bytes }) => `${name} ${bytes}`).join(', ')}`);
  assert.ok(weight > 10_000 && weight < MOST_FIRST_VIEW_BYTES, `the first view weighs ${weight} bytes`);
  assert.ok(!weights.some(({ name }) => name.endsWith('.webm')), 'no film is loaded before it is played');

  await task.click();
  await page.getByRole('heading', { name: 'Watch it' }).waitFor();
  await page.getByText('Transcript').click();
  await lookAt(page);
  const played = await page.locator('video').evaluate(async (video: HTMLVideoElement) => {
    const track = video.textTracks[0] as TextTrack;
    const shown: string[] = [];
    const moved = new Promise<void>((resolve, reject) => {
      video.addEventListener('error', () => reject(new Error(video.error?.message ?? 'It does not play')));
      video.addEventListener('timeupdate', () => {
        const cue = track.activeCues?.[0] as VTTCue | undefined;
        if (cue) shown.push(cue.text);
        if (video.currentTime > 0.5 && shown.length > 0) resolve();
      });
    });
    video.muted = true;
    await video.play();
    await moved;
    const first = { time: video.currentTime, caption: shown.at(-1) };
    // A jump asks for a part of the file, and the captions follow.
    const jumped = new Promise<void>((resolve) => video.addEventListener('seeked', () => resolve(), { once: true }));
    video.currentTime = video.duration - 2;
    await jumped;
    video.pause();
    return {
      first,
      mode: track.mode,
      cues: track.cues?.length,
      last: (track.activeCues?.[0] as VTTCue | undefined)?.text,
      size: [video.videoWidth, video.videoHeight],
    };
  });
  assert.ok(played.first.time > 0.5, `it stands at ${played.first.time}`);
  assert.match(String(played.first.caption), /^On the page Users/);
  assert.match(String(played.last), /^The state is "Invited" again/);
  assert.deepEqual([played.mode, played.cues, played.size], ['showing', 5, [1024, 640]]);

  await page.getByRole('link', { name: 'Go to the page' }).click();
  await page.getByRole('heading', { name: 'Invitations and activation' }).waitFor();
});

test('an officer adds a video and the centre sees it', async () => {
  const [, film] = [...shippedFiles()].find(([name]) => name.startsWith('add-a-site-')) ?? assert.fail();
  const officer = await pageOf(app, browser, 'officer');
  await officer.goto(`${app.url}/centres-hub/help`);
  await officer.getByRole('link', { name: 'Videos of the awarding body' }).click();
  await lookAt(officer);
  await officer.getByRole('link', { name: 'Add a video' }).click();
  await officer.getByLabel('Task').selectOption({ label: 'Make a request and follow its clock' });
  await officer.getByLabel('Title').fill('Requests, from draft to decision');
  await officer.getByLabel('Transcript').fill('Choose Requests.');
  await officer.getByRole('button', { name: 'Add the video' }).click();
  await officer.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await lookAt(officer);
  await officer.getByLabel('Film').setInputFiles({ name: 'film.webm', mimeType: 'video/webm', buffer: film.content });
  const captions = Buffer.from('WEBVTT\n\n00:00.000 --> 00:04.000\nChoose Requests.\n');
  await officer
    .getByLabel('Captions from a file')
    .setInputFiles({ name: 'film.vtt', mimeType: 'text/vtt', buffer: captions });
  await officer.getByRole('button', { name: 'Add the video' }).click();
  await officer.getByText('The video is added.').waitFor();

  const page = await pageOf(app, browser, 'coordinator2');
  await page.goto(`${app.url}/centres-hub/help/make-a-request`);
  await page.getByRole('heading', { name: 'Requests, from draft to decision' }).waitFor();
  const ready = await page
    .locator('video')
    .last()
    .evaluate(async (video: HTMLVideoElement) => {
      const canPlay = new Promise<void>((resolve, reject) => {
        video.addEventListener('loadeddata', () => resolve());
        video.addEventListener('error', () => reject(new Error(video.error?.message ?? 'It does not play')));
      });
      video.preload = 'auto';
      video.load();
      await canPlay;
      return video.duration;
    });
  assert.ok(ready > 10);
});

/** Delivery rule 6: the screen says "saved" only by a signed receipt that names our own head; whatever else answers 200. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { launchBrowser } from '#test/browser.ts';
import { type LyingProxy, type ProxyMode, startLyingProxy } from './player-proxy.ts';
import { answersOf, choose, eventually, headerSays, ledgerOf, next, openWindow, start } from './player-window.ts';

let app: TestApplication;
let proxy: LyingProxy;
let browser: Browser;
before(async () => {
  app = await startTestApplication();
  proxy = await startLyingProxy(app);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await proxy?.close();
  await app?.close();
});

/** From now on, remembers everything that the places which may say "saved" say. */
async function watchWords(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    (globalThis as unknown as { said: string[] }).said = said;
    const places = ['[data-saved-words]', '[data-kept]', '[data-notices]', '[data-spoken]'];
    const look = () => {
      for (const place of places) said.push(document.querySelector(place)?.textContent ?? '');
      for (const cell of document.querySelectorAll('[data-review] td')) said.push(cell.textContent ?? '');
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => [...new Set((globalThis as unknown as { said: string[] }).said)]);
}

describe('a proxy that lies about saves', () => {
  for (const mode of ['no receipt', 'wrong head', 'foreign signature'] as ProxyMode[]) {
    it(`is never believed: 200 with ${mode}; the work is kept, and saved once the server itself answers`, async () => {
      const { page, sitting, complaints, close } = await openWindow(app, browser, { url: proxy.url, questions: 5 });
      try {
        proxy.mode = 'honest';
        await start(page);
        await eventually(async () => (await ledgerOf(app, sitting.sittingId)).length === 1, 'the visit of question 1');
        await page.waitForFunction(
          () => document.querySelector('[data-saved-words]')?.textContent === 'No answers yet',
        );
        proxy.mode = mode;
        const words = await watchWords(page);
        await choose(page, 'Right A');
        await next(page);
        await choose(page, 'Right A');
        await eventually(async () => proxy.treated >= 4, 'four tries');
        await page.getByText('Your work is kept on this device. Keep going.').waitFor();
        await headerSays(page, 'Kept on this device');
        const said = await words();
        assert.deepEqual(
          said.filter((text) => /\bsaved\b/i.test(text)),
          [],
        );
        assert(said.some((text) => /this answer: on this device/i.test(text)));
        assert.equal((await ledgerOf(app, sitting.sittingId)).length, 1, 'nothing reached the server');

        proxy.mode = 'honest';
        await headerSays(page, 'All answers saved');
        await page.getByText('Your work is kept on this device.').waitFor({ state: 'detached' });
        const answers = await answersOf(app, sitting.sittingId);
        assert.deepEqual(Object.keys(answers), ['1', '2']);
        assert.deepEqual(complaints, []);
      } finally {
        await close();
      }
    });
  }

  it('that cuts the line behind the commit costs nothing: the repeat gets the receipt, and nothing is doubled', async () => {
    const { page, sitting, close } = await openWindow(app, browser, { url: proxy.url, questions: 5 });
    try {
      proxy.mode = 'honest';
      await start(page);
      proxy.mode = 'cut after the commit';
      await choose(page, 'Right A');
      await eventually(async () => proxy.treated >= 2, 'two cuts');
      const held = await ledgerOf(app, sitting.sittingId);
      assert.equal(held.filter(({ kind }) => kind === 'answer').length, 1, 'the server has it');
      await headerSays(page, 'Kept on this device');
      proxy.mode = 'honest';
      await headerSays(page, 'All answers saved');
      assert.deepEqual(await ledgerOf(app, sitting.sittingId), held);
    } finally {
      await close();
    }
  });
});

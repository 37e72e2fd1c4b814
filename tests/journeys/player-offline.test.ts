/** Delivery rules 2, 3, 6, 8 and 11 in a real browser: reload, the network away, the time over while it is away, traces on the disk. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { endSittings } from '#online-assessments';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { launchBrowser } from '#test/browser.ts';
import { type LyingProxy, startLyingProxy } from './player-proxy.ts';
import {
  answersOf,
  choose,
  eventually,
  headerSays,
  heldOf,
  leaveTime,
  ledgerOf,
  next,
  openWindow,
  sittingRow,
  start,
} from './player-window.ts';

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

/** Until the shell is kept, a reload without network cannot work. */
async function shellKept(page: Page): Promise<void> {
  await page.waitForFunction(async () => (await (await caches.open('seat-shell')).keys()).length >= 4);
}

const chosen = (page: Page) => page.locator('[data-question] input:checked').count();

describe('a reload', () => {
  it('comes back to the same question with all answers, and calls them saved only by receipts', async () => {
    const { page, sitting, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    await choose(page, 'Right A');
    await next(page);
    await choose(page, 'Wrong C');
    await headerSays(page, 'All answers saved');
    await page.reload();
    await page.getByText('Question 2 of 5').waitFor();
    assert.equal(await chosen(page), 1);
    await page.getByText('This answer: saved').waitFor();
    await headerSays(page, 'All answers saved');
    await page.getByText('2 answered').waitFor();
    assert.deepEqual(Object.keys(await answersOf(app, sitting.sittingId)), ['1', '2']);
    await close();
  });

  it('sends what only this device had', async () => {
    const { page, context, sitting, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    await shellKept(page);
    await context.route('**/sit/answers', (route) => route.abort());
    await choose(page, 'Right A');
    await headerSays(page, 'Kept on this device');
    assert.deepEqual(await answersOf(app, sitting.sittingId), {});
    await context.unroute('**/sit/answers');
    await page.reload();
    await page.getByText('Question 1 of 5').waitFor();
    assert.equal(await chosen(page), 1);
    await headerSays(page, 'All answers saved');
    assert.deepEqual(Object.keys(await answersOf(app, sitting.sittingId)), ['1']);
    await close();
  });
});

describe('without network', () => {
  it('work goes on, also over a reload, and everything arrives when it is back', async () => {
    const { page, sitting, complaints, close } = await openWindow(app, browser, { url: proxy.url, questions: 6 });
    await start(page);
    await choose(page, 'Right A');
    await headerSays(page, 'All answers saved');
    await shellKept(page);
    proxy.mode = 'unplugged';
    const cutAt = performance.now();
    await next(page);
    await choose(page, 'Right A');
    await page.getByText('This answer: on this device').waitFor();
    const banner = page.getByText('Connection lost. Keep going.');
    await banner.waitFor();
    assert(performance.now() - cutAt < 12_000, 'told in good time');
    await page
      .getByText(/Your 2 answers are stored on this computer and will be sent when the connection returns/)
      .waitFor();
    await headerSays(page, 'Kept on this device');
    await page.reload();
    await page.getByText('Question 2 of 6').waitFor();
    assert.equal(await chosen(page), 1);
    // Shown from its first reckoning on.
    await page.locator('[data-clock] [data-left]').filter({ hasText: /^47:/ }).waitFor();
    for (let number = 3; number <= 6; number++) {
      await next(page);
      await page.getByText(`Question ${number} of 6`).waitFor();
      await choose(page, 'Right A');
    }
    await page.getByText('6 answered').waitFor();
    assert.deepEqual(Object.keys(await answersOf(app, sitting.sittingId)), ['1']);
    await banner.waitFor();
    proxy.mode = 'honest';
    await headerSays(page, 'All answers saved');
    await banner.waitFor({ state: 'detached' });
    assert.deepEqual(Object.keys(await answersOf(app, sitting.sittingId)), ['1', '2', '3', '4', '5', '6']);
    assert.deepEqual(complaints, []);
    await close();
  });

  it('the time ends by the device’s own clock; what was answered before it counts when the network is back', async () => {
    const { page, sitting, close } = await openWindow(app, browser, { url: proxy.url, questions: 5 });
    await start(page);
    await shellKept(page);
    await leaveTime(app, sitting.sittingId, 9_000);
    await page.reload();
    await page.getByText('Question 1 of 5').waitFor();
    proxy.mode = 'unplugged';
    await choose(page, 'Right A');
    await next(page);
    await choose(page, 'Right A');
    await page.getByRole('heading', { name: 'Your time is up' }).waitFor();
    await page.getByText('Nothing is lost: your answers are stored on this computer.').waitFor();
    await page.getByText('Leave this window open and put your hand up.').waitFor();
    assert.equal(await page.locator('[data-question]').isVisible(), false);
    assert.deepEqual(await answersOf(app, sitting.sittingId), {});
    proxy.mode = 'honest';
    await page.getByRole('heading', { name: 'Handed in', exact: true }).waitFor();
    assert.deepEqual(Object.keys(await answersOf(app, sitting.sittingId)), ['1', '2']);
    await close();
  });

  it('a hand-in waits, says so, and can be taken back', async () => {
    const { page, sitting, close } = await openWindow(app, browser, { url: proxy.url, questions: 5 });
    await start(page);
    proxy.mode = 'unplugged';
    await choose(page, 'Right A');
    await page.locator('aside').getByRole('button', { name: 'Review and finish' }).click();
    await page.getByRole('row', { name: 'Question 1 Answered On this device' }).waitFor();
    const handIn = async () => {
      await page.getByRole('button', { name: 'Hand in', exact: true }).click();
      await page.getByRole('button', { name: 'Hand in now' }).click();
      await page.getByRole('heading', { name: 'Not handed in yet' }).waitFor();
    };
    await handIn();
    await page.getByRole('button', { name: 'Go back to my answers' }).click();
    await page.getByRole('heading', { name: 'Review and finish' }).waitFor();
    await handIn();
    assert.equal((await sittingRow(app, sitting.sittingId)).state, 'running');
    proxy.mode = 'honest';
    await page.getByRole('heading', { name: 'Handed in', exact: true }).waitFor();
    assert.deepEqual(Object.keys(await answersOf(app, sitting.sittingId)), ['1']);
    await close();
  });
});

/** All that this origin keeps in the browser, as text as far as it is text, and how the keys may be used. */
function dump(page: Page): Promise<{ text: string; keys: boolean[]; caches: string[]; workers: number }> {
  return page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    let text = JSON.stringify({ ...localStorage });
    const keys: boolean[] = [];
    const walk = (value: unknown): void => {
      if (value instanceof CryptoKey) {
        if (value.type !== 'public') keys.push(value.extractable);
      } else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
        text += new TextDecoder('latin1').decode(value as ArrayBuffer);
      } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
      else text += `${String(value)}\n`;
    };
    for (const { name } of await indexedDB.databases()) {
      const db = await asked(indexedDB.open(name as string));
      for (const store of db.objectStoreNames) walk(await asked(db.transaction(store).objectStore(store).getAll()));
      db.close();
    }
    const kept: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        kept.push(new URL(request.url).pathname);
        text += await (await cache.match(request))?.text();
      }
    }
    return { text, keys, caches: kept, workers: (await navigator.serviceWorker.getRegistrations()).length };
  });
}

describe('traces on a shared computer', () => {
  it('are encrypted by keys that cannot be read out, hold no page of the sitting, and go with the hand-in', async () => {
    const { page, sitting, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    await choose(page, 'Right A');
    await headerSays(page, 'All answers saved');
    await shellKept(page);
    const during = await dump(page);
    for (const canary of [
      'choose what begins',
      'Right A',
      'Candidate 1',
      sitting.candidateNumber,
      '"value"',
      'fieldset class="ao-opts"',
    ]) {
      assert(!during.text.includes(canary), `the disk holds "${canary}" in plain text`);
    }
    assert.deepEqual(during.keys, [false, false], 'a device key and a journal key, neither can be exported');
    assert.deepEqual(
      during.caches.filter((path) => !path.startsWith('/assets/')),
      ['/sit/test'],
    );
    await page.locator('aside').getByRole('button', { name: 'Review and finish' }).click();
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    await page.getByRole('button', { name: 'Hand in now' }).click();
    await page.getByRole('heading', { name: 'Handed in', exact: true }).waitFor();
    const afterwards = await dump(page);
    assert.deepEqual({ ...afterwards, text: '' }, { text: '', keys: [], caches: [], workers: 0 });
    assert.equal(afterwards.text, '{}');
    await close();
  });
});

describe('a test that is ended by the invigilator', () => {
  it('keeps what had not arrived on the device until the server has it, apart from the test', async () => {
    const { page, context, sitting, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    let blocked = true;
    await context.route('**/sit/answers', (route) => (blocked ? route.abort() : route.continue()));
    await choose(page, 'Right A');
    await page.getByText('This answer: on this device').waitFor();
    await endSittings(
      app.services,
      { ...sitting.invigilator, confirmedAt: app.services.clock.now() },
      { which: { sittingId: sitting.sittingId }, reason: 'Left the room' },
    );
    await page.getByRole('heading', { name: 'Your test has ended' }).waitFor();
    await page.getByText(/The invigilator ended your test at \d\d:\d\d: Left the room/).waitFor();
    await page.getByRole('button', { name: 'See your result' }).click();
    await page.waitForURL('**/sit/result');
    assert.equal((await dump(page)).keys.length, 2, 'nothing is thrown away that the server has not got');
    blocked = false;
    await page.goto('/sit/test');
    await page.waitForURL('**/sit/result');
    assert.equal((await heldOf(app, sitting.sittingId)).at(-1), 'closed answer');
    assert.deepEqual((await dump(page)).keys, []);
    await close();
  });
});

describe('a browser that is killed', () => {
  it('has what it called saved, and the rest from its journal', async () => {
    const { page, context, sitting, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    let blocked = true;
    await context.route('**/sit/answers', (route) => (blocked ? route.abort() : route.continue()));
    await choose(page, 'Right A');
    await page.getByText('This answer: on this device').waitFor();
    // The page dies without any of its closing events.
    const session = await context.newCDPSession(page);
    const died = page.waitForEvent('crash');
    void session.send('Page.crash').catch(() => {});
    await died;
    blocked = false;
    const fresh = await context.newPage();
    await fresh.goto('/sit/test');
    await fresh.getByText('Question 1 of 5').waitFor();
    assert.equal(await chosen(fresh), 1);
    await headerSays(fresh, 'All answers saved');
    await eventually(
      async () => (await ledgerOf(app, sitting.sittingId)).some(({ kind }) => kind === 'answer'),
      'the answer arrived',
    );
    await close();
  });
});

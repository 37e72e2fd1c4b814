/** Every screen of the seat: accessibility rules at two widths and in both colours, no sideways scrolling, weight. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { pauseSittings, resumeSittings } from '#online-assessments';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { startSitting } from '#test/sitting.ts';
import { choose, headerSays, next, openWindow, type PlayerWindow, start } from './player-window.ts';

let app: TestApplication;
let browser: Browser;
before(async () => {
  app = await startTestApplication();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await app?.close();
});

/** Leads through every screen of a sitting and calls `look` on each. */
async function everyScreen(
  { page, context, sitting }: PlayerWindow,
  look: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const dialog = (name: string) => page.getByRole('dialog', { name });
  await page.goto('/sit/test');
  await page.getByLabel('I have read the rules').waitFor();
  await look(page, 'rules');
  await page.getByRole('button', { name: 'Start the test' }).click();
  await page.getByText('Read the rules, then tick the box to start').waitFor();
  await look(page, 'rules with an error');
  await start(page);
  await look(page, 'question');
  await choose(page, 'Right A');
  await page.getByRole('button', { name: 'Flag' }).click();
  await headerSays(page, 'All answers saved');
  await look(page, 'question answered and flagged');
  await page.locator('aside').getByRole('button', { name: 'Text and colours' }).click();
  await look(page, 'text and colours');
  for (const colours of ['Dark on cream', 'Yellow on black', 'Light on dark', 'Dark on light']) {
    await dialog('Text and colours').getByLabel(colours).check();
    await dialog('Text and colours').getByRole('button', { name: 'Done' }).click();
    await look(page, `question, ${colours}`);
    await page.locator('aside').getByRole('button', { name: 'Text and colours' }).click();
  }
  await dialog('Text and colours').getByLabel('Largest').check();
  await dialog('Text and colours').getByRole('button', { name: 'Done' }).click();
  await look(page, 'question, largest text');
  await page.locator('aside').getByRole('button', { name: 'Text and colours' }).click();
  await dialog('Text and colours').getByLabel('Standard').check();
  await dialog('Text and colours').getByRole('button', { name: 'Done' }).click();

  await context.setOffline(true);
  await page.getByText('Connection lost. Keep going.').waitFor();
  await look(page, 'offline');
  await context.setOffline(false);
  await page.getByText('Connection lost. Keep going.').waitFor({ state: 'detached' });

  const which = { sittingId: sitting.sittingId };
  await sitting.asInvigilator((writer) => pauseSittings(writer, { which, reason: 'Fire alarm' }));
  await page.getByRole('heading', { name: 'Your test is paused' }).waitFor();
  await look(page, 'paused');
  await sitting.asInvigilator((writer) => resumeSittings(writer, { which, reason: 'All clear' }));
  await page.getByText('Question 1 of 5').waitFor();

  await page.locator('aside').getByRole('button', { name: 'Review and finish' }).click();
  await look(page, 'review');
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  await look(page, 'hand-in');
  await page.getByRole('button', { name: 'Hand in now' }).click();
  await page.getByRole('heading', { name: 'Handed in', exact: true }).waitFor();
  await look(page, 'handed in');
}

describe('the screens of the seat', () => {
  for (const [width, dark] of [
    [1280, false],
    [390, true],
  ] as const) {
    it(`break no accessibility rule at ${width} px, ${dark ? 'dark' : 'light'}`, async () => {
      const window = await openWindow(app, browser, { questions: 5, width, dark });
      const failures: string[] = [];
      await everyScreen(window, async (page, name) => {
        await checkPage(page).catch((error: Error) => failures.push(`${name}: ${error.message}`));
      });
      assert.equal(failures.join('\n'), '');
      assert.deepEqual(window.complaints, []);
      await window.close();
    });
  }

  it('break none before the start', async () => {
    for (const width of [1280, 390]) {
      const sitting = await startSitting(app, { upTo: 'arrived' });
      const context = await browser.newContext({ baseURL: app.url, viewport: { width, height: 900 } });
      const page = await context.newPage();
      await page.goto('/sit');
      await checkPage(page);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('alert').waitFor();
      await checkPage(page);
      const cookies = [...sitting.browser.cookies].map(([name, value]) => ({ name, value, url: app.url }));
      await context.addCookies(cookies);
      await page.goto('/sit/waiting');
      await checkPage(page);
      await context.close();
    }
  });

  it('do not scroll sideways at 320 px, also with the largest text', async () => {
    const window = await openWindow(app, browser, { questions: 5, width: 320 });
    const wide: string[] = [];
    await everyScreen(window, async (page, name) => {
      const by = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (by > 0) wide.push(`${name} by ${by} px`);
    });
    assert.deepEqual(wide, []);
    await window.close();
  });

  it('remember text and colours for this sitting only', async () => {
    const { page, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    await page.locator('aside').getByRole('button', { name: 'Text and colours' }).click();
    await page.getByLabel('Dark on cream').check();
    await page.getByLabel('Large', { exact: true }).check();
    const look = () => page.evaluate(() => ({ ...document.documentElement.dataset }));
    const chosen = { text: 'large', theme: 'light', tint: 'cream' };
    assert.deepEqual(await look(), chosen);
    await page.reload();
    await page.getByText('Question 1 of 5').waitFor();
    assert.deepEqual(await look(), chosen);
    await next(page);
    await page.locator('aside').getByRole('button', { name: 'Review and finish' }).click();
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    await page.getByRole('button', { name: 'Hand in now' }).click();
    await page.getByRole('heading', { name: 'Handed in', exact: true }).waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.getItem('seat-look')), null);
    await close();
  });

  it('weigh at most 100 kB in all and 30 kB of script, first question included', async () => {
    const { page, context, close } = await openWindow(app, browser, { questions: 30 });
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const kinds = new Map<string, string>();
    const weight = { all: 0, script: 0 };
    session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      weight.all += encodedDataLength;
      if (kinds.get(requestId) === 'Script') weight.script += encodedDataLength;
    });
    await start(page);
    assert(weight.script > 5_000, 'the measure sees the scripts');
    assert(weight.script <= 30_000, `${weight.script} bytes of script`);
    assert(weight.all <= 100_000, `${weight.all} bytes in all`);
    await close();
  });
});

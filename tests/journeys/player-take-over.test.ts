/** Delivery rule 10: another machine takes the sitting over with all that was saved; the old one freezes and offers the rest. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { releaseSeat } from '#online-assessments';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { launchBrowser } from '#test/browser.ts';
import { choose, eventually, headerSays, heldOf, ledgerOf, next, openWindow, start } from './player-window.ts';

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

describe('another machine', () => {
  it('goes on with everything that was saved, while the old one freezes and its unsent answer is kept apart', async () => {
    const { page, context, sitting, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    await choose(page, 'Right A');
    await headerSays(page, 'All answers saved');
    let blocked = true;
    await context.route('**/sit/{answers,pulse}', (route) => (blocked ? route.abort() : route.continue()));
    await next(page);
    await choose(page, 'Right A');
    await page.getByText('This answer: on this device').waitFor();

    const { sittingId } = sitting;
    await sitting.asInvigilator((writer) => releaseSeat(writer, { sittingId, reason: 'The screen broke' }));
    const other = await browser.newContext({ baseURL: app.url });
    const fresh = await other.newPage();
    await fresh.goto('/sit');
    await fresh.getByLabel('Candidate number').fill(sitting.candidateNumber);
    await fresh.getByLabel('Session code').fill(sitting.code);
    const from = performance.now();
    await fresh.getByRole('button', { name: 'Continue' }).click();
    await fresh.getByText('Question 1 of 5').waitFor();
    assert(performance.now() - from < 15_000, 'R5: within 15 seconds');
    assert.equal(await fresh.locator('[data-question] input:checked').count(), 1);
    await headerSays(fresh, 'All answers saved');
    await next(fresh);
    assert.equal(await fresh.locator('[data-question] input:checked').count(), 0, 'what was not sent is not there');

    blocked = false;
    await page.getByRole('heading', { name: 'Your test goes on at another computer' }).waitFor();
    assert.equal(await page.locator('[data-question]').isVisible(), false);
    await eventually(async () => (await heldOf(app, sittingId)).length >= 2, 'the unsent events are with the staff');
    assert.deepEqual(await heldOf(app, sittingId), ['lease_lost visit', 'lease_lost answer']);

    await choose(fresh, 'Wrong C');
    await fresh.getByText('This answer: saved').waitFor();
    await fresh.locator('aside').getByRole('button', { name: 'Review and finish' }).click();
    await fresh.getByRole('button', { name: 'Hand in', exact: true }).click();
    await fresh.getByRole('button', { name: 'Hand in now' }).click();
    await fresh.getByRole('heading', { name: 'Handed in', exact: true }).waitFor();
    const rows = await ledgerOf(app, sittingId);
    assert.deepEqual([...new Set(rows.map(({ epoch }) => epoch))], [1, 2]);
    await page.reload();
    await page.getByRole('heading', { name: /goes on at another computer|Take a test/ }).waitFor();
    await other.close();
    await close();
  });
});

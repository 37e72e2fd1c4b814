/** The live board in a browser: it follows the room by itself and leaves the invigilator's hands alone. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { launchBrowser } from '#test/browser.ts';
import { startSitting, type TestSitting } from '#test/sitting.ts';

let app: TestApplication;
let browser: Browser;
let page: Page;
let sitting: TestSitting;
const broken: string[] = [];

before(async () => {
  app = await startTestApplication();
  browser = await launchBrowser();
  sitting = await startSitting(app, { seats: 3 });
  const invigilator = await app.logIn('invigilator');
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addCookies([...invigilator.cookies].map(([name, value]) => ({ name, value, url: app.url })));
  page = await context.newPage();
  page.on('pageerror', (error) => broken.push(String(error)));
  await page.goto(`${app.url}/online-assessments/sessions/${sitting.sessionId}/board`);
});
after(async () => {
  await browser?.close();
  await app?.close();
});

const keepOnline = () => Promise.all(sitting.seats.map(({ client }) => client.pulse()));

it('follows answers by itself, and keeps focus, the marked text and an open dialog', async () => {
  await page.getByText('every 5 seconds').waitFor();
  const first = sitting.seats[0]?.client;
  const button = page.locator('#seat-2').getByRole('button', { name: 'Pause Test Candidate 2' });
  await button.focus();
  await page.evaluate(() => {
    (window as unknown as { kept: Element | null }).kept = document.activeElement;
    const name = document.querySelector('#seat-3 h2 a')?.firstChild as Node;
    document.getSelection()?.selectAllChildren(name.parentNode as Node);
  });
  await keepOnline();
  await first?.answer(1, first.rightLetters(1));
  await page.locator('#seat-1').getByText('1/10').waitFor({ timeout: 15_000 });
  assert.equal(await page.locator('#seat-1 progress').evaluate((bar: HTMLProgressElement) => bar.value), 1);
  const stays = await page.evaluate(() => {
    const kept = (window as unknown as { kept: Element }).kept;
    return { focus: kept === document.activeElement && kept.isConnected, marked: String(document.getSelection()) };
  });
  assert.deepEqual(stays, { focus: true, marked: 'Test Candidate 3' });

  await page.locator('[data-dialog="systems"]').click();
  await page.locator('dialog#systems[open]').waitFor();
  await keepOnline();
  await first?.answer(2, first.rightLetters(2));
  await page.locator('#seat-1').getByText('2/10').waitFor({ timeout: 15_000 });
  assert.ok(await page.locator('dialog#systems').evaluate((dialog: HTMLDialogElement) => dialog.open));
  await page.locator('dialog#systems [data-close]').click();
});

it('pauses with one press, shows it, and tells of somebody who leaves the window', async () => {
  await keepOnline();
  await page.getByRole('button', { name: 'Pause Test Candidate 2' }).click();
  await page.locator('#seat-2').getByText('Paused by you').waitFor();
  await sitting.seats[2]?.client.pulse(true);
  const alert = page.locator('.ao-alerts').getByText('Test Candidate 3, left the test window once.');
  await alert.waitFor({ timeout: 15_000 });
  await page.getByRole('button', { name: 'Seen: seat 3, Test Candidate 3' }).click();
  await page.locator('#seat-3').waitFor();
  assert.equal(await alert.count(), 0);
});

it('says when it has no connection, and goes on by itself', async () => {
  await page.getByText('every 5 seconds').waitFor();
  await page.context().setOffline(true);
  await page.getByText(/No connection\. This is how it was at \d\d:\d\d:\d\d/).waitFor({ timeout: 15_000 });
  await page.context().setOffline(false);
  await page.getByText('every 5 seconds').waitFor({ timeout: 15_000 });
  assert.deepEqual(broken, []);
});

it('says when the invigilator has been logged out', async () => {
  await page.context().clearCookies();
  await page.getByText('You are logged out').waitFor({ timeout: 15_000 });
});

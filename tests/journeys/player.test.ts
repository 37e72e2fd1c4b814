/** The candidate's way through a test in a real browser: answers, flags, map, pause, time, two tabs, hand-in. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { addTime, confirmIdentity, pauseSittings, resumeSittings } from '#online-assessments';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { launchBrowser } from '#test/browser.ts';
import { startSitting } from '#test/sitting.ts';
import {
  answersOf,
  choose,
  eventually,
  headerSays,
  incidentsOf,
  leaveTime,
  ledgerOf,
  listen,
  next,
  openWindow,
  savedWords,
  sittingRow,
  start,
} from './player-window.ts';

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

describe('the seat', () => {
  it('leads from the number and code over the invigilator and the rules to the first question', async () => {
    const sitting = await startSitting(app, { upTo: 'booked', questions: 5, extraTimePercent: 25 });
    const context = await browser.newContext({ baseURL: app.url });
    const page = await context.newPage();
    const complaints = listen(page);
    await page.goto('/sit');
    for (const input of await page.locator('input[type=text], input:not([type])').all()) {
      assert.equal(await input.getAttribute('autocomplete'), 'off');
    }
    await page.getByLabel('Candidate number').fill(sitting.candidateNumber);
    await page.getByLabel('Session code').fill('AAA-222');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Session code').fill(sitting.code.toLowerCase());
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Wait for your invigilator' }).waitFor();
    await page.getByText('60 minutes = 48 + 25 %').waitFor();
    // The candidate cannot go past the invigilator.
    await page.goto('/sit/test');
    await page.waitForURL('**/sit/waiting');
    await sitting.asInvigilator((writer) =>
      confirmIdentity(writer, { sittingId: sitting.sittingId, document: 'passport' }),
    );
    await page.getByRole('link', { name: 'Read the rules' }).click();
    await page.getByText('60 minutes = 48 + 25 %').waitFor();
    await page.getByRole('button', { name: 'Start the test' }).click();
    await page.getByText('Read the rules, then tick the box to start').waitFor();
    assert.equal((await sittingRow(app, sitting.sittingId)).state, 'checked_in');
    await page.getByLabel('I have read the rules').check();
    await page.getByRole('button', { name: 'Start the test' }).click();
    await page.getByText('Question 1 of 5').waitFor();
    assert.equal((await sittingRow(app, sitting.sittingId)).state, 'running');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('is right without script: it waits by itself, and says why the test cannot begin', async () => {
    const sitting = await startSitting(app, { upTo: 'booked' });
    const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto('/sit');
    await page.getByLabel('Candidate number').fill(sitting.candidateNumber);
    await page.getByLabel('Session code').fill(sitting.code);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Wait for your invigilator' }).waitFor();
    assert.equal(await page.locator('meta[http-equiv=refresh]').getAttribute('content'), '10');
    await sitting.asInvigilator((writer) =>
      confirmIdentity(writer, { sittingId: sitting.sittingId, document: 'passport' }),
    );
    await page.reload();
    await page.getByRole('link', { name: 'Read the rules' }).click();
    await page.locator('noscript h1').waitFor();
    assert.equal(await page.locator('noscript h1').innerText(), 'This test needs JavaScript');
    await context.close();
  });
});

describe('the player', () => {
  it('saves answers, changed answers, several answers and flags, shows them on the map, and hands in', async () => {
    const { page, sitting, complaints, close } = await openWindow(app, browser, { questions: 6 });
    await start(page);
    await headerSays(page, 'No answers yet');
    const map = page.locator('[data-map]');
    const expected: Record<number, string> = {};
    for (let number = 1; number <= 6; number++) {
      await page.getByText(`Question ${number} of 6`).waitFor();
      const many = (await page.locator('[data-question] input[type=checkbox]').count()) > 0;
      if (number !== 4) {
        // An answer that is changed: another option, or one taken away again where several may be chosen.
        if (number === 2) await choose(page, ...(many ? ['Wrong C', 'Wrong C'] : ['Wrong C']));
        await choose(page, ...(many ? ['Right A', 'Right B'] : ['Right A']));
        expected[number] = (
          await page
            .locator('[data-question] input:checked')
            .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))
        ).join(',');
        await page.getByText('This answer: saved').waitFor();
      } else await page.getByRole('button', { name: 'Flag' }).click();
      if (number < 6) await next(page);
    }
    await headerSays(page, 'All answers saved');
    assert.equal(await map.getByRole('link', { name: /^4 ?, not answered, flagged$/ }).count(), 1);
    assert.equal(await map.getByRole('link', { name: /^6 ?, answered, current question$/ }).count(), 1);
    await page.getByText('5 answered, 1 flagged').waitFor();
    assert.deepEqual(await answersOf(app, sitting.sittingId), expected);

    // Back, by the map, and the flag taken away.
    await map.getByRole('link', { name: /^4\b/ }).click();
    await page.getByText('Question 4 of 6').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Flag' }).getAttribute('aria-pressed'), 'true');
    assert.match(await page.evaluate(() => document.activeElement?.tagName ?? ''), /H1/);
    await page.getByRole('button', { name: 'Flag' }).click();
    await page.getByText('5 answered', { exact: true }).waitFor();
    await page.locator('aside').getByRole('button', { name: 'Review and finish' }).click();
    await page.getByRole('heading', { name: 'Review and finish' }).waitFor();
    await page.locator('[data-review-counts]', { hasText: '1 question is not answered.' }).waitFor();
    assert.equal(await page.getByRole('row', { name: /^Question 4 Not answered/ }).count(), 1);
    assert.equal(await page.getByRole('row', { name: 'Question 1 Answered Saved' }).count(), 1);
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    await page.getByRole('button', { name: 'Go back to my answers' }).click();
    assert.equal((await sittingRow(app, sitting.sittingId)).state, 'running');
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    await page.getByRole('button', { name: 'Hand in now' }).click();
    await page.getByRole('heading', { name: 'Handed in', exact: true }).waitFor();
    await headerSays(page, 'Handed in');
    assert.match((await page.locator('.ao-words').textContent()) ?? '', /^\w+( \w+){3}$/);
    assert.match((await sittingRow(app, sitting.sittingId)).state, /handed_in|marked|released/);
    const flags = (await ledgerOf(app, sitting.sittingId)).filter(({ kind }) => kind === 'flag');
    assert.deepEqual(
      flags.map(({ item, value }) => [item, value]),
      [
        [4, '1'],
        [4, '0'],
      ],
    );
    await page.getByRole('button', { name: 'See your result' }).click();
    await page.waitForURL('**/sit/result');
    await page.getByRole('img', { name: /^5 out of 6/ }).waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });

  it('hides the paper while it is paused, says who did it and why, and gives the time back', async () => {
    const { page, sitting, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    await choose(page, 'Right A');
    await headerSays(page, 'All answers saved');
    await sitting.asInvigilator((writer) =>
      pauseSittings(writer, { which: { sittingId: sitting.sittingId }, reason: 'Fire alarm' }),
    );
    await page.getByRole('heading', { name: 'Your test is paused' }).waitFor();
    await page.getByText(/The invigilator paused your test at \d\d:\d\d: Fire alarm/).waitFor();
    assert.equal(await page.locator('[data-question]').isVisible(), false);
    const time = await page.locator('[data-left]').textContent();
    await page.waitForTimeout(2_100);
    assert.equal(await page.locator('[data-left]').textContent(), time);
    await sitting.asInvigilator((writer) =>
      resumeSittings(writer, { which: { sittingId: sitting.sittingId }, reason: 'All clear' }),
    );
    await page.getByText('Question 1 of 5').waitFor();
    assert.equal(await page.locator('[data-question] input:checked').count(), 1);
    await choose(page, 'Wrong C');
    await page.getByText('This answer: saved').waitFor();
    await headerSays(page, 'All answers saved');
    await close();
  });

  it('notices that the candidate left the window, and that the browser filled a field in at the log-in', async () => {
    const { page, sitting, close } = await openWindow(app, browser, { questions: 5 });
    await page.goto('/sit/test');
    await page.evaluate(() => sessionStorage.setItem('seat-autofilled', '1'));
    await start(page);
    await page.evaluate(() => dispatchEvent(new Event('blur')));
    await eventually(async () => (await sittingRow(app, sitting.sittingId)).left_window_count === 1, 'the board knows');
    await eventually(async () => (await incidentsOf(app, sitting.sittingId)).includes('autofill'), 'an incident');
    await close();
  });

  it('stops at the end of the time, sends, hands in by itself, and takes nothing more', async () => {
    const { page, sitting, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    await leaveTime(app, sitting.sittingId, 4_000);
    await page.reload();
    await choose(page, 'Right A');
    await page.getByRole('heading', { name: /^(Your time is up|Handed in)$/ }).waitFor();
    await page.getByRole('heading', { name: 'Handed in', exact: true }).waitFor();
    assert.deepEqual(Object.keys(await answersOf(app, sitting.sittingId)), ['1']);
    await page.reload();
    await page.waitForURL('**/sit/result');
    await close();
  });

  it('takes added time at once', async () => {
    const { page, sitting, close } = await openWindow(app, browser, { questions: 5, baseSeconds: 600 });
    await start(page);
    assert.match((await page.locator('[data-left]').textContent()) ?? '', /^0?(9|10):/);
    await sitting.asInvigilator((writer) =>
      addTime(writer, { which: { sittingId: sitting.sittingId }, minutes: 5, reason: 'Noise' }),
    );
    await page.waitForFunction(() => /^1[45]:/.test(document.querySelector('[data-left]')?.textContent ?? ''));
    await close();
  });

  it('writes in one tab only; another one says so, and goes on when the first is closed', async () => {
    const { page, context, sitting, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    await choose(page, 'Right A');
    await headerSays(page, 'All answers saved');
    const second = await context.newPage();
    await second.goto('/sit/test');
    await second.getByRole('heading', { name: 'Your test is open in another tab' }).waitFor();
    assert.equal(await second.locator('[data-question] input').count(), 0);
    await page.close();
    await second.getByText('Question 1 of 5').waitFor();
    assert.equal(await second.locator('[data-question] input:checked').count(), 1);
    await next(second);
    await choose(second, 'Right A');
    await second.getByText('This answer: saved').waitFor();
    assert.deepEqual(Object.keys(await answersOf(app, sitting.sittingId)), ['1', '2']);
    await close();
  });

  it('does not go on saying saved while an answer is on its way to the disk', async () => {
    const { page, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    await choose(page, 'Right A');
    await headerSays(page, 'All answers saved');
    // In the same turn as the click: no write can have ended.
    const said = await page.evaluate(() => {
      const labels = [...document.querySelectorAll<HTMLElement>('[data-question] label')];
      labels.find((label) => label.textContent?.includes('Wrong C'))?.click();
      return ['[data-saved-words]', '[data-kept]'].map((place) => document.querySelector(place)?.textContent ?? '');
    });
    assert.deepEqual(said, ['On this device', '']);
    await headerSays(page, 'All answers saved');
    await close();
  });

  it('says at once when the disk refuses, and still saves with the server', async () => {
    const { page, sitting, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    await page.evaluate(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...args) {
        if (this.name === 'events') throw new DOMException('The disk is full', 'QuotaExceededError');
        return put.apply(this, args);
      };
    });
    await choose(page, 'Right A');
    await page.getByText('Put your hand up now.').waitFor();
    await headerSays(page, 'All answers saved');
    assert.deepEqual(Object.keys(await answersOf(app, sitting.sittingId)), ['1']);
    await close();
  });

  it('keeps questions off the clipboard and off paper', async () => {
    const { page, close } = await openWindow(app, browser, { questions: 5 });
    await start(page);
    const refused = await page.evaluate(() =>
      ['contextmenu', 'copy', 'cut', 'dragstart'].map(
        (kind) =>
          !document
            .querySelector('[data-question] h1')
            ?.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true })),
      ),
    );
    assert.deepEqual(refused, [true, true, true, true]);
    assert.equal(await page.locator('.ao-q').evaluate((element) => getComputedStyle(element).userSelect), 'none');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('[data-question]').isVisible(), false);
    await close();
  });
});

describe('the player by keyboard alone', () => {
  it('goes from the rules to the hand-in', async () => {
    const { page, sitting, close } = await openWindow(app, browser, { questions: 5 });
    await page.goto('/sit/test');
    await page.getByRole('heading', { name: 'Before you start' }).waitFor();
    /** Tab until the focus is on something with this name. */
    const tabTo = async (name: RegExp) => {
      for (let steps = 0; steps < 60; steps++) {
        await page.keyboard.press('Tab');
        const here = await page.evaluate(() => {
          const element = document.activeElement as HTMLInputElement | null;
          return element?.matches('a, button, input')
            ? `${element.textContent} ${element.labels?.[0]?.textContent ?? ''}`
            : '';
        });
        if (name.test(here)) return;
      }
      assert.fail(`no way by Tab to ${name}`);
    };
    await tabTo(/I have read the rules/);
    await page.keyboard.press('Space');
    await tabTo(/Start the test/);
    await page.keyboard.press('Enter');
    for (let number = 1; number <= 5; number++) {
      await page.waitForFunction(
        (n) => document.activeElement?.closest('[data-question]')?.textContent?.includes(`Question ${n} of 5`),
        number,
      );
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1');
      const many = (await page.locator('[data-question] input[type=checkbox]').count()) > 0;
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      if (!many) await page.keyboard.press('ArrowDown');
      await page.getByText('This answer: saved').waitFor();
      // By the button, and by Enter on the option.
      if (number === 2) await tabTo(/^\s*Next/);
      await page.keyboard.press('Enter');
    }
    await page.waitForFunction(
      () => document.activeElement?.textContent === 'Review and finish' && document.activeElement.tagName === 'H1',
    );
    await tabTo(/^Hand in$|^Hand in /);
    await page.keyboard.press('Enter');
    await tabTo(/Hand in now/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Handed in', exact: true }).waitFor();
    const answers = await answersOf(app, sitting.sittingId);
    assert.equal(Object.keys(answers).length, 5);
    await tabTo(/See your result/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sit/result');
    assert.equal(await savedWords(page).count(), 0);
    await close();
  });
});

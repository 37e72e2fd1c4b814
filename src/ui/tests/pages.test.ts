import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page, Response } from 'playwright-core';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { type SampleSite, serveSamples } from './serve-samples.ts';

/** Set to a folder, the run leaves a picture of every sample page there, to be looked at. */
const PICTURES = process.env.PICTURES;

let site: SampleSite;
let browser: Browser;
before(async () => {
  site = await serveSamples();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** Opens a window, runs `work` on it and fails on any message of the browser's console, such as a refused script. */
async function inWindow(
  options: Parameters<Browser['newContext']>[0],
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await work(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** How far the page can be moved sideways, in CSS pixels. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('sample pages', () => {
  for (const width of [1280, 390]) {
    for (const theme of ['light', 'dark'] as const) {
      it(`break no accessibility rule at ${width} px, ${theme}`, async () => {
        await inWindow({ viewport: { width, height: 800 }, colorScheme: theme }, async (page) => {
          const failures: string[] = [];
          for (const name of site.names) {
            await page.goto(`${site.url}/${name}`);
            if (PICTURES)
              await page.screenshot({ path: join(PICTURES, `${name}-${width}-${theme}.png`), fullPage: true });
            await checkPage(page).catch((error: Error) => failures.push(error.message));
          }
          assert.equal(failures.join('\n'), '');
        });
      });
    }
  }

  it('do not scroll sideways at 320 px, which is 1280 px at 400 %', async () => {
    await inWindow({ viewport: { width: 320, height: 640 } }, async (page) => {
      const wide: string[] = [];
      for (const name of site.names) {
        await page.goto(`${site.url}/${name}`);
        const by = await overflow(page);
        if (by > 0) wide.push(`${name} by ${by} px`);
      }
      assert.deepEqual(wide, []);
    });
  });

  it('stay under 100 kB in all, and 30 kB of script', async () => {
    for (const name of site.names) {
      // A window of its own for each page, so that nothing comes from the browser's memory.
      await inWindow({}, async (page) => {
        const sizes = { all: 0, script: 0 };
        const seen: Promise<void>[] = [];
        const count = (response: Response) => {
          seen.push(
            response
              .request()
              .sizes()
              .then(({ responseBodySize }) => {
                sizes.all += responseBodySize;
                if (response.url().endsWith('.js')) sizes.script += responseBodySize;
              }),
          );
        };
        page.on('response', count);
        await page.goto(`${site.url}/${name}`, { waitUntil: 'load' });
        await page.evaluate(async () => void (await document.fonts.ready));
        await Promise.all(seen);
        assert.ok(sizes.all > 30_000, `${name}: measured only ${sizes.all} bytes`);
        assert.ok(sizes.all < 100_000, `${name}: ${sizes.all} bytes`);
        assert.ok(sizes.script < 30_000, `${name}: ${sizes.script} bytes of script`);
      });
    }
  });
});

describe('the check itself', () => {
  it('is red on a page with an unnamed field and text that cannot be read', async () => {
    await inWindow({}, async (page) => {
      await page.goto(`${site.url}/form`);
      await page.evaluate(() => {
        const field = document.createElement('input');
        document.querySelector('main')?.append(field);
      });
      await assert.rejects(checkPage(page), /label/);
    });
  });
});

describe('behaviour of pages', () => {
  it('opens System Access in place, takes the focus, closes by Escape and gives the focus back', async () => {
    await inWindow({}, async (page) => {
      await page.goto(`${site.url}/home`);
      const opener = page.getByRole('link', { name: 'Systems', exact: true });
      await opener.click();
      const dialog = page.getByRole('dialog', { name: 'System Access' });
      await dialog.waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Web Portal');
      await checkPage(page);
      await page.keyboard.press('Escape');
      assert.equal(await dialog.isVisible(), false);
      assert.equal(await opener.evaluate((element) => element === document.activeElement), true);
    });
  });

  it('leaves System Access a plain link without script', async () => {
    await inWindow({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.url}/home`);
      assert.equal(
        await page.getByRole('link', { name: 'Systems', exact: true }).getAttribute('href'),
        '/system-access',
      );
      assert.equal(await page.locator('dialog').isVisible(), false);
    });
  });

  it('switches the colours in place, and the next page comes in them from the server', async () => {
    await inWindow({ colorScheme: 'light' }, async (page) => {
      await page.goto(`${site.url}/home`);
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await ground();
      await page.getByRole('button', { name: 'Switch to dark colours' }).click();
      const dark = await ground();
      assert.notEqual(dark, light);
      const answer = await page.goto(`${site.url}/list`);
      assert.match((await answer?.text()) ?? '', /<html lang="en-GB" data-theme="dark">/);
      assert.equal(await ground(), dark);
      await page.getByRole('button', { name: 'Switch to light colours' }).waitFor();
    });
  });

  it('counts selected rows and shows the actions only then', async () => {
    await inWindow({}, async (page) => {
      await page.goto(`${site.url}/list`);
      const claim = page.getByRole('button', { name: 'Claim certificates' });
      assert.equal(await claim.isVisible(), false);
      await page.getByRole('checkbox', { name: 'Select Iqbal, Sana' }).check();
      await page.getByText('1 candidate selected').waitFor();
      await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
      await page.getByText('5 candidates selected').waitFor();
      assert.equal(await claim.isVisible(), true);
    });
  });

  it('moves to the error summary, names the error in the title, and leads to the field', async () => {
    await inWindow({}, async (page) => {
      await page.goto(`${site.url}/form-error`);
      assert.match(await page.title(), /^Error: Register a candidate/);
      assert.equal(await page.evaluate(() => document.activeElement?.className), 'govuk-error-summary');
      await page.getByRole('link', { name: /^The month of the date of birth/ }).click();
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'dob-month');
    });
  });

  it('gives the parts of a date the width of their digits', async () => {
    await inWindow({}, async (page) => {
      await page.goto(`${site.url}/form`);
      const width = async (label: string) => (await page.getByLabel(label, { exact: true }).boundingBox())?.width ?? 0;
      assert.ok((await width('Day')) > 45, 'two digits fit');
      assert.ok((await width('Year')) > (await width('Day')), 'four digits need more than two');
    });
  });

  it('shows the password on demand', async () => {
    await inWindow({}, async (page) => {
      await page.goto(`${site.url}/login`);
      const field = page.getByLabel('Password', { exact: true });
      await field.fill('Motor-Trade');
      await page.getByRole('button', { name: 'Show password' }).click();
      assert.equal(await field.getAttribute('type'), 'text');
    });
  });

  it('sends a form once when the button is pressed twice', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    let posts = 0;
    await page.route('**/web-portal/register', async (route) => {
      posts++;
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.fulfill({ body: 'done', contentType: 'text/plain' });
    });
    await page.goto(`${site.url}/form`);
    const button = page.getByRole('button', { name: 'Register Zoë now' });
    await button.dblclick({ noWaitAfter: true });
    await page.waitForURL('**/web-portal/register');
    assert.equal(posts, 1);
    await context.close();
  });

  it('shows the focus in forced colours', async () => {
    await inWindow({ forcedColors: 'active' }, async (page) => {
      await page.goto(`${site.url}/list`);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outline);
      assert.match(outline, /solid 3px/);
    });
  });
});

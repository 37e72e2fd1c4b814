/** Takes pictures of the sample pages: `node src/ui/tests/shoot.ts FOLDER [name ...]`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '#test/browser.ts';
import { serveSamples } from './serve-samples.ts';

const [folder, ...names] = process.argv.slice(2);
if (!folder) throw new Error('Say which folder the pictures go to.');
mkdirSync(folder, { recursive: true });
const site = await serveSamples();
const browser = await launchBrowser();
try {
  for (const width of [1280, 390]) {
    for (const theme of ['light', 'dark'] as const) {
      const page = await browser.newPage({
        viewport: { width, height: width === 390 ? 844 : 800 },
        colorScheme: theme,
      });
      for (const name of names.length > 0 ? names : site.names) {
        await page.goto(`${site.url}/${name}`);
        await page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`), fullPage: true });
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
  await site.close();
}

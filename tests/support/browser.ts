/** A browser for tests: found or unpacked once, and a check of a page against the accessibility rules. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright-core';

interface Found {
  path: string;
  env: Record<string, string>;
}

/** Only these: the arguments that the package suggests are made for another environment and crash here. */
const ARGUMENTS = ['--no-sandbox', '--headless=shell', '--font-render-hinting=none'];
const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Starts Chromium: `CHROMIUM_PATH` if set, else the one that comes with the packages, else the system's.
 * Rejects with one sentence that says what to do when there is none. Close it after use.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const { path, env } = await findBrowser();
  return chromium.launch({
    ...options,
    executablePath: path,
    args: [...ARGUMENTS, ...(options.args ?? [])],
    env: { ...(process.env as Record<string, string>), ...env },
  });
}

let found: Promise<Found> | undefined;

function findBrowser(): Promise<Found> {
  found ??= search();
  return found;
}

async function search(): Promise<Found> {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return { path: given, env: {} };
    throw new Error(`CHROMIUM_PATH names ${given}, which does not exist. Correct it, or unset it.`);
  }
  const reasons: string[] = [];
  if (process.platform === 'linux' && process.arch === 'x64') {
    const packaged = await unpackedBrowser();
    const complaint = startsUp(packaged);
    if (!complaint) return packaged;
    reasons.push(`the packaged one says "${complaint}"`);
  }
  for (const path of SYSTEM_BROWSERS) if (existsSync(path)) return { path, env: {} };
  reasons.push('the system has none');
  throw new Error(
    `No Chromium to test with (${reasons.join('; ')}). Install Chromium or Chrome, or set CHROMIUM_PATH to one.`,
  );
}

/** What the browser complains about when it is only asked for its version; undefined when it starts. */
function startsUp({ path, env }: Found): string | undefined {
  const run = spawnSync(path, ['--no-sandbox', '--headless=shell', '--version'], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 30_000,
  });
  if (run.status === 0) return undefined;
  return (run.error?.message ?? run.stderr ?? `exit code ${run.status}`).trim().split('\n')[0];
}

/**
 * The browser of `@sparticuz/chromium`, unpacked into a folder that belongs to this user and this version alone and is
 * renamed into place when complete, so that test files which run at once share it and never meet half of it.
 */
async function unpackedBrowser(): Promise<Found> {
  const packageDir = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  const user = process.getuid?.() ?? 0;
  const dir = join(tmpdir(), `imi-connect-chromium-${version}-${user}`);
  if (!existsSync(dir)) {
    const unfinished = `${dir}.${process.pid}`;
    mkdirSync(unfinished, { mode: 0o700, recursive: true });
    await inflateInto(unfinished, packageDir);
    try {
      renameSync(unfinished, dir);
    } catch {
      // Another test file was quicker; its copy is as good.
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  if (statSync(dir).uid !== user) throw new Error(`${dir} belongs to another user. Remove it, or set CHROMIUM_PATH.`);

  const env: Record<string, string> = {};
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(dir, 'fonts');
  const plain = { path: join(dir, 'chromium'), env };
  if (!startsUp(plain)?.includes('shared libraries')) return plain;
  const libraries = [join(dir, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return { path: plain.path, env: { ...env, LD_LIBRARY_PATH: libraries } };
}

async function inflateInto(dir: string, packageDir: string): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium');
  const before = process.env.TMPDIR;
  // The package unpacks into the temporary folder and offers no other way to say where.
  process.env.TMPDIR = dir;
  try {
    for (const name of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) {
      await inflate(join(packageDir, 'bin', name));
    }
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** WCAG 2.0 to 2.2, levels A and AA, and the rules of good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Checks the page as it stands with axe; throws with one line for each broken rule and the elements that break it. */
export async function checkPage(page: Page): Promise<void> {
  const release = await unstick(page);
  // In the page itself, once for as long as it is open, and only what is broken worked out. No page has frames.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(async (tags): Promise<AxeResults> => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    // Colours on their way from one to another are not judged, but those that stay.
    for (const animation of document.getAnimations()) animation.finish();
    return axe.run(document, { runOnly: tags, resultTypes: ['violations'], iframes: false });
  }, RULES);
  await release();
  if (violations.length === 0) return;
  const lines = violations.map((violation) => {
    const where = violation.nodes.slice(0, 4).map((node) => {
      const why = [...node.any, ...node.all, ...node.none][0]?.message ?? '';
      return `    ${node.target.join(' ')}: ${why}\n      ${node.html.slice(0, 160)}`;
    });
    const more = violation.nodes.length - where.length;
    return `  ${violation.id} (${violation.impact ?? 'unrated'}): ${violation.help}\n${where.join('\n')}${more > 0 ? `\n    and ${more} more` : ''}`;
  });
  throw new Error(`${page.url()} breaks ${violations.length} accessibility rules:\n${lines.join('\n')}`);
}

/**
 * Takes bars that stick to the foot of the window out of the way, since the rule on target sizes counts what happens to
 * lie beneath them at this scroll position as covered for good. The page is as before when the result is called.
 */
async function unstick(page: Page): Promise<() => Promise<void>> {
  const bars = await page.evaluateHandle(() => {
    const stuck = Array.from(document.querySelectorAll<HTMLElement>('body *')).filter((element) => {
      const { position, bottom } = getComputedStyle(element);
      return position === 'sticky' && bottom === '0px';
    });
    for (const bar of stuck) bar.style.position = 'static';
    return stuck;
  });
  return async () => {
    await bars.evaluate((stuck) => {
      for (const bar of stuck) bar.style.position = '';
    });
    await bars.dispose();
  };
}

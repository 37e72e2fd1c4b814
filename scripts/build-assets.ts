/**
 * Builds what browsers load into `build/assets`: the theme, the islands, fonts and images, each under a name that
 * carries its content's hash, with gzip and brotli variants beside it and `manifest.json` over all.
 * A second run finds its inputs unchanged and does nothing, which takes a few milliseconds.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const ISLANDS = join(ROOT, 'src/islands');
const THEME = join(ROOT, 'src/ui/theme');
const TARGETS = ['chrome100', 'firefox115', 'safari15.4'];
/** Files copied as they are, if the theme has them. */
const COPIED = new Set(['.woff2', '.svg', '.png']);
const COMPRESSED = new Set(['.js', '.css', '.svg']);
/** How long a file that no manifest names any more stays, for pages that were loaded before. */
const KEEP_OLD_MS = 7 * 24 * 3600 * 1000;

/** The manifest: plain name to hashed name, and what it was made from. */
export interface Manifest {
  stamp: string;
  inputs: string[];
  files: Record<string, string>;
}

/** Builds into `outDir` unless its manifest was made from the same inputs. Says whether anything was built. */
export async function buildAssets(
  outDir: string = join(ROOT, 'build/assets'),
): Promise<{ built: boolean; manifest: Manifest }> {
  const old = readManifest(outDir);
  if (
    old &&
    old.stamp === stampOf(old.inputs) &&
    Object.values(old.files).every((name) => existsSync(join(outDir, name)))
  ) {
    return { built: false, manifest: old };
  }
  await mkdir(outDir, { recursive: true });
  const writer = new HashedWriter(outDir);
  for (const path of filesUnder(THEME)) {
    if (COPIED.has(extname(path))) await writer.write(basename(path), await readFile(path));
  }
  await writer.write('theme.css', await buildTheme(writer.files));
  const islands = await buildIslands();
  for (const [name, content] of islands.outputs) await writer.write(name, content);

  const inputs = [...new Set([...baseInputs(), ...islands.inputs])].sort();
  const manifest: Manifest = { stamp: stampOf(inputs), inputs, files: writer.files };
  await writeWhole(join(outDir, 'manifest.json'), JSON.stringify(manifest, null, 1));
  await removeOld(outDir, manifest);
  return { built: true, manifest };
}

/** Writes each file once under its hashed name, with its compressed variants. */
class HashedWriter {
  readonly files: Record<string, string> = {};
  readonly #dir: string;
  constructor(dir: string) {
    this.#dir = dir;
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    const bytes = Buffer.from(content);
    const hash = createHash('sha256').update(bytes).digest('base64url').replace(/[-_]/g, '').slice(0, 10);
    const extension = extname(name);
    const hashed = `${basename(name, extension)}-${hash}${extension}`;
    if (this.files[name]) throw new Error(`Two assets are called ${name}. Rename one.`);
    this.files[name] = hashed;
    const path = join(this.#dir, hashed);
    if (existsSync(path)) return;
    if (COMPRESSED.has(extension)) {
      await writeWhole(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
      const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
      await writeWhole(`${path}.br`, await promisify(brotliCompress)(bytes, { params: quality }));
    }
    await writeWhole(path, bytes);
  }
}

/** The theme, its `url("fonts/...")` and `url("images/...")` replaced by hashed names. */
async function buildTheme(files: Record<string, string>): Promise<string> {
  const sass = await import('sass');
  const { css } = sass.compile(join(THEME, 'theme.scss'), {
    style: 'compressed',
    loadPaths: [join(ROOT, 'node_modules')],
    quietDeps: true,
    logger: sass.Logger.silent,
  });
  return css.replace(/url\("?(?:fonts|images)\/([\w.-]+)"?\)/g, (_, name: string) => {
    const hashed = files[name];
    if (!hashed) throw new Error(`The theme refers to ${name}, which is not in src/ui/theme.`);
    return `url("${hashed}")`;
  });
}

/** Every `src/islands/NAME.ts` and `src/islands/NAME/index.ts` becomes `NAME.js`. */
async function buildIslands(): Promise<{ outputs: Map<string, Uint8Array>; inputs: string[] }> {
  const outputs = new Map<string, Uint8Array>();
  const entries = islandEntries();
  if (Object.keys(entries).length === 0) return { outputs, inputs: [] };
  const { build } = await import('esbuild');
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: entries,
    outdir: join(ROOT, 'build/islands'),
    bundle: true,
    format: 'esm',
    minify: true,
    target: TARGETS,
    legalComments: 'none',
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
  for (const file of result.outputFiles) outputs.set(basename(file.path), file.contents);
  return { outputs, inputs: Object.keys(result.metafile.inputs).filter((path) => !path.includes('node_modules/')) };
}

function islandEntries(): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const entry of existsSync(ISLANDS) ? readdirSync(ISLANDS, { withFileTypes: true }) : []) {
    const path = join(ISLANDS, entry.name);
    if (entry.isDirectory() && existsSync(join(path, 'index.ts'))) entries[entry.name] = join(path, 'index.ts');
    if (entry.isFile() && /^[\w-]+\.ts$/.test(entry.name)) entries[basename(entry.name, '.ts')] = path;
  }
  return entries;
}

/** Inputs that count whether or not a bundle names them. Packages count by the lock file. */
function baseInputs(): string[] {
  const own = [fileURLToPath(import.meta.url), join(ROOT, 'package-lock.json')];
  return [...own, ...filesUnder(THEME), ...Object.values(islandEntries())].map((path) => relative(ROOT, path));
}

/** A hash over names and contents of the inputs, and of entries that were added since. */
function stampOf(inputs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of new Set([...baseInputs(), ...inputs].sort())) {
    const full = join(ROOT, path);
    hash
      .update(`${path}\0`)
      .update(existsSync(full) ? readFileSync(full) : 'missing')
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function readManifest(outDir: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(outDir, 'manifest.json'), 'utf8')) as Manifest;
  } catch {
    // No manifest, or half of one: build again.
    return undefined;
  }
}

/** Never leaves half a file under the final name, also when two processes build at once. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}

async function removeOld(outDir: string, manifest: Manifest): Promise<void> {
  const current = new Set(Object.values(manifest.files).flatMap((name) => [name, `${name}.gz`, `${name}.br`]));
  for (const name of readdirSync(outDir)) {
    if (current.has(name) || name === 'manifest.json') continue;
    const path = join(outDir, name);
    if (Date.now() - (await stat(path)).mtimeMs > KEEP_OLD_MS) await rm(path, { force: true, recursive: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const start = performance.now();
  const outDir = join(ROOT, 'build/assets');
  const { built, manifest } = await buildAssets(outDir);
  const took = Math.round(performance.now() - start);
  console.log(built ? `Built assets in ${took} ms` : `Assets are up to date (${took} ms)`);
  for (const [name, hashed] of Object.entries(manifest.files)) {
    const gz = join(outDir, `${hashed}.gz`);
    console.log(
      `  ${name.padEnd(18)} ${(statSync(existsSync(gz) ? gz : join(outDir, hashed)).size / 1000).toFixed(1)} kB`,
    );
  }
}

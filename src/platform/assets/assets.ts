/** What browsers load: the manifest of built assets, and the routes that serve them. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Built assets by plain name. */
export interface Assets {
  /** The folder that holds them. */
  readonly dir: string;
  /** `/assets/theme-3kX9.css` for `theme.css`. Throws when the build made no such asset. */
  url(name: string): string;
  /** The hashed file name, to serve an asset at an address of its own. Throws as `url`. */
  file(name: string): string;
  /** Plain names of all assets. */
  readonly names: readonly string[];
}

/** Reads the manifest that `scripts/build-assets.ts` wrote into `dir`. */
export function loadAssets(dir: string): Assets {
  const { files } = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as { files: Record<string, string> };
  const file = (name: string): string => {
    const hashed = files[name];
    if (!hashed) throw new Error(`No asset is called ${name}. There are: ${Object.keys(files).join(', ')}.`);
    return hashed;
  };
  return { dir: resolve(dir), file, url: (name) => `/assets/${file(name)}`, names: Object.keys(files) };
}

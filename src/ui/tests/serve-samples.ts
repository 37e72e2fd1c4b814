import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { loadAssets } from '#platform/assets/assets.ts';
import { serveAssets } from '#platform/assets/serve-assets.ts';
import { buildAssets } from '../../../scripts/build-assets.ts';
import { samplePages } from './samples.ts';

/** The content security policy of the product: nothing inline, nothing from elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

export interface SampleSite {
  url: string;
  names: string[];
  close(): Promise<void>;
}

/** Serves the sample pages with freshly built assets on a free port of this machine. */
export async function serveSamples(): Promise<SampleSite> {
  const dir = await mkdtemp(join(tmpdir(), 'ui-samples-'));
  await buildAssets(dir);
  const assets = loadAssets(dir);
  const app = Fastify();
  app.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', POLICY);
  });
  await app.register(serveAssets, { assets });
  app.get<{ Params: { name: string } }>('/:name', async (request, reply) => {
    const theme = /theme=(light|dark)/.exec(request.headers.cookie ?? '')?.[1] as 'light' | 'dark' | undefined;
    const page = samplePages(assets, theme ?? null)[request.params.name];
    if (!page) return reply.code(404).send();
    return reply.type('text/html; charset=utf-8').send(page.text);
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    names: Object.keys(samplePages(assets)),
    close: async () => {
      await app.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

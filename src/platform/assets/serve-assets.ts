import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Assets } from './assets.ts';

const YEAR_MS = 365 * 24 * 3600 * 1000;

/** Assets that browsers ask for at an address that never changes. They are asked for anew each time. */
const STABLE = [
  // A service worker's address is its identity, and its folder the part of the site it may stand in for.
  { url: '/seat-worker.js', name: 'seat-worker.js' },
  { url: '/favicon.ico', name: 'mark.svg' },
] as const;

/**
 * Serves `/assets/*`: names carry a hash, so browsers keep them for a year; compressed variants made at build are sent
 * where the browser takes them. Everything here is public and the same for everyone.
 */
export async function serveAssets(app: FastifyInstance, options: { assets: Assets }): Promise<void> {
  const { assets } = options;
  const config = { capability: 'asset', audit: { none: 'reads only' } } as const;
  await app.register(fastifyStatic, { root: assets.dir, serve: false, preCompressed: true });

  app.get<{ Params: { file: string } }>('/assets/:file', { config }, async (request, reply): Promise<FastifyReply> => {
    const { file } = request.params;
    if (!/^[\w-]+-[\w-]+\.(css|js|woff2|svg|png)$/.test(file)) {
      reply.callNotFound();
      return reply;
    }
    return reply.sendFile(file, { immutable: true, maxAge: YEAR_MS });
  });

  for (const { url, name } of STABLE) {
    if (!assets.names.includes(name)) continue;
    app.get(
      url,
      { config },
      async (_request, reply): Promise<FastifyReply> =>
        reply.header('cache-control', 'no-cache').sendFile(assets.file(name), { cacheControl: false }),
    );
  }
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../settings/settings.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses an act that another site's page started (ASVS 3.5): by Sec-Fetch-Site, else by Origin; browsers send at least one. A protocol between programs acts by no cookie, so no page can misuse one. */
export function refuseForeignOrigin(settings: Settings) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (SAFE_METHODS.has(request.method) || request.routeOptions.config.protocol) return;
    const site = request.headers['sec-fetch-site'];
    const origin = request.headers.origin;
    const own = origin === settings.publicUrl || origin === `${request.protocol}://${request.host}`;
    if (site === 'same-origin' || (site === undefined && own)) return;
    await reply
      .code(403)
      .type('text/plain; charset=utf-8')
      .send('This form was sent from another site. Open the page on this site and send it again.');
  };
}

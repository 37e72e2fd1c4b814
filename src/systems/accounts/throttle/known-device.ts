import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '#platform/services.ts';

const DAYS = 180;

const cookieName = ({ settings }: Services) => (settings.publicUrl.startsWith('https:') ? '__Host-device' : 'device');

const seal = (services: Services, id: string, username: string) =>
  createHmac('sha256', services.keys.sessions)
    .update(JSON.stringify(['known device', id, username]))
    .digest();

/** The id of this device if the account of this username was logged in on it before; else null. It proves nothing more. */
export function knownDevice(services: Services, request: FastifyRequest, username: string): string | null {
  const [id = '', given = ''] = (request.cookies[cookieName(services)] ?? '').split('.');
  const right = seal(services, id, username);
  const bytes = Buffer.from(given, 'base64url');
  return id && bytes.length === right.length && timingSafeEqual(bytes, right) ? id : null;
}

/** Remembers, in a cookie of the device, that this account was logged in on it. */
export function rememberDevice(services: Services, reply: FastifyReply, username: string): void {
  const id = randomBytes(12).toString('base64url');
  reply.setCookie(cookieName(services), `${id}.${seal(services, id, username).toString('base64url')}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: services.settings.publicUrl.startsWith('https:'),
    maxAge: DAYS * 86_400,
  });
}

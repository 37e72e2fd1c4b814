import type { FastifyRequest } from 'fastify';
import { receiveForm } from '#platform/files/receive-form.ts';
import { type Context, type FormValues, fieldsOf } from '#platform/http/context.ts';
import { FOR_SELF, MADE_FOR } from '#platform/http/made-for.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { personOfEndedSession } from '../sessions/sessions.ts';

const SECRET_FIELD = /password|pin$|^pin|token|submissionId/i;
const KEPT_HOURS = 12;

/** The page whose form was sent: the browser names it (Referer of this site), else the address it was sent to. */
function formPage(request: FastifyRequest): string {
  const referer = URL.parse(String(request.headers.referer ?? ''));
  if (referer && referer.host === request.host) return referer.pathname + referer.search;
  return request.url;
}

/**
 * An act without a session: keeps what was typed for the person whose session ended in this browser, and returns the log-in's
 * address, which leads back. Passwords and PINs are never kept.
 */
export async function askToLogIn(services: Services, request: FastifyRequest): Promise<string> {
  if (request.method === 'GET') return `/login?next=${encodeURIComponent(request.url)}`;
  const personId = await personOfEndedSession(services, request);
  return `/login?next=${encodeURIComponent(await keepForm(services, request, personId))}`;
}

/**
 * Keeps what was typed into the form that was sent, for this person alone, and returns the address of the form's page,
 * which shows it again. Passwords and PINs are never kept; null keeps nothing.
 */
export async function keepForm(services: Services, request: FastifyRequest, personId: string | null): Promise<string> {
  const next = formPage(request);
  if (!personId) return next;
  const fields = Object.fromEntries(
    Object.entries(await fieldsSent(request)).filter(([name]) => !SECRET_FIELD.test(name)),
  );
  const back = URL.parse(next, 'http://site');
  if (!back || Object.keys(fields).every((name) => name === MADE_FOR)) return next;
  const id = await services.database.write(SYSTEM, async ({ db, now }) => {
    const row = await db
      .insertInto('platform.kept_forms')
      .values({ person_id: personId, url: next, fields: JSON.stringify(fields), kept_at: now })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  });
  back.searchParams.set('kept', id);
  return back.pathname + back.search;
}

/** A form with files is read here, because its handler will not be reached; the files are thrown away as they come. */
async function fieldsSent(request: FastifyRequest): Promise<FormValues> {
  if (!request.isMultipart()) return fieldsOf(request.body);
  // A body that breaks off has nothing worth keeping.
  const form = await receiveForm(request, { mostBytes: 1, mostFiles: 20 }).catch(() => null);
  const { [MADE_FOR]: madeFor } = request.query as Record<string, unknown>;
  return { ...form?.fields, ...(typeof madeFor === 'string' && { [MADE_FOR]: madeFor }) };
}

/** What this person had typed into the form at this address, or {}; also {} while acting for another than then. */
export async function keptFields(context: Context): Promise<FormValues> {
  const kept = (context.request.query as Record<string, unknown> | undefined)?.kept;
  if (typeof kept !== 'string' || !/^[0-9a-f-]{36}$/.test(kept) || context.principal.kind !== 'person') return {};
  const { personId } = context.principal;
  const since = new Date(context.now.getTime() - KEPT_HOURS * 3_600_000);
  const row = await context.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('platform.kept_forms')
      .select('fields')
      .where('id', '=', kept)
      .where('person_id', '=', personId)
      .where('kept_at', '>', since)
      .executeTakeFirst(),
  );
  const { [MADE_FOR]: madeFor, ...fields } = (row?.fields as FormValues | undefined) ?? {};
  const acting = context.principal.acting?.organisationId ?? FOR_SELF;
  return madeFor === undefined || madeFor === acting ? fields : {};
}

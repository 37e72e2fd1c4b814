import { type Answer, json } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { openApiDocument } from './openapi.ts';

/** GET /api/v1/openapi.json: for programs, without a key. */
export async function showDocument(context: Context): Promise<Answer> {
  return json(
    openApiDocument(context.services.settings.publicUrl),
    200,
    'application/vnd.oai.openapi+json; version=3.1',
  );
}

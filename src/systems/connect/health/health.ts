import { type Answer, json } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';

/** GET /health: 200 when the database answers. */
export async function showHealth(context: Context): Promise<Answer> {
  const ready = await context.services.database.pool.query('select 1').then(
    () => true,
    () => false,
  );
  return json({ ready }, ready ? 200 : 503);
}

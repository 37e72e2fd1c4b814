import { type Answer, json } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';

/** A database that has not answered by then does not count as ready. */
const ASK = { text: 'select 1', query_timeout: 3000 };

/** GET /health: 200 when the database answers. */
export async function showHealth(context: Context): Promise<Answer> {
  const ready = await context.services.database.pool.query(ASK).then(
    () => true,
    () => false,
  );
  return json({ ready }, ready ? 200 : 503);
}

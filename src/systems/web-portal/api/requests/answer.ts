import { isDatabaseAway } from '#platform/database/database-away.ts';
import { type Answer, json, NotFound, Refused } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { SCOPE_FACTS } from '../keys/scopes.ts';
import { knownKey } from './known-key.ts';
import { idempotencyKeyIn, once, requestHash } from './once.ts';
import type { Operation } from './operation.ts';
import { placesInBody, placesInQuery } from './places.ts';
import { Problem, problemAnswer } from './problem.ts';
import { readBody } from './read-body.ts';

/** Answers a request of the API: whose key, may it, can it be read, then the operation in the scope of the centre. Every failure is a problem, never a page. */
export function answerBy(operation: Operation): (context: Context) => Promise<Answer> {
  return (context) => withProblems(context, () => answer(context, operation));
}

/** An address of the API where nothing is. */
export const nothingHere = (context: Context): Promise<Answer> =>
  withProblems(context, async () => {
    await knownKey(context);
    throw new NotFound();
  });

async function answer(context: Context, operation: Operation): Promise<Answer> {
  const { services, requestId } = context;
  const { principal, scopes } = await knownKey(context);
  const { scope } = operation;
  if (!scopes.has(scope))
    throw new Problem('missing-scope', `This needs the scope ${scope}, which the key "${principal.name}" has not`, {
      more: { scope },
    });
  const params = operation.params.safeParse(context.params);
  if (!params.success) throw new NotFound();
  const query = operation.query.safeParse(context.query);
  if (!query.success)
    throw new Problem('unreadable', 'A parameter of the address cannot be read', {
      errors: placesInQuery(query.error),
    });
  const asked = { centreId: principal.centreId, scopes: [...scopes], params: params.data, query: query.data };
  const options = { capability: SCOPE_FACTS[scope].capability, requestId };
  if (operation.method === 'get') {
    const body = await services.database.read(
      principal,
      (reader) => operation.read(reader, { ...asked, body: undefined }),
      options,
    );
    return json(operation.answer.parse(body));
  }
  const key = idempotencyKeyIn(context.request.headers['idempotency-key']);
  const sent = await readBody(context.request.raw);
  const body = operation.body.safeParse(sent);
  if (!body.success)
    throw new Problem('refused', 'The body has not the form it must have', { errors: placesInBody(body.error) });
  const request = {
    apiKeyId: principal.keyId,
    centreId: principal.centreId,
    key,
    hash: requestHash(context.url, sent),
  };
  const outcome = await services.database.write(
    principal,
    (writer) =>
      once(writer, request, async () => {
        const made = await operation.write(writer, { ...asked, body: body.data });
        return { ...made, body: operation.answer.parse(made.body) };
      }),
    options,
  );
  if (outcome.location) context.reply.header('location', outcome.location);
  if (outcome.repeated) context.reply.header('idempotency-replayed', 'true');
  return json(outcome.body, outcome.status);
}

async function withProblems(context: Context, work: () => Promise<Answer>): Promise<Answer> {
  const { services, requestId, request, reply } = context;
  try {
    return await work();
  } catch (error) {
    const problem = problemOf(error);
    if (problem.kind === 'failed')
      services.log.error(`request ${requestId} ${request.method} ${request.routeOptions.url} failed`, error);
    reply.headers(problem.headers);
    return problemAnswer(problem, services.settings.publicUrl, requestId);
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof NotFound)
    return new Problem('not-found', 'There is nothing at this address at the centre of the key');
  if (error instanceof Refused)
    return new Problem('refused', error.message, {
      errors: error.errors.map(({ message }) => ({ pointer: '', detail: message })),
    });
  if (isDatabaseAway(error as Error))
    return new Problem('unavailable', 'Nothing was saved. Send the request again in a few seconds', {
      headers: { 'retry-after': '2' },
    });
  return new Problem('failed', 'The fault is ours. Send the request again, or tell the awarding body the instance');
}

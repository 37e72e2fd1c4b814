import type { FastifyRequest } from 'fastify';

/** Takes out what no text of people holds and the database refuses: NUL characters and halves of surrogate pairs. */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** Cleans the words of a query or a form in place: texts and lists of texts; anything else stays as it is. */
function cleanWords(words: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string') words[name] = cleanText(value);
    else if (Array.isArray(value))
      words[name] = value.map((item: unknown) => (typeof item === 'string' ? cleanText(item) : item));
  }
}

/** A hook: query and form fields reach the handlers clean. A JSON body is left to its schema. */
export async function cleanRequest(request: FastifyRequest): Promise<void> {
  cleanWords(request.query as Record<string, unknown>);
  const { body } = request;
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') && body)
    cleanWords(body as Record<string, unknown>);
}

const NO_SUCH_PAGE = '/no-such-page';
/** As long as a part of an address may be; longer than any that the product makes. */
export const LONGEST_PART = 200;
const TOO_LONG_PART = new RegExp(`[^/]{${LONGEST_PART + 1}}`);

/** The address to look up: an address that cannot be read (half a percent sign, a NUL, a part without end) leads nowhere. */
export function readableAddress(url: string): string {
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  if (path.length > LONGEST_PART && TOO_LONG_PART.test(path)) return NO_SUCH_PAGE;
  if (!path.includes('%')) return url;
  try {
    return decodeURIComponent(path).includes('\0') ? NO_SUCH_PAGE : url;
  } catch {
    return NO_SUCH_PAGE;
  }
}

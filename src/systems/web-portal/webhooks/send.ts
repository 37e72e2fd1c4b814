import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import { InternalAddress, isPublic, publicLookup, type Targets } from './address.ts';

/** How an attempt ended: what the address answered, or why nothing came. */
export interface Attempt {
  readonly ok: boolean;
  readonly status: number | null;
  /** In words; null when it was delivered. */
  readonly error: string | null;
}

const SECONDS = 10;

/** Sends a body once. Follows no redirect, and connects to nothing that is not public where `targets` says so. Never throws. */
export async function send(
  url: string,
  message: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  targets: Targets,
): Promise<Attempt> {
  try {
    const status = await statusOf(new URL(url), message, targets);
    if (status >= 200 && status < 300) return { ok: true, status, error: null };
    const error =
      status >= 300 && status < 400
        ? 'It leads elsewhere, which is not followed. Enter the address where it leads'
        : 'It was not accepted';
    return { ok: false, status, error };
  } catch (error) {
    return { ok: false, status: null, error: inWords(error) };
  }
}

function statusOf(
  url: URL,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  targets: Targets,
): Promise<number> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (targets === 'public' && (url.protocol !== 'https:' || (isIP(host) > 0 && !isPublic(host))))
    throw new InternalAddress();
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(SECONDS * 1000),
        headers: {
          'content-type': 'application/json',
          'content-length': String(bytes.length),
          'user-agent': 'IMI-Connect-Webhooks/1',
          ...headers,
        },
        ...(targets === 'public' && { lookup: publicLookup }),
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        // What it says besides is nobody's matter, however long it is.
        answer.destroy();
      },
    );
    request.on('error', reject);
    request.end(bytes);
  });
}

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'Its name is not known in the internet',
  EAI_AGAIN: 'Its name could not be looked up',
  ECONNREFUSED: 'It takes no connections',
  ECONNRESET: 'It broke the connection off',
  ABORT_ERR: `It did not answer within ${SECONDS} seconds`,
};

function inWords(error: unknown): string {
  if (error instanceof InternalAddress) return error.message;
  const { code = '', name = '' } = error as { code?: string; name?: string };
  if (name === 'TimeoutError') return WORDS.ABORT_ERR as string;
  if (/CERT|TLS|SSL/.test(code)) return 'Its certificate cannot be trusted';
  return WORDS[code] ?? 'It could not be reached';
}

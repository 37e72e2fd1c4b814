/** Parts of a file, as players ask for them: RFC 9110, section 14. */
import { Readable } from 'node:stream';
import type { Answer } from './answers.ts';
import type { Context } from './context.ts';

/** First and last byte, both counted from 0 and both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Which part of a file of `size` bytes a Range header asks for. 'whole': no part, or one that is written in a way that
 * may be passed over (another unit, several parts, nonsense). 'outside': a part that the file does not have.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | 'whole' | 'outside' {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return 'whole';
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'outside' : { first: size - length, last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Number(to);
  if (last < first && to !== '') return 'whole';
  return first >= size ? 'outside' : { first, last: Math.min(last, size - 1) };
}

/** A file that can be read in parts. */
export interface RangedFile {
  readonly bytes: number;
  readonly type: string;
  /** Names this content and no other. */
  readonly etag: string;
  /** Cache-Control of the answer. */
  readonly cache: string;
  /** The bytes of a range, in pieces of any size. */
  read(range: ByteRange): AsyncIterable<Buffer>;
}

/** The part of the file that the request asks for (206), or all of it (200), or that there is no such part (416). */
export function rangedFile({ request }: Context, file: RangedFile): Answer {
  const { range, 'if-range': ifRange } = request.headers;
  const etag = `"${file.etag}"`;
  const asked = ifRange === undefined || ifRange === etag ? parseRange(range, file.bytes) : 'whole';
  const headers = { 'accept-ranges': 'bytes', etag, 'cache-control': file.cache };
  if (asked === 'outside')
    return {
      kind: 'stream',
      status: 416,
      type: file.type,
      headers: { ...headers, 'content-range': `bytes */${file.bytes}`, 'cache-control': 'no-store' },
      body: Readable.from([]),
      bytes: 0,
    };
  const part = asked === 'whole' ? { first: 0, last: file.bytes - 1 } : asked;
  return {
    kind: 'stream',
    status: asked === 'whole' ? 200 : 206,
    type: file.type,
    headers:
      asked === 'whole' ? headers : { ...headers, 'content-range': `bytes ${part.first}-${part.last}/${file.bytes}` },
    body: Readable.from(request.method === 'HEAD' ? [] : file.read(part), { objectMode: false }),
    bytes: part.last - part.first + 1,
  };
}

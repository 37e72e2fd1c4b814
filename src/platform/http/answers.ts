import type { Readable } from 'node:stream';
import type { Safe } from '../html/html.ts';

/** What a handler answers with; the server turns it into a reply. */
export type Answer =
  | { readonly kind: 'page'; readonly status: number; readonly html: Safe }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown; readonly type?: string }
  | {
      readonly kind: 'file';
      readonly bytes: Buffer | string;
      readonly type: string;
      readonly name?: string;
      readonly inline?: boolean;
      readonly cache?: string;
    }
  | {
      readonly kind: 'list';
      /** Of the file, without the ending. */
      readonly name: string;
      readonly headings: readonly string[];
      readonly rows: readonly (readonly ListCell[])[];
    }
  | {
      readonly kind: 'stream';
      readonly status: number;
      readonly type: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Readable;
      readonly bytes: number;
    }
  | { readonly kind: 'sent' };

/** What stands in a cell of a list that is saved as a file. */
export type ListCell = string | number | null;

/** A complete HTML page. */
export function page(html: Safe, status = 200): Answer {
  return { kind: 'page', status, html };
}

/** Post, redirect, get: 303 to a path of this site. */
export function redirect(location: string): Answer {
  return { kind: 'redirect', location };
}

/** `type`: the media type, where it is not application/json. */
export function json(body: unknown, status = 200, type?: string): Answer {
  return { kind: 'json', status, body, ...(type && { type }) };
}

/** A file: shown by the browser when `inline`, else saved under `name`. */
export function file(
  bytes: Buffer | string,
  options: { type: string; name?: string; inline?: boolean; cache?: string },
): Answer {
  return { kind: 'file', bytes, ...options };
}

/** The handler has written the reply itself (`context.reply.raw`): a protocol that a library speaks. */
export const SENT: Answer = { kind: 'sent' };

/** Nothing at this address for this person: also the answer for what belongs to another centre. */
export class NotFound extends Error {
  constructor() {
    super('Nothing at this address.');
  }
}

/** The person is known but lacks the right. `who` names the roles that have it. */
export class NotAllowed extends Error {
  readonly who: string;
  constructor(who: string) {
    super('Not allowed.');
    this.who = who;
  }
}

/** One error of a form: the field (its name), and a sentence that says what to do. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** A rule refused what a form asked for. Thrown inside `write`, nothing of the transaction remains. */
export class Refused extends Error {
  readonly errors: readonly FieldError[];
  constructor(errors: readonly FieldError[] | string) {
    const list = typeof errors === 'string' ? [{ field: '', message: errors }] : errors;
    super(list.map((error) => error.message).join(' '));
    this.errors = list;
  }
}

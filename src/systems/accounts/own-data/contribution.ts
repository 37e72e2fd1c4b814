/** What "My data" asks of every system: each offers a function, `application.ts` joins them here. */
import type { Context } from '#platform/http/context.ts';

/** What one system holds about the person: plain values that JSON can say. Never keys of questions, nor secrets. */
export interface OwnData {
  /** The system's name: "web-portal". */
  readonly system: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads in the person's own scope (`context.read`), so that row-level security lets no other person's records in. */
export type OwnDataOf = (context: Context) => Promise<OwnData>;

let joined: readonly OwnDataOf[] = [];

/** Called once by the composition root. */
export function joinOwnData(contributions: readonly OwnDataOf[]): void {
  joined = contributions;
}

export async function ownDataFor(context: Context): Promise<OwnData[]> {
  const parts: OwnData[] = [];
  for (const part of joined) parts.push(await part(context));
  return parts;
}

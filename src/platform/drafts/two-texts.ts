/** Two texts of one draft, saved by two people or from two tabs: which fields differ, and who changed what. Pure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** A short mark of what a page shows: what a save changes is told apart by it. */
export function markOf(part: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(part) ?? '')
    .digest('hex')
    .slice(0, 16);
}

/** The marks that a page carried, as JSON; what is not ours says nothing, and then no side is known to be unchanged. */
export function readMarks(text: string): Record<string, string> {
  try {
    return z.record(z.string(), z.string()).catch({}).parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Whose value is chosen beforehand: that of the side that changed it, when only one did. `was`: the mark of before. */
export function sideBeforehand(was: string | undefined, mine: unknown, theirs: unknown): 'mine' | 'theirs' | null {
  if (was === undefined) return null;
  if (markOf(mine ?? null) === was) return 'theirs';
  return markOf(theirs ?? null) === was ? 'mine' : null;
}

import type { Reader } from '#platform/database/database.ts';
import type { Judging } from './conflict.ts';

/** Tells who assesses or quality-assures these registrations. */
export type JudgingSource = (reader: Reader, registrationIds: readonly string[]) => Promise<readonly Judging[]>;

let sources: readonly JudgingSource[] = [];

/** Called once by the composition root: each system that allocates assessors adds its part. */
export function joinJudging(joined: readonly JudgingSource[]): void {
  sources = joined;
}

/** Everything known of who judges these registrations. */
export async function judgingOf(reader: Reader, registrationIds: readonly string[]): Promise<Judging[]> {
  const found: Judging[] = [];
  for (const source of sources) found.push(...(await source(reader, registrationIds)));
  return found;
}

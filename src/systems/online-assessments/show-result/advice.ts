/** What a candidate is told about each topic. Pure. */
export interface TopicMark {
  readonly topic: string;
  readonly score: number;
  readonly max: number;
}

/** The advice and the tone of its bar. */
export function adviceFor(score: number, max: number): { readonly advice: string; readonly tone?: 'ok' | 'warn' } {
  const share = max === 0 ? 1 : score / max;
  if (share === 1) return { advice: max === 1 ? 'Right.' : 'Every question right.', tone: 'ok' };
  if (share >= 0.8) return { advice: 'Secure.', tone: 'ok' };
  if (share >= 0.6) return { advice: 'Close. Look at this topic once more.' };
  return { advice: 'Revise this topic.', tone: 'warn' };
}

/** The weakest topics, at most three, in words; null when every question was right. */
export function firstToRevise(topics: readonly TopicMark[]): string | null {
  const weak = topics
    .filter(({ score, max }) => score < max)
    .sort((a, b) => a.score / a.max - b.score / b.max)
    .slice(0, 3)
    .map(({ topic }) => topic);
  return weak.length === 0 ? null : new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(weak);
}

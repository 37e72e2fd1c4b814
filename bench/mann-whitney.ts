export interface RankComparison {
  /** How likely a difference of ranks as large as this one is when both come from one distribution, two-sided. */
  readonly p: number;
  /** The share of pairs in which the first is larger, ties by half: 0.5 says that nothing tells them apart. */
  readonly share: number;
}

/**
 * The Mann-Whitney U test by the normal approximation, with the corrections for ties and for continuity; meant for
 * samples of 8 and more.
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): RankComparison {
  const all = [
    ...first.map((value) => ({ value, isFirst: true })),
    ...second.map((value) => ({ value, isFirst: false })),
  ].sort((a, b) => a.value - b.value);
  let rankSum = 0;
  let ties = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to++;
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at++) if (all[at]?.isFirst) rankSum += rank;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const [n, m, total] = [first.length, second.length, all.length];
  const u = rankSum - (n * (n + 1)) / 2;
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)));
  const distance = Math.abs(u - (n * m) / 2) - 0.5;
  const p = variance === 0 || distance <= 0 ? 1 : Math.min(1, 2 * upperTail(distance / Math.sqrt(variance)));
  return { p, share: u / (n * m) };
}

/** How likely a standard normal value above z >= 0 is: a continued fraction far out, a series near the middle. */
function upperTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z > 3) {
    let fraction = 0;
    for (let step = 60; step > 0; step--) fraction = step / (z + fraction);
    return density / (z + fraction);
  }
  let term = z;
  let sum = z;
  for (let step = 3; Math.abs(term) > 1e-17; step += 2) {
    term *= (z * z) / step;
    sum += term;
  }
  return 0.5 - density * sum;
}

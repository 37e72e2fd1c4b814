/** One figure of a measurement, printed as one line of JSON. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, measured in the same run. */
  readonly reference: { readonly what: string; readonly value: number };
  /** What is aimed at, in words. Benchmarks report, tests judge. */
  readonly goal: string;
  readonly seed?: number;
}

export function report(figure: Figure): void {
  const ratio = figure.reference.value === 0 ? null : round(figure.value / figure.reference.value);
  const { name, unit, goal, seed } = figure;
  const reference = { ...figure.reference, value: round(figure.reference.value) };
  process.stdout.write(
    `${JSON.stringify({ name, value: round(figure.value), unit, reference, ratio, goal, seed: seed ?? null })}\n`,
  );
}

const round = (value: number): number => Number(value.toPrecision(4));

/** The value below which `share` of the values lie; 0 for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** `npm run bench -- NAME`: prints one line of JSON for each figure and exits 0 whether or not a goal is met. */
const BENCHMARKS: Record<string, () => Promise<void>> = {
  start: async () => (await import('./start.ts')).measureStart(),
  memory: async () => (await import('./memory.ts')).measureMemory(),
  pages: async () => (await import('./pages.ts')).measurePages(),
  answers: async () => (await import('./answers.ts')).measureAnswers(),
  faults: async () => (await import('./faults.ts')).measureFaults(),
  import: async () => (await import('./import.ts')).measureImport(),
  guessing: async () => (await import('./guessing.ts')).measureGuessing(),
  rules: async () => (await import('./rules.ts')).measureRules(),
  search: async () => (await import('./search.ts')).measureSearch(),
  weight: async () => (await import('./weight.ts')).measureWeight(),
};

const [name = ''] = process.argv.slice(2);
const measure = BENCHMARKS[name];
if (!measure) {
  console.error(`Say which: npm run bench -- ${Object.keys(BENCHMARKS).join(' | ')}`);
  process.exit(1);
}
await measure();
process.exit(0);

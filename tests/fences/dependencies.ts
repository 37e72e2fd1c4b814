/** The direction of dependence between the systems (architecture: each may use those of later rows, never of its own or earlier ones). */
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

export const TIERS: readonly (readonly string[])[] = [
  ['website', 'connect'],
  ['assessment-reports', 'quality', 'community', 'webinars'],
  ['certificates'],
  ['online-assessments', 'eportfolio'],
  ['web-portal'],
  ['centres-hub'],
  ['finance'],
  ['products', 'operating-manual'],
  ['accounts'],
];

export const ALL_SYSTEMS = TIERS.flat();

const inSystems = (names: readonly string[]) => `^src/systems/(?:${names.join('|')})/`;

/** The rules, generated from the table. */
export function dependencyRules(): IFlattenedRuleSet {
  return {
    forbidden: [
      { name: 'no-cycle', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
      {
        name: 'only-by-the-door',
        severity: 'error',
        from: { path: '^src/systems/([^/]+)/' },
        to: { path: '^src/systems/', pathNot: ['^src/systems/$1/', '^src/systems/[^/]+/index[.]ts$'] },
      },
      ...TIERS.map((tier, row) => ({
        name: `direction-of-${tier.join('-and-')}`,
        severity: 'error' as const,
        from: { path: `^src/systems/(${tier.join('|')})/` },
        to: { path: inSystems(TIERS.slice(0, row + 1).flat()), pathNot: '^src/systems/$1/' },
      })),
      {
        name: 'ground-floor-knows-no-system',
        severity: 'error',
        from: { path: '^src/(platform|ui|qti)/' },
        to: { path: '^src/(systems/|application[.]ts)' },
      },
      {
        name: 'qti-knows-no-server',
        severity: 'error',
        from: { path: '^src/qti/', pathNot: '[.]test[.]ts$' },
        to: { path: '^src/platform/(?!html/)|^src/ui/|node_modules/(pg|kysely|fastify)/' },
      },
      {
        name: 'islands-know-no-server',
        severity: 'error',
        from: { path: '^src/islands/' },
        to: { path: '^src/(platform|systems)/', pathNot: '^src/systems/online-assessments/protocol/' },
      },
      {
        name: 'product-knows-no-tests',
        severity: 'error',
        from: { path: '^src/', pathNot: '[.]test[.]ts$' },
        to: { path: '^tests/|[.]test[.]ts$' },
      },
      {
        name: 'known-systems-only',
        severity: 'error',
        from: { path: '^src/systems/', pathNot: inSystems(ALL_SYSTEMS) },
        to: {},
      },
    ],
  } as IFlattenedRuleSet;
}

export interface Breach {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** Reads the modules below `root`/src and returns how many there are and what breaks a rule. */
export async function cruiseTree(root: string): Promise<{ modules: number; breaches: Breach[] }> {
  const result = await cruise(
    ['src'],
    {
      baseDir: root,
      ruleSet: dependencyRules(),
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    },
    undefined,
    { tsConfig: extractTSConfig(`${root}/tsconfig.json`) },
  );
  const output = result.output as ICruiseResult;
  return {
    modules: output.modules.filter((module) => module.source.startsWith('src/')).length,
    breaches: output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

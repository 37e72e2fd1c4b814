/** Rules that a source file's text must keep: one function each, from path and text to what is wrong. */

export interface SourceRule {
  readonly name: string;
  /** Whether the rule looks at this path. */
  readonly on: (path: string) => boolean;
  /** What is wrong, with the line; empty when nothing. */
  readonly check: (text: string, path: string) => string[];
}

const isProduct = (path: string) => path.startsWith('src/') && path.endsWith('.ts') && !path.endsWith('.test.ts');

/** Every match of a pattern, as "line 12: text". */
function matches(text: string, pattern: RegExp, allowed: (match: RegExpMatchArray) => boolean = () => false): string[] {
  return [...text.matchAll(pattern)]
    .filter((match) => !allowed(match))
    .map((match) => `line ${text.slice(0, match.index).split('\n').length}: ${match[0].trim()}`);
}

const SCHEMAS = [
  'accounts',
  'operating_manual',
  'products',
  'finance',
  'centres_hub',
  'web_portal',
  'online_assessments',
  'eportfolio',
  'certificates',
  'quality',
  'community',
  'webinars',
  'connect',
];
const TABLE = new RegExp(
  `(?:\\b(?:selectFrom|\\w+Join|insertInto|updateTable|deleteFrom|mergeInto|using)\\(\\s*\\[?\\s*['"\`]|\\b(?:from|join|into|update|table)\\s+)(${SCHEMAS.join('|')})\\.(\\w+)`,
  'g',
);

export const SOURCE_RULES: readonly SourceRule[] = [
  {
    name: 'attributes stand in double quotes',
    on: (path) => isProduct(path),
    check: (text) => matches(text, /<[a-z][^<>`]*\s[\w-]+=\$\{/g),
  },
  {
    name: 'no inline script, style or event handler',
    on: isProduct,
    check: (text) =>
      matches(
        text,
        /<(?:script(?![^>]*\ssrc=)(?![^>]*application\/json)|style)[\s>]|<[a-z][^>`]*\s(?:style|on[a-z]+)="/g,
      ),
  },
  {
    name: "a system's SQL names its own schema and published views of others",
    on: (path) => isProduct(path) && path.startsWith('src/systems/'),
    check: (text, path) => {
      const own = (path.split('/')[2] ?? '').replaceAll('-', '_');
      return matches(text, TABLE, (match) => match[1] === own || (match[2] ?? '').startsWith('published_'));
    },
  },
  {
    name: 'time comes from the clock',
    on: (path) => isProduct(path) && path.startsWith('src/systems/'),
    check: (text) => matches(text, /new Date\(\)|Date\.now\(\)/g),
  },
  {
    name: 'no file over 400 lines',
    on: (path) => /^(src|tests|bench|scripts)\/.*\.(ts|scss)$/.test(path) && path !== 'src/platform/database/schema.ts',
    check: (text) => (text.split('\n').length > 401 ? [`${text.split('\n').length} lines`] : []),
  },
  {
    name: 'no drawer without a meaning',
    on: () => true,
    check: (_text, path) =>
      /(^|\/)(utils?|helpers?|common|misc|lib)(\/|\.ts$)/.test(path) && path.startsWith('src/') ? [path] : [],
  },
  {
    name: 'no work left as words',
    on: (path) =>
      /^(src|tests|bench|scripts)\//.test(path) &&
      path !== 'tests/fences/source-rules.ts' &&
      path !== 'tests/fences/fences.test.ts',
    check: (text) => matches(text, /\b(TODO|FIXME|XXX|HACK|coming soon)\b/g),
  },
  {
    name: 'the product names no machine and no registry',
    on: (path) => path !== 'tests/fences/source-rules.ts' && path !== 'tests/fences/fences.test.ts',
    check: (text) => matches(text, /"resolved": *"http|registry\.npmjs|\/(?:work|root)\/(?:main|shared)/g),
  },
];

/** The breaches of one file. */
export function breachesOf(path: string, text: string): string[] {
  return SOURCE_RULES.filter((rule) => rule.on(path)).flatMap((rule) =>
    rule.check(text, path).map((what) => `${path}: ${rule.name}: ${what}`),
  );
}

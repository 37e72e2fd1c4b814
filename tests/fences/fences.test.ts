import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ALL_SYSTEMS, cruiseTree, TIERS } from './dependencies.ts';
import { breachesOf } from './source-rules.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('the product keeps the directions between its systems', async () => {
  const { modules, breaches } = await cruiseTree(ROOT);
  assert.ok(modules > 100, `the fence read only ${modules} modules`);
  assert.deepEqual(breaches, []);
});

/** A small tree with one file of each system and whatever is planted. */
async function plantedTree(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'imi-connect-fence-'));
  await cp(join(ROOT, 'package.json'), join(root, 'package.json'));
  await cp(join(ROOT, 'tsconfig.json'), join(root, 'tsconfig.json'));
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const all: Record<string, string> = {
    'src/platform/clock/clock.ts': 'export const a = 1;\n',
    'src/ui/index.ts': 'export const a = 1;\n',
    'src/qti/index.ts': 'export const a = 1;\n',
  };
  for (const system of ALL_SYSTEMS) {
    all[`src/systems/${system}/index.ts`] = "export { inner } from './inner.ts';\n";
    all[`src/systems/${system}/inner.ts`] = 'export const inner = 1;\nexport type Inner = number;\n';
  }
  for (const [path, text] of Object.entries({ ...all, ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

async function rulesBroken(files: Record<string, string>): Promise<string[]> {
  const root = await plantedTree(files);
  try {
    return (await cruiseTree(root)).breaches.map((breach) => breach.rule);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

test('a tree without a breach passes', async () => {
  assert.deepEqual(
    await rulesBroken({
      'src/systems/website/page.ts': "import { inner } from '#accounts';\nexport const page = inner;\n",
    }),
    [],
  );
});

test('planted breaches of dependence are found', async (t) => {
  for (const [row, tier] of TIERS.entries()) {
    const right = tier[0] as string;
    const left = TIERS[row - 1]?.[0] ?? tier[1];
    if (!left) continue;
    await t.test(`${right} uses ${left}`, async () => {
      const broken = await rulesBroken({
        [`src/systems/${right}/planted.ts`]: `import type { Inner } from '#${left}';\nexport const x: Inner = 1;\n`,
      });
      assert.ok(
        broken.some((rule) => rule.startsWith('direction-of-')),
        broken.join(),
      );
    });
  }
  const single: Record<string, [Record<string, string>, string]> = {
    'past the door': [
      { 'src/systems/website/planted.ts': "import { inner } from '../accounts/inner.ts';\nexport const x = inner;\n" },
      'only-by-the-door',
    ],
    'platform uses a system': [
      { 'src/platform/planted.ts': "import { inner } from '#accounts';\nexport const x = inner;\n" },
      'ground-floor-knows-no-system',
    ],
    'qti uses the database': [
      { 'src/qti/planted.ts': "import pg from 'pg';\nexport const x = pg;\n" },
      'qti-knows-no-server',
    ],
    'an island uses the platform': [
      { 'src/islands/planted.ts': "import { a } from '../platform/clock/clock.ts';\nexport const x = a;\n" },
      'islands-know-no-server',
    ],
    'a cycle': [
      {
        'src/platform/a.ts': "import { b } from './b.ts';\nexport const a = b;\n",
        'src/platform/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
      },
      'no-cycle',
    ],
    'the product uses a test': [
      {
        'tests/x.ts': 'export const x = 1;\n',
        'src/platform/planted.ts': "import { x } from '../../tests/x.ts';\nexport const y = x;\n",
      },
      'product-knows-no-tests',
    ],
    'a system outside the table': [
      { 'src/systems/new-thing/index.ts': "import { inner } from '#accounts';\nexport const x = inner;\n" },
      'known-systems-only',
    ],
  };
  for (const [name, [files, rule]] of Object.entries(single)) {
    await t.test(name, async () => assert.ok((await rulesBroken(files)).includes(rule)));
  }
});

test('every source file keeps the rules of text', async () => {
  const paths = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => /\.(ts|mjs|scss|sql|md|json|yml)$|\.ci\/run$/.test(path));
  assert.ok(paths.length > 100, `only ${paths.length} files were read`);
  const breaches: string[] = [];
  for (const path of paths) {
    const text = await readFile(join(ROOT, path), 'utf8').catch(() => '');
    breaches.push(...breachesOf(path, text));
  }
  assert.deepEqual(breaches, []);
});

test('planted breaches of text are found', () => {
  const planted: [string, string][] = [
    ['src/ui/x.ts', 'html`<a href=${url}>x</a>`'],
    ['src/ui/x.ts', 'html`<p style="color:red">x</p>`'],
    ['src/ui/x.ts', 'html`<script>alert(1)</script>`'],
    ['src/systems/products/x.ts', "db.selectFrom('accounts.people')"],
    ['src/systems/products/x.ts', 'sql`select 1 from web_portal.candidates`'],
    ['src/systems/products/x.ts', 'const now = new Date();'],
    ['src/systems/products/x.ts', 'x\n'.repeat(402)],
    ['src/platform/utils/x.ts', ''],
    ['src/platform/x.ts', `// ${'TO'}${'DO'} later`],
    ['README.md', `see /${'work'}/main`],
  ];
  for (const [path, text] of planted) assert.notDeepEqual(breachesOf(path, text), [], `${path}: ${text.slice(0, 60)}`);
  assert.deepEqual(
    breachesOf(
      'src/systems/products/x.ts',
      "db.selectFrom('products.units').innerJoin('accounts.published_people', ...)",
    ),
    [],
  );
});

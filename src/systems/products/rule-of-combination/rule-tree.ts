/** Changes of a rule's tree, pure. A part is named by its path: '' the whole rule, '1' its second part, '1.0' the first in that. */
import type { RuleGroup, RulePart } from './rule.ts';

/** What stands at a path, or null. */
export function partAt(root: RuleGroup, path: string): RulePart | null {
  let part: RulePart | undefined = root;
  for (const step of stepsOf(path)) {
    if (part === undefined || typeof part === 'string') return null;
    part = (part.of as readonly RulePart[])[step];
  }
  return part ?? null;
}

/** The group at a path, or null where a unit or nothing stands. */
export function groupAt(root: RuleGroup, path: string): RuleGroup | null {
  const part = partAt(root, path);
  return part === null || typeof part === 'string' ? null : part;
}

/** The path of the group that holds a part; null for the whole rule. */
export function parentOf(path: string): string | null {
  if (path === '') return null;
  return path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '';
}

/** Every group with its path, from the whole rule on. */
export function groupsIn(root: RuleGroup, path = ''): { readonly path: string; readonly group: RuleGroup }[] {
  const parts: readonly RulePart[] = root.of;
  return [
    { path, group: root },
    ...parts.flatMap((part, index) => (typeof part === 'string' ? [] : groupsIn(part, below(path, index)))),
  ];
}

/** The tree with parts added at the end of a group. */
export function withParts(root: RuleGroup, path: string, parts: readonly RulePart[]): RuleGroup {
  return changed(root, path, (group) => withOf(group, [...group.of, ...parts]));
}

/** The tree with another group in the place of one; its parts stay. */
export function withHead(root: RuleGroup, path: string, head: (group: RuleGroup) => RuleGroup): RuleGroup {
  return changed(root, path, (group) => withOf(head(group), group.of));
}

/** The tree without the part at a path. */
export function withoutPart(root: RuleGroup, path: string): RuleGroup {
  const place = stepsOf(path).at(-1);
  return changed(root, parentOf(path) ?? '', (group) =>
    withOf(
      group,
      (group.of as readonly RulePart[]).filter((_, index) => index !== place),
    ),
  );
}

/** The tree with a part one place up or down in its group; at the edge nothing changes. */
export function withMoved(root: RuleGroup, path: string, by: -1 | 1): RuleGroup {
  const from = stepsOf(path).at(-1) ?? 0;
  return changed(root, parentOf(path) ?? '', (group) => {
    const parts: RulePart[] = [...group.of];
    const to = from + by;
    if (to < 0 || to >= parts.length) return group;
    const [part] = parts.splice(from, 1);
    parts.splice(to, 0, part as RulePart);
    return withOf(group, parts);
  });
}

/** The tree with a part moved to the end of another group, which must not lie within it. */
export function withPlaced(root: RuleGroup, path: string, into: string): RuleGroup {
  const part = partAt(root, path);
  if (part === null || path === '' || into === path || into.startsWith(`${path}.`)) return root;
  if (parentOf(path) === into) return root;
  const group = groupAt(root, into);
  if (group === null || (group.kind === 'credits' && typeof part !== 'string')) return root;
  // Added first, so that the path of the group still holds; taking the old place away moves nothing before it.
  return withoutPart(withParts(root, into, [part]), path);
}

/** The tree with one code of a unit in the place of another. */
export function withRenamed(root: RuleGroup, before: string, after: string): RuleGroup {
  const parts: readonly RulePart[] = root.of;
  return withOf(
    root,
    parts.map((part) =>
      typeof part === 'string' ? (part === before ? after : part) : withRenamed(part, before, after),
    ),
  );
}

/** The tree without a unit, wherever it stands. */
export function withoutUnit(root: RuleGroup, code: string): RuleGroup {
  const parts: readonly RulePart[] = root.of;
  return withOf(
    root,
    parts.filter((part) => part !== code).map((part) => (typeof part === 'string' ? part : withoutUnit(part, code))),
  );
}

const stepsOf = (path: string): number[] => (path === '' ? [] : path.split('.').map(Number));
const below = (path: string, index: number): string => (path === '' ? String(index) : `${path}.${index}`);

function withOf(group: RuleGroup, of: readonly RulePart[]): RuleGroup {
  if (group.kind !== 'credits') return { ...group, of };
  // A group of credits holds units alone.
  return { ...group, of: of.filter((part): part is string => typeof part === 'string') };
}

function changed(root: RuleGroup, path: string, change: (group: RuleGroup) => RuleGroup): RuleGroup {
  const [first, ...rest] = stepsOf(path);
  if (first === undefined) return change(root);
  const parts: readonly RulePart[] = root.of;
  return withOf(
    root,
    parts.map((part, index) =>
      index === first && typeof part !== 'string' ? changed(part, rest.join('.'), change) : part,
    ),
  );
}

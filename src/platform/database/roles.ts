/**
 * The database roles of one installation. Two of them log in: `application` (everything but saving answers) and
 * `delivery` (saving answers, nothing else). Neither owns a table, is a superuser or passes row-level security.
 * `application` has almost no rights of its own: each transaction becomes one of the other roles (`set role`),
 * according to who is asking, and the policies of the tables name these.
 */
const ROLE_KINDS = ['application', 'delivery', 'centre', 'body', 'person', 'visitor', 'seat', 'system'] as const;
export type RoleKind = (typeof ROLE_KINDS)[number];

/** The roles that a transaction can become, one simple policy each. */
export type ScopeRole = Exclude<RoleKind, 'application' | 'delivery'>;

export type RoleNames = Record<RoleKind, string>;

/** Role names carry the database's name: roles belong to a whole server, which may hold several installations. */
export function roleNamesFor(database: string): RoleNames {
  const prefix = database
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '_')
    .slice(0, 40);
  return Object.fromEntries(ROLE_KINDS.map((kind) => [kind, `${prefix}_${kind}`])) as RoleNames;
}

/** Puts the role names into the text of a migration: `{{centre}}` and so on. */
export function nameRoles(sqlText: string, names: RoleNames): string {
  return sqlText.replace(/\{\{(\w+)\}\}/g, (_, kind: string) => {
    const name = names[kind as RoleKind];
    if (!name) throw new Error(`migration names an unknown role {{${kind}}}`);
    return `"${name}"`;
  });
}

/**
 * Row-level security alone: the application's checks are off, a connection as the very role the server uses asks every
 * table of the catalogue for everything, once as each of two centres. Problems come back as sentences.
 */
import pg from 'pg';
import { urlForRole } from '#platform/database/migrate.ts';
import type { RoleNames } from '#platform/database/roles.ts';
import { asSuperuser, type TestDatabase } from '#test/database.ts';

/** Tables that say nothing of any centre; what a centre reads there is the same for all. */
const SHARED = new Set([
  'products.products',
  'products.versions',
  'products.units',
  'online_assessments.test_forms',
  'centres_hub.agreement_versions',
  'centres_hub.forms',
  'centres_hub.form_versions',
  'centres_hub.help_videos',
  'centres_hub.help_video_pieces',
]);

/** Tables that no centre may read at all. */
const CLOSED = new Set([
  'products.drafts',
  'products.date_changes',
  'accounts.credentials',
  'accounts.sessions',
  'accounts.first_administrator_links',
  'accounts.mail_requests',
  'accounts.password_resets',
  'accounts.new_account_links',
  'accounts.authenticator_apps',
  'accounts.passkeys',
  'accounts.recovery_codes',
  'accounts.remembered_devices',
  'accounts.pending_log_ins',
  'accounts.passkey_challenges',
  'accounts.suspensions',
  'accounts.merges',
  'accounts.email_changes',
  'accounts.client_artefacts',
  'accounts.client_centres',
  'accounts.client_entries',
  'accounts.client_subjects',
  'accounts.clients',
  'platform.audit_chains',
  'platform.mails',
  'platform.kept_forms',
  'platform.throttles',
  'platform.heartbeat',
  'platform.outages',
  'platform.notifications',
  'platform.notification_ways',
  'platform.digests',
  'connect.notices',
  'connect.notice_versions',
  'connect.notice_readings',
  'connect.notice_acknowledgements',
  'connect.notice_reminders',
  'platform.search_kinds',
  'platform.search_entries',
  'platform.search_lines',
  'web_portal.candidate_merges',
  'web_portal.account_codes',
  'web_portal.transfers',
  'web_portal.transfer_events',
  'centres_hub.applications',
  'centres_hub.application_steps',
  'centres_hub.application_checks',
  'centres_hub.application_reports',
  'online_assessments.item_banks',
  'online_assessments.imports',
  'online_assessments.pictures',
  'online_assessments.items',
  'online_assessments.item_versions',
  'online_assessments.item_keys',
  'online_assessments.item_pictures',
  'online_assessments.sitting_papers',
]);

/** Tables whose rows belong to a person or an organisation: the centre of a row, as SQL over its alias t. */
const OWNER: Record<string, string> = {
  'accounts.organisations': "case t.kind when 'centre' then t.id end",
  'accounts.people':
    '(select min(m.organisation_id::text)::uuid from accounts.memberships m where m.person_id = t.id having count(distinct m.organisation_id) = 1)',
  'accounts.memberships': 't.organisation_id',
  'accounts.pins': 't.organisation_id',
  'accounts.invitations': 't.organisation_id',
  'centres_hub.centres': 't.id',
  'web_portal.candidates':
    '(select min(j.centre_id::text)::uuid from web_portal.centre_candidates j where j.candidate_id = t.id having count(*) = 1)',
  'web_portal.former_candidates':
    '(select min(j.centre_id::text)::uuid from web_portal.centre_candidates j where j.candidate_id = t.candidate_id having count(*) = 1)',
  'web_portal.account_links':
    '(select min(j.centre_id::text)::uuid from web_portal.centre_candidates j where j.candidate_id = t.candidate_id having count(*) = 1)',
  'certificates.extensions':
    '(select min(e.centre_id::text)::uuid from certificates.extended_awards e where e.extension_id = t.id having count(distinct e.centre_id) = 1)',
  'online_assessments.answers': '(select s.centre_id from online_assessments.sittings s where s.id = t.sitting_id)',
  'platform.submissions':
    '(select min(m.organisation_id::text)::uuid from accounts.memberships m where m.person_id = t.person_id)',
};

interface Table {
  readonly name: string;
  readonly secured: boolean;
  /** A part of a divided table: read through its whole only. */
  readonly part: boolean;
  readonly owner: string;
  readonly key: string[];
  readonly columns: string[];
}

const CATALOGUE = `
  select n.nspname || '.' || c.relname as name, c.relrowsecurity as secured, c.relispartition as part, pg_get_userbyid(c.relowner) as owner,
    array(select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey) where i.indrelid = c.oid and i.indisprimary)::text[] as key,
    array(select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)::text[] as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'jobs')
  order by 1`;

export interface Finding {
  readonly tables: number;
  /** Rows of the own centre that were read, over all tables. */
  readonly ownRows: number;
  readonly problems: string[];
}

/** Asks as each centre in turn for everything; `numbers` are the two centres' numbers. */
export async function auditRowLevelSecurity(
  database: TestDatabase,
  numbers: readonly [string, string],
): Promise<Finding> {
  const problems: string[] = [];
  return asSuperuser(database.url, async (owner) => {
    const roles = (await owner.query('select roles from public.installation')).rows[0].roles as RoleNames;
    const tables = (await owner.query<Table>(CATALOGUE)).rows;
    const centres = await Promise.all(
      numbers.map(
        async (number) =>
          (await owner.query('select id from accounts.organisations where number = $1', [number])).rows[0].id as string,
      ),
    );

    const server = new pg.Client({
      connectionString: urlForRole(database.url, roles.application, database.keys.database.application),
    });
    await server.connect();
    problems.push(...(await roleProblems(server, tables)));
    let ownRows = 0;
    try {
      for (const table of tables) {
        if (!table.secured) problems.push(`${table.name}: row-level security is off`);
        const rowCentre = centreOf(table);
        if (!rowCentre && !SHARED.has(table.name) && !isClosed(table))
          problems.push(`${table.name}: nothing says whose its rows are; add it to this test`);
        for (const [index, centre] of centres.entries()) {
          const visible = await visibleKeys(server, roles, table, centre);
          if (isClosed(table) && visible.size)
            problems.push(`${table.name}: centre ${numbers[index]} reads ${visible.size} rows of a closed table`);
          if (!rowCentre) continue;
          const { rows } = await owner.query(
            `select ${keyText(table)} as key, (${rowCentre})::text as centre from ${table.name} t`,
          );
          const foreign = rows.filter((row) => row.centre && row.centre !== centre && visible.has(row.key));
          const own = rows.filter((row) => row.centre === centre);
          const ownVisible = own.filter((row) => visible.has(row.key)).length;
          if (foreign.length)
            problems.push(`${table.name}: centre ${numbers[index]} reads ${foreign.length} rows of another centre`);
          if (own.length && !ownVisible && table.name !== 'platform.submissions' && table.name !== 'accounts.pins')
            problems.push(`${table.name}: centre ${numbers[index]} reads none of its own ${own.length} rows`);
          ownRows += ownVisible;
        }
      }
    } finally {
      await server.end();
    }
    return { tables: tables.length, ownRows, problems };
  });
}

const keyText = (table: Table) => `concat_ws('|', ${table.key.map((column) => `t.${column}`).join(', ')})`;

const isClosed = (table: Table) => table.part || CLOSED.has(table.name);

function centreOf(table: Table): string | null {
  if (isClosed(table) || SHARED.has(table.name)) return null;
  return OWNER[table.name] ?? (table.columns.includes('centre_id') ? 't.centre_id' : null);
}

/** The server's role: neither owner of any table nor superuser nor past row-level security. */
async function roleProblems(server: pg.Client, tables: readonly Table[]): Promise<string[]> {
  const { rows } = await server.query(
    'select current_user as name, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user',
  );
  const role = rows[0];
  const found: string[] = [];
  if (role.rolsuper || role.rolbypassrls || role.rolcreaterole)
    found.push(`${role.name} is more than the server's role may be`);
  for (const table of tables) if (table.owner === role.name) found.push(`${role.name} owns ${table.name}`);
  return found;
}

/** The keys of all rows a centre's person gets who asks for everything; a denied table gives none. */
async function visibleKeys(server: pg.Client, roles: RoleNames, table: Table, centre: string): Promise<Set<string>> {
  await server.query('begin');
  try {
    await server.query("select set_config('role', $1, true), set_config('imi.centre_id', $2, true)", [
      roles.centre,
      centre,
    ]);
    const { rows } = await server.query(`select ${keyText(table)} as key from ${table.name} t`);
    return new Set(rows.map((row) => row.key));
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return new Set();
    throw error;
  } finally {
    await server.query('rollback');
  }
}

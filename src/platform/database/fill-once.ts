import pg from 'pg';

const LOCK = 7_031_004;

/**
 * Fills an empty database once. A filling that was cut off half-way (a crash in the first start) is taken back wholly
 * by `clear` before the next try, so that nobody ever works with half of it. Several processes may call it at once.
 */
export async function fillOnce(
  adminUrl: string,
  steps: { isEmpty: () => Promise<boolean>; fill: () => Promise<void>; migrate: () => Promise<void> },
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'imi-connect fill' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const { rows } = await client.query('select filling from public.installation');
    if (rows[0]?.filling === 'begun') {
      await clear(client);
      await steps.migrate();
    }
    if (!(await steps.isEmpty())) return;
    await client.query("update public.installation set filling = 'begun'");
    await steps.fill();
    await client.query("update public.installation set filling = 'complete'");
  } finally {
    await client.end();
  }
}

/** Drops the product's own schemas; only ever called for a database in which no filling was completed. */
async function clear(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    "select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')",
  );
  for (const { nspname } of rows) await client.query(`drop schema ${client.escapeIdentifier(nspname)} cascade`);
  await client.query('delete from public.migrations');
  await client.query('update public.installation set filling = null');
}

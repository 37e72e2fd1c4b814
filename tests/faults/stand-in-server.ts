/** The server process with a very small application in place of ours: what is tested here is starting and stopping. */
import Fastify from 'fastify';
import pg from 'pg';
import { runServer } from '../../src/platform/process/run-server.ts';

await runServer(async () => async ({ settings, databaseUrl }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  pool.on('error', () => {});
  // Several may start at once, and "if not exists" alone does not stand that.
  await pool.query(
    'begin; select pg_advisory_xact_lock(1); create table if not exists kept (id bigint primary key); commit',
  );
  const app = Fastify({ forceCloseConnections: true });
  app.get('/health', async () => ({ port: settings.port }));
  app.get('/postmaster', async () => {
    const { rows } = await pool.query("select pg_read_file('postmaster.pid') as text");
    return Number.parseInt(rows[0].text, 10);
  });
  app.get('/kept', async () => (await pool.query('select id::int from kept order by id')).rows.map(({ id }) => id));
  app.post<{ Params: { id: string } }>('/keep/:id', async ({ params }) => {
    await pool.query('insert into kept values ($1) on conflict do nothing', [params.id]);
    return 'kept';
  });
  app.post('/break', async () => {
    setImmediate(() => {
      throw new Error('planted: nobody catches this');
    });
    return 'breaking';
  });
  return {
    app,
    whoCanLogIn: ['coordinator can log in'],
    close: async () => {
      await app.close();
      await pool.end();
    },
  };
});

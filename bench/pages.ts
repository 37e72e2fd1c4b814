/** Processor time of pages, PostgreSQL included, against a bare server that sends the same bytes. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { PlainBrowser } from '#test/application.ts';
import { percentile, report } from './figure.ts';
import { logInAs } from './people.ts';
import { removeFolder, startProduct, temporaryFolder } from './product.ts';

const PAGES: readonly (readonly [name: string, username: string, url: string])[] = [
  ['pages.candidates', 'coordinator', '/web-portal/candidates'],
  ['pages.home', 'coordinator', '/home'],
  ['pages.users', 'coordinator', '/centres-hub/users'],
  ['pages.products', 'coordinator', '/products'],
  ['pages.login', '', '/login'],
];
const WARM_UP = 100;
const REQUESTS = 500;

export async function measurePages(): Promise<void> {
  const folder = await temporaryFolder();
  const product = await startProduct({ dataDir: join(folder, 'data') });
  try {
    for (const [name, username, url] of PAGES) {
      const browser = username ? await logInAs(product.url, username) : new PlainBrowser(product.url);
      const { text } = await browser.get(url);
      await visit(browser, url, WARM_UP);
      const before = await product.cpuMs();
      const times = await visit(browser, url, REQUESTS);
      const after = await product.cpuMs();
      const server = (after.server - before.server) / REQUESTS;
      const database = (after.database - before.database) / REQUESTS;
      const reference = {
        what: `ms of processor time of a bare node:http server for the same ${text.length} bytes`,
        value: await bareCost(text),
      };
      const goal =
        name === 'pages.candidates' ? 'at most 3 ms of processor time a page, PostgreSQL included' : 'none of its own';
      report({
        name,
        value: server + database,
        unit: `ms of processor time (server ${server.toFixed(2)}, PostgreSQL ${database.toFixed(2)})`,
        reference,
        goal,
      });
      report({
        name: `${name}.p95`,
        value: percentile(times, 0.95),
        unit: 'ms',
        reference: { what: 'median of the same requests, ms', value: percentile(times, 0.5) },
        goal: 'none of its own',
      });
    }
  } finally {
    await product.stop();
    await removeFolder(folder);
  }
}

async function visit(browser: PlainBrowser, url: string, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const from = performance.now();
    const { status } = await browser.get(url);
    if (status !== 200) throw new Error(`${url} answered ${status}`);
    times.push(performance.now() - from);
  }
  return times;
}

/** In this process, so the cost counts the client too; it is the lower bound of any server here, not a rival. */
async function bareCost(text: string): Promise<number> {
  const server = createServer((_request, response) => response.end(text));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const browser = new PlainBrowser(`http://127.0.0.1:${port}`);
  await visit(browser, '/', WARM_UP);
  const before = process.cpuUsage();
  await visit(browser, '/', REQUESTS);
  const { user, system } = process.cpuUsage(before);
  server.close();
  server.closeAllConnections();
  return (user + system) / 1000 / REQUESTS;
}

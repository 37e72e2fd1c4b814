/** S6 and T21: what a guessing attack gets through, and whether time tells known names from unknown ones. */
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DEMO_PASSWORD, PlainBrowser } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { attackOneAccount } from '#test/guessing-attack.ts';
import { seeded } from '../tests/faults/kills.ts';
import { percentile, report } from './figure.ts';
import { mannWhitney } from './mann-whitney.ts';
import { removeFolder, startProduct, temporaryFolder } from './product.ts';

const EACH = 500;
const ADDRESSES = 100;
/** How much slower the control answers known names. */
const CONTROL_MS = 5;

interface Way {
  readonly name: string;
  readonly path: string;
  readonly fields: (address: string) => Record<string, string>;
}

const WAYS: readonly Way[] = [
  { name: 'forgotten-username', path: '/forgotten', fields: (email) => ({ forgotten: 'username', email }) },
  { name: 'forgotten-password', path: '/forgotten', fields: (account) => ({ forgotten: 'password', account }) },
  {
    name: 'create-account',
    path: '/create-account',
    fields: (email) => ({ email, givenNames: 'Nora', familyName: 'Field' }),
  },
  { name: 'log-in', path: '/login', fields: (username) => ({ username, password: 'Wrong-Password-1' }) },
];

const addressOf = (kind: string, index: number) => `${kind}.${String(index).padStart(4, '0')}@public.example`;
const KNOWN = Array.from({ length: EACH }, (_, index) => addressOf('nora', index));
const UNKNOWN = Array.from({ length: EACH }, (_, index) => addressOf('nell', index));

export async function measureGuessing(): Promise<void> {
  const given = process.argv.find((word) => word.startsWith('--seed='));
  const seed = given ? Number(given.split('=')[1]) : Date.now() % 1_000_000;
  const folder = await temporaryFolder();
  const product = await startProduct({ dataDir: join(folder, 'data'), env: { TRUST_PROXY: 'loopback' } });
  const adminUrl = await product.adminUrl();
  const forgetCounts = () => asSuperuser(adminUrl, (client) => client.query('delete from platform.throttles'));
  try {
    await measureAttack(product.url, seed);
    await addPeople(adminUrl);
    for (const way of WAYS) {
      await compare(
        { url: product.url, forgetCounts },
        way,
        `guessing.${way.name}`,
        seed,
        'above 0.01: time does not tell',
      );
    }
    const control = await slowForKnown(product.url);
    const way = WAYS.find(({ name }) => name === 'create-account') as Way;
    const goal = `below 0.01: the control answers known addresses ${CONTROL_MS} ms later and must be found out`;
    await compare({ url: control.url, forgetCounts }, way, 'guessing.control', seed, goal);
    control.server.close();
    control.server.closeAllConnections();
  } finally {
    await product.stop();
    await removeFolder(folder);
  }
}

async function measureAttack(url: string, seed: number): Promise<void> {
  const began = performance.now();
  const before = await new PlainBrowser(url).post('/login', { username: 'coordinator', password: DEMO_PASSWORD });
  const undisturbed = performance.now() - began;
  if (before.status !== 303) throw new Error(`The owner could not log in: ${before.status}`);
  const figures = await attackOneAccount({
    url,
    names: ['coordinator', 'marguerite.holloway-finch@northgate.example'],
    password: DEMO_PASSWORD,
    addresses: ADDRESSES,
    guessesEach: 5,
  });
  report({
    name: 'guessing.counted',
    value: figures.answeredAsWrong,
    unit: `guesses at one account, by username and address, that counted in 5 minutes${figures.attackerGotIn ? '; THE ATTACKER GOT IN' : ''}`,
    reference: { what: `guesses sent from ${ADDRESSES} addresses`, value: figures.sent },
    goal: 'at most 10',
    seed,
  });
  report({
    name: 'guessing.owner',
    value: figures.ownerGotIn ? figures.ownerMs : -1,
    unit: "ms of the owner's log-in from the known device after the attack; -1: locked out",
    reference: { what: 'ms of a log-in before it', value: undisturbed },
    goal: 'not -1',
    seed,
  });
}

/** The known addresses: people with accounts, confirmed, who share the password hash of the demonstration. */
async function addPeople(adminUrl: string): Promise<void> {
  await asSuperuser(adminUrl, (client) =>
    client.query(
      `with made as (
         insert into accounts.people (given_names, family_name, email, email_confirmed_at)
         select 'Nora', 'Field', email, now() from unnest($1::text[]) as email returning id, email)
       insert into accounts.credentials (person_id, username, password_hash)
       select id, replace(email, '@', '-at-'), (select password_hash from accounts.credentials where username = 'member') from made`,
      [KNOWN],
    ),
  );
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = seeded(seed);
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

/** Asks for all known and unknown addresses in mixed order, each from a network address of its own. */
async function compare(
  { url, forgetCounts }: { url: string; forgetCounts: () => Promise<unknown> },
  way: Way,
  name: string,
  seed: number,
  goal: string,
): Promise<void> {
  const times = { known: [] as number[], unknown: [] as number[] };
  const answers = new Set<string>();
  const order = shuffled(
    [
      ...KNOWN.map((address) => ({ address, kind: 'known' as const })),
      ...UNKNOWN.map((address) => ({ address, kind: 'unknown' as const })),
    ],
    seed,
  );
  const send = async (address: string, from: string) => {
    const began = performance.now();
    const answer = await new PlainBrowser(url).post(way.path, way.fields(address), { 'x-forwarded-for': from });
    return { ms: performance.now() - began, answer };
  };
  for (let warm = 0; warm < 20; warm++) await send(addressOf('warm', warm), `192.0.2.${warm}`);
  await forgetCounts();
  for (const [index, { address, kind }] of order.entries()) {
    const { ms, answer } = await send(address, `10.1.${index >> 8}.${index & 255}`);
    times[kind].push(ms);
    answers.add(JSON.stringify([answer.status, answer.location, answer.text.replaceAll(address, 'TYPED')]));
  }
  const { p, share } = mannWhitney(times.known, times.unknown);
  const median = (list: readonly number[]) => percentile(list, 0.5).toFixed(2);
  report({
    name: `${name}.p`,
    value: p,
    unit: `Mann-Whitney p of 2 x ${EACH}, medians ${median(times.known)} ms known, ${median(times.unknown)} ms unknown, known slower in ${(share * 100).toFixed(1)} % of pairs`,
    reference: { what: 'the p that divides', value: 0.01 },
    goal,
    seed,
  });
  report({
    name: `${name}.answers`,
    value: answers.size,
    unit: 'different answers, the typed address taken out',
    reference: { what: 'requests', value: order.length },
    goal: '1',
    seed,
  });
}

/** A server in front of the product that answers known addresses later: what the comparison must find. */
async function slowForKnown(target: string): Promise<{ url: string; server: Server }> {
  const known = new Set(KNOWN);
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    const { host: _, 'content-length': _length, connection: _connection, ...headers } = request.headers;
    const answer = await fetch(new URL(request.url ?? '/', target), {
      method: request.method ?? 'POST',
      redirect: 'manual',
      headers: headers as Record<string, string>,
      body,
    });
    const text = await answer.text();
    if (known.has(new URLSearchParams(body).get('email') ?? '')) await wait(CONTROL_MS);
    response.writeHead(answer.status, { location: answer.headers.get('location') ?? '' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, server };
}

import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../process/operator-error.ts';

/** Everything that may be set from outside, read once at the start. All of it is optional. */
export interface Settings {
  /** TCP port to listen on. 0 means any free one. `PORT`, default 3000. */
  readonly port: number;
  /** Address or name to listen on. `HOST`, default 127.0.0.1: this machine alone. */
  readonly host: string;
  /** True while only this machine can reach the server; the development mailbox exists only then. */
  readonly loopback: boolean;
  /** Absolute folder of everything that must be kept: database, files, keys. `DATA_DIR`, default `data`. */
  readonly dataDir: string;
  /** A PostgreSQL 18 or newer, as a user that may create roles and schemas. `DATABASE_URL`, default: our own in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Where people reach the site, without a slash at the end; links in e-mails begin with it. `PUBLIC_URL`, default: host and port. */
  readonly publicUrl: string;
  /** Mail server, smtp:// or smtps://. `MAIL_URL`; without it mail stays in the database. */
  readonly mailUrl: string | undefined;
  /** Absolute folder of the keys; several processes may share it. `KEYS_DIR`, default `keys` in `dataDir`. */
  readonly keysDir: string;
  /** Absolute paths of the PEM files of certificate and private key; set together. `TLS_CERT`, `TLS_KEY`. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** Proxies whose X-Forwarded headers are believed, as Fastify's `trustProxy`. `TRUST_PROXY`: addresses, ranges or a number of hops. */
  readonly trustProxy: false | number | string[];
  /** Whether the first start fills the database with the demonstration centres. `DEMO`, on or off; default on. */
  readonly demo: boolean;
  /** Whether the awarding body's people and coordinators must have a second factor. `SECOND_FACTOR`, required or offered; default required. */
  readonly secondFactor: 'required' | 'offered';
  /** Which web addresses of centres are told of events: those of the public internet by https, or any, for development. `WEBHOOK_TARGETS`, public or any; default public. */
  readonly webhookTargets: 'public' | 'any';
  /** Absolute folder of material that tests import, if given. `FIXTURES_DIR`. */
  readonly fixturesDir: string | undefined;
}

/** A setting that cannot be used. The message is one sentence that names it and says what to write instead. */
export class SettingsError extends OperatorError {
  override name = 'SettingsError';
}

const text = z.string().trim().min(1);

function urlOf(protocols: readonly string[], more: (url: URL) => boolean = () => true) {
  return text.refine((value) => {
    const url = URL.parse(value);
    return url !== null && protocols.includes(url.protocol) && url.hostname !== '' && more(url);
  });
}

const RANGE_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

function isProxy(value: string): boolean {
  if (RANGE_NAMES.includes(value)) return true;
  const [address = '', bits, more] = value.split('/');
  const version = isIP(address);
  if (!version || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** Each setting: how it is checked, and the words for what to write instead. */
const RULES = {
  PORT: [
    z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.number().max(65535)),
    'a number from 0 to 65535, for example 3000',
  ],
  HOST: [
    z
      .string()
      .refine(
        (value) =>
          isIP(value) > 0 ||
          /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(value),
      ),
    'the address or name to listen on, for example 127.0.0.1',
  ],
  DATA_DIR: [text, 'the path of a folder, for example ./data'],
  DATABASE_URL: [
    urlOf(['postgres:', 'postgresql:'], (url) => url.pathname.length > 1),
    'the address of a PostgreSQL database, for example postgres://user:password@127.0.0.1:5432/imi_connect',
  ],
  PUBLIC_URL: [
    urlOf(['http:', 'https:'], (url) => url.pathname === '/' && !url.search && !url.hash && !url.username),
    'the address where people reach the site, without a path, for example https://connect.example.org',
  ],
  MAIL_URL: [
    urlOf(['smtp:', 'smtps:']),
    'the address of a mail server, for example smtps://user:password@mail.example.org:465',
  ],
  KEYS_DIR: [text, 'the path of a folder that only the server can read, for example /etc/imi-connect/keys'],
  TLS_CERT: [text.refine((value) => existsSync(value)), 'the path of a certificate file in PEM form that exists'],
  TLS_KEY: [text.refine((value) => existsSync(value)), 'the path of a private key file in PEM form that exists'],
  TRUST_PROXY: [
    text.refine((value) => /^[1-9]\d?$/.test(value) || value.split(',').every((part) => isProxy(part.trim()))),
    'the addresses of your proxies, for example 10.0.0.5 or 10.0.0.0/8, or how many stand in front, for example 1',
  ],
  DEMO: [z.enum(['on', 'off']), 'on or off'],
  SECOND_FACTOR: [z.enum(['required', 'offered']), 'required or offered'],
  WEBHOOK_TARGETS: [z.enum(['public', 'any']), 'public or any'],
  FIXTURES_DIR: [text.refine((value) => existsSync(value)), 'the path of a folder that exists'],
} as const satisfies Record<string, readonly [z.ZodType<unknown, string>, string]>;

type Name = keyof typeof RULES;
/** Settings that hold a password: the sentence about them does not repeat the value. */
const SECRET: readonly Name[] = ['DATABASE_URL', 'MAIL_URL'];

/**
 * Reads the settings from an environment. An empty value counts as not set. Throws SettingsError for the first one
 * that cannot be used. Pure but for looking whether named files exist; relative paths start at `folder`.
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  folder: string = process.cwd(),
): Settings {
  function read<N extends Name>(name: N): z.output<(typeof RULES)[N][0]> | undefined {
    const value = env[name];
    if (value === undefined || value.trim() === '') return undefined;
    const [schema, wanted] = RULES[name];
    const result = schema.safeParse(value);
    if (result.success) return result.data as z.output<(typeof RULES)[N][0]>;
    const given = SECRET.includes(name) ? 'the value it has' : `"${value}"`;
    throw new SettingsError(`${name} cannot be ${given}: write ${wanted}.`);
  }
  const at = (value: string) => path.resolve(folder, value);

  const port = read('PORT') ?? 3000;
  const host = read('HOST') ?? '127.0.0.1';
  const dataDir = at(read('DATA_DIR') ?? 'data');
  const keysDir = read('KEYS_DIR');
  const cert = read('TLS_CERT');
  const key = read('TLS_KEY');
  if (cert && !key)
    throw new SettingsError('TLS_CERT needs TLS_KEY: write the path of its private key file in TLS_KEY.');
  if (key && !cert)
    throw new SettingsError('TLS_KEY needs TLS_CERT: write the path of its certificate file in TLS_CERT.');
  const tls = cert && key ? { cert: at(cert), key: at(key) } : undefined;
  const proxy = read('TRUST_PROXY');
  const loopback = isLoopback(host);
  if (!loopback && !tls && !proxy) {
    throw new SettingsError(
      `HOST "${host}" can be reached from other machines, where browsers need TLS: set TLS_CERT and TLS_KEY, or name the proxy that provides it in TRUST_PROXY, or leave HOST at 127.0.0.1.`,
    );
  }
  const fixtures = read('FIXTURES_DIR');
  return {
    port,
    host,
    loopback,
    dataDir,
    databaseUrl: read('DATABASE_URL'),
    publicUrl: read('PUBLIC_URL')?.replace(/\/+$/, '') ?? addressOf(host, port, tls !== undefined),
    mailUrl: read('MAIL_URL'),
    keysDir: keysDir ? at(keysDir) : path.join(dataDir, 'keys'),
    tls,
    trustProxy:
      proxy === undefined ? false : /^\d+$/.test(proxy) ? Number(proxy) : proxy.split(',').map((part) => part.trim()),
    demo: (read('DEMO') ?? 'on') === 'on',
    secondFactor: read('SECOND_FACTOR') ?? 'required',
    webhookTargets: read('WEBHOOK_TARGETS') ?? 'public',
    fixturesDir: fixtures === undefined ? undefined : at(fixtures),
  };
}

/** True for addresses that only this machine can reach. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** The address of a server that listens on this host and port, as a person would type it. */
export function addressOf(host: string, port: number, tls: boolean): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : isIP(host) === 6 ? `[${host}]` : host;
  const scheme = tls ? 'https' : 'http';
  return port === (tls ? 443 : 80) ? `${scheme}://${name}` : `${scheme}://${name}:${port}`;
}

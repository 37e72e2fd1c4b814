import { Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely';
import pg from 'pg';
import {
  type AuditEntry,
  type AuditKind,
  type AuditSubject,
  appendAuditEvent,
  appendAuditEvents,
} from '../audit/audit.ts';
import type { Clock } from '../clock/clock.ts';
import { type Notification, writeNotification } from '../notifications/write-notification.ts';
import type { Capability } from '../permissions/capabilities.ts';
import { type DatabaseIdentity, identityFor, type Principal, sentBy } from '../permissions/principal.ts';
import type { RoleNames } from './roles.ts';
import type { Schema } from './schema.ts';

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));

/** The part of Kysely that reads. */
export type Queries = Pick<Kysely<Schema>, 'selectFrom' | 'selectNoFrom' | 'with' | 'withRecursive' | 'fn' | 'dynamic'>;

/** Reads on behalf of one principal, in one read-only transaction. */
export interface Reader {
  readonly db: Queries;
  readonly principal: Principal;
  readonly identity: DatabaseIdentity;
  readonly now: Date;
  /** Runs a hand-written query: sql`select ...`. */
  rows<Row>(query: RawBuilder<Row>): Promise<Row[]>;
}

export interface Mail {
  /** What the mail is about: "centres-hub.invitation". */
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  /** Plain text; says why it came. */
  readonly body: string;
  readonly personId?: string;
}

/** Reads and writes on behalf of one principal, in one transaction that commits or leaves nothing. */
export interface Writer extends Omit<Reader, 'db'> {
  readonly db: Transaction<Schema>;
  /** Records what happened, in this transaction. `centreId` where it is not the acting centre. */
  audit<Payload>(
    kind: AuditKind<Payload>,
    subject: AuditSubject,
    payload: Payload,
    centreId?: string | null,
  ): Promise<void>;
  /** Records many events of one kind at one centre, in one statement. */
  auditMany<Payload>(
    kind: AuditKind<Payload>,
    entries: readonly AuditEntry<Payload>[],
    centreId: string,
  ): Promise<void>;
  /** Writes a mail, in this transaction; a job sends it after the commit. */
  mail(mail: Mail): Promise<void>;
  /** Tells people of it, in this transaction, each the way he or she chose; returns to how many. */
  notify(notification: Notification): Promise<number>;
}

/** The form was sent before with the same submission id: go to where the first one led. */
export class AlreadySubmitted extends Error {
  readonly location: string;
  constructor(location: string) {
    super('This form was already sent.');
    this.location = location;
  }
}

export interface TransactionOptions {
  /** The capability in whose scope it runs; without one, the person's own records. */
  readonly capability?: Capability;
  readonly requestId?: string | null;
  /** The form's submission id: the same id takes effect once (see `submissionLedTo`). */
  readonly submission?: string | null;
}

export interface DatabaseOptions {
  /** Address of the database as the role `application`. */
  readonly url: string;
  readonly roles: RoleNames;
  readonly clock: Clock;
  readonly connections?: number;
}

/** The database, as the application's role sees it: every access says who is asking. */
export class Database {
  readonly pool: pg.Pool;
  readonly #kysely: Kysely<Schema>;
  readonly #roles: RoleNames;
  readonly #clock: Clock;

  constructor({ url, roles, clock, connections = 10 }: DatabaseOptions) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: connections,
      application_name: 'imi-connect',
      idleTimeoutMillis: 60_000,
      // Who waits longer for a connection is told that the service is not available, instead of waiting without end.
      connectionTimeoutMillis: 15_000,
    });
    // A connection that dies while idle, in the pool or between two statements of whoever holds it, is replaced; without
    // a listener it would end the process.
    this.pool.on('error', () => {});
    this.pool.on('connect', (client) => client.on('error', () => {}));
    this.#kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: this.pool }) });
    this.#roles = roles;
    this.#clock = clock;
  }

  /** Runs `work` in a read-only transaction in the scope of the principal. */
  async read<T>(
    principal: Principal,
    work: (reader: Reader) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const identity = identityFor(principal, options.capability ?? null);
    return this.#kysely.connection().execute(async (connection) => {
      // One round trip instead of two: every page pays for it.
      await sql.raw(`start transaction read only; ${this.#identitySql(identity)}`).execute(connection);
      try {
        const result = await work({
          db: connection,
          principal,
          identity,
          now: this.#clock.now(),
          rows: async (query) => (await query.execute(connection)).rows,
        });
        await sql.raw('commit').execute(connection);
        return result;
      } catch (error) {
        // A connection that is gone has rolled back by itself.
        await sql
          .raw('rollback')
          .execute(connection)
          .catch(() => {});
        throw error;
      }
    });
  }

  /** Runs `work` in a transaction in the scope of the principal. Throws `AlreadySubmitted` for a repeated submission. */
  async write<T>(
    principal: Principal,
    work: (writer: Writer) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const identity = identityFor(principal, options.capability ?? null);
    const now = this.#clock.now();
    const requestId = options.requestId ?? null;
    return this.#kysely.transaction().execute(async (transaction) => {
      await sql.raw(this.#identitySql(identity)).execute(transaction);
      if (options.submission) await claimSubmission(transaction, identity, options.submission);
      return work({
        db: transaction,
        principal,
        identity,
        now,
        rows: async (query) => (await query.execute(transaction)).rows,
        audit: (kind, subject, payload, centreId) =>
          appendAuditEvent(transaction, { identity, at: now, kind, subject, payload, requestId, centreId }),
        auditMany: (kind, entries, centreId) =>
          appendAuditEvents(transaction, { identity, at: now, kind, entries, requestId, centreId }),
        mail: async (mail) => {
          await transaction
            .insertInto('platform.mails')
            .values({
              kind: mail.kind,
              to_address: mail.to,
              subject: mail.subject,
              body: mail.body,
              person_id: mail.personId ?? null,
              centre_id: identity.centreId,
              // What people send themselves says in its own words why it came.
              sent_by: mail.personId && mail.personId === identity.personId ? null : sentBy(principal),
              written_at: now,
            })
            .execute();
        },
        notify: (notification) => writeNotification(transaction, identity, now, notification),
      });
    });
  }

  /** Tells PostgreSQL who is asking, until the end of the transaction. */
  #identitySql(identity: DatabaseIdentity): string {
    const values = {
      role: this.#roles[identity.role],
      'imi.centre_id': identity.centreId,
      'imi.person_id': identity.personId,
      'imi.sitting_id': identity.sittingId,
    };
    const sets = Object.entries(values).map(
      ([name, value]) => `set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value ?? '')}, true)`,
    );
    return `select ${sets.join(', ')}`;
  }

  async close(): Promise<void> {
    await this.#kysely.destroy();
  }
}

async function claimSubmission(
  transaction: Transaction<Schema>,
  identity: DatabaseIdentity,
  id: string,
): Promise<void> {
  const claimed = await transaction
    .insertInto('platform.submissions')
    .values({ id, person_id: identity.personId })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (claimed) return;
  const first = await transaction
    .selectFrom('platform.submissions')
    .select('location')
    .where('id', '=', id)
    .executeTakeFirst();
  throw new AlreadySubmitted(first?.location ?? '/');
}

/** Notes where a submitted form led, so that its repetition leads there too. */
export async function submissionLedTo(writer: Writer, id: string, location: string): Promise<void> {
  await writer.db.updateTable('platform.submissions').set({ location }).where('id', '=', id).execute();
}

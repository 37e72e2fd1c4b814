import { sql, type Transaction } from 'kysely';
import type { z } from 'zod';
import type { Schema } from '../database/schema.ts';
import type { DatabaseIdentity } from '../permissions/principal.ts';

/** A kind of audit event: its name ("centres-hub.user-added"), and what each event of it must say. */
export interface AuditKind<Payload = unknown> {
  readonly name: string;
  readonly description: string;
  readonly payload: z.ZodType<Payload>;
}

const kinds = new Map<string, AuditKind>();

/** Declares a kind. The list is closed when the application has been composed; two kinds of one name are an error. */
export function auditKind<Payload>(name: string, description: string, payload: z.ZodType<Payload>): AuditKind<Payload> {
  if (!/^[a-z-]+\.[a-z-]+$/.test(name)) throw new Error(`Audit kind "${name}" must be named system.what-happened.`);
  if (kinds.has(name)) throw new Error(`Audit kind "${name}" is declared twice.`);
  const kind = { name, description, payload };
  kinds.set(name, kind as AuditKind);
  return kind;
}

/** The kind of this name, for pages that show the ledger; undefined for one that is no longer recorded. */
export function auditKindNamed(name: string): AuditKind | undefined {
  return kinds.get(name);
}

export interface AuditSubject {
  readonly kind: string;
  readonly id: string;
}

/** Where no person acts but a program with a key of its centre, the event names the key. */
function saidBy<Payload>({ key }: DatabaseIdentity, payload: Payload): Payload {
  return key ? { ...payload, byKey: key } : payload;
}

/** Records that something happened, in the transaction in which it happened. */
export async function appendAuditEvent<Payload>(
  transaction: Transaction<Schema>,
  event: {
    identity: DatabaseIdentity;
    at: Date;
    kind: AuditKind<Payload>;
    subject: AuditSubject;
    payload: Payload;
    requestId: string | null;
    centreId?: string | null;
  },
): Promise<void> {
  const { identity, at, kind, subject, requestId } = event;
  const payload = saidBy(identity, kind.payload.parse(event.payload));
  const centreId = event.centreId === undefined ? identity.centreId : event.centreId;
  await sql`select platform.append_audit_event(${at}, ${centreId}::uuid, ${identity.personId}::uuid, ${identity.actingOrganisationId}::uuid,
    ${kind.name}, ${subject.kind}, ${subject.id}, ${JSON.stringify(payload)}::jsonb, ${requestId})`.execute(
    transaction,
  );
}

/** One of many events that happen at one moment. */
export interface AuditEntry<Payload> {
  readonly subject: AuditSubject;
  readonly payload: Payload;
}

/** Records many events of one kind, in the order given, in one statement. */
export async function appendAuditEvents<Payload>(
  transaction: Transaction<Schema>,
  events: {
    identity: DatabaseIdentity;
    at: Date;
    kind: AuditKind<Payload>;
    entries: readonly AuditEntry<Payload>[];
    requestId: string | null;
    centreId: string | null;
  },
): Promise<void> {
  const { identity, at, kind, entries, requestId, centreId } = events;
  if (entries.length === 0) return;
  const list = entries.map(({ subject, payload }) => [
    kind.name,
    subject.kind,
    subject.id,
    saidBy(identity, kind.payload.parse(payload)),
  ]);
  await sql`select platform.append_audit_events(${at}, ${centreId}::uuid, ${identity.personId}::uuid,
    ${identity.actingOrganisationId}::uuid, ${JSON.stringify(list)}::jsonb, ${requestId})`.execute(transaction);
}

/**
 * The acknowledged-write checker: the files of the load clients against the database. Every confirmed save is stored
 * once, with the same bytes, in order; every stored row was an intent. Then the ledger's own invariants.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { checkLedger } from '#test/check-ledger.ts';
import type { SeatLog, SentEvent } from '#test/seat-client.ts';

export interface Intent {
  readonly seq: number;
  readonly item: number;
  readonly value: string;
  readonly monotonicMs: number;
  readonly head: string;
}

interface Confirmed {
  readonly seq: number;
  readonly head: string;
  /** As the receipt says it; '-' in the negative control, which holds none. */
  readonly at: string;
}

export interface ClientFiles {
  readonly intents: ReadonlyMap<string, readonly Intent[]>;
  readonly acks: ReadonlyMap<string, readonly Confirmed[]>;
}

export interface CheckedSaves {
  readonly acked: number;
  readonly stored: number;
  /** Each as "sitting place". */
  readonly lost: readonly string[];
  readonly phantom: readonly string[];
  readonly duplicated: readonly string[];
  readonly reordered: readonly string[];
  /** Breaches of the ledger's invariants I1 to I10, in words. */
  readonly problems: readonly string[];
}

async function readLines(file: string, take: (fields: string[]) => void): Promise<void> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const fields = line.split(' ');
    // The last line of a client that was killed may be cut off.
    if (fields.length === 6) take(fields);
  }
}

/** Reads the append-only files of a load client; see load-process.ts for their lines. */
export async function readClientFiles(files: { intents: string; acks: string }): Promise<ClientFiles> {
  const intents = new Map<string, Intent[]>();
  const acks = new Map<string, Confirmed[]>();
  const push = <T>(map: Map<string, T[]>, key: string, value: T) => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };
  await readLines(files.intents, ([sitting = '', seq, item, value = '', monotonicMs, head = '']) =>
    push(intents, sitting, {
      seq: Number(seq),
      item: Number(item),
      value,
      monotonicMs: Number(monotonicMs),
      head,
    }),
  );
  await readLines(files.acks, ([sitting = '', seq, head = '', at = '']) =>
    push(acks, sitting, { seq: Number(seq), head, at }),
  );
  return { intents, acks };
}

export interface StoredRow extends Intent {
  readonly sittingId: string;
  readonly epoch: number;
}

/** The five lists, from what the clients know and what is stored (rows of a sitting in order of their places). */
export function compareSaves(
  { intents, acks }: ClientFiles,
  rows: readonly StoredRow[],
): Omit<CheckedSaves, 'problems'> {
  const [lost, phantom, duplicated, reordered]: string[][] = [[], [], [], []] as never;
  const bySitting = Map.groupBy(rows, ({ sittingId }) => sittingId);
  let acked = 0;
  for (const [sitting, confirmed] of acks) {
    acked += confirmed.length;
    const heads = new Map(bySitting.get(sitting)?.map(({ seq, head }) => [seq, head]));
    let before = 0;
    for (const { seq, head } of confirmed) {
      if (heads.get(seq) !== head) lost?.push(`${sitting} ${seq}`);
      if (seq <= before) reordered?.push(`${sitting} ${seq} was confirmed after ${before}`);
      before = seq;
    }
  }
  for (const [sitting, stored] of bySitting) {
    const meant = new Map(intents.get(sitting)?.map((intent) => [intent.seq, intent]));
    const places = new Set<number>();
    const contents = new Set<string>();
    let before = 0;
    for (const row of stored) {
      const name = `${sitting} ${row.seq}`;
      if (!same(meant.get(row.seq), row)) phantom?.push(name);
      const content = `${row.item} ${row.value} ${row.monotonicMs}`;
      if (places.has(row.seq) || contents.has(content)) duplicated?.push(name);
      // The stamps of a seat ascend, so an order other than that of the intents shows in them.
      if (row.monotonicMs <= before) reordered?.push(name);
      places.add(row.seq);
      contents.add(content);
      before = row.monotonicMs;
    }
  }
  return { acked, stored: rows.length, lost, phantom, duplicated, reordered } as Omit<CheckedSaves, 'problems'>;
}

const same = (intent: Intent | undefined, row: StoredRow) =>
  intent !== undefined &&
  intent.item === row.item &&
  intent.value === row.value &&
  intent.monotonicMs === row.monotonicMs &&
  intent.head === row.head;

/** The sittings that have answers now: those of the demonstration, before a load begins. */
export async function sittingsWithAnswers(adminUrl: string): Promise<ReadonlySet<string>> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ sitting_id: string }>(
      'select distinct sitting_id from online_assessments.answers',
    );
    return new Set(rows.map(({ sitting_id }) => sitting_id));
  } finally {
    await client.end();
  }
}

/**
 * Compares files and database (as the superuser, so that no policy hides a fault), and checks the ledger itself.
 * `before`: sittings that had answers before the clients began; any other row must be an intent of theirs.
 */
export async function checkConfirmed(
  adminUrl: string,
  files: { intents: string; acks: string },
  before: ReadonlySet<string>,
): Promise<CheckedSaves> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  let rows: StoredRow[];
  try {
    const stored = await client.query<{
      sitting_id: string;
      epoch: number;
      seq: number;
      item: number;
      value: string;
      monotonic_ms: string;
      head: Buffer;
    }>(
      'select sitting_id, epoch, seq, item, value, monotonic_ms, head from online_assessments.answers order by sitting_id, seq, epoch',
    );
    const others = stored.rows.filter(({ sitting_id }) => !before.has(sitting_id));
    rows = others.map(({ sitting_id, monotonic_ms, head, ...row }) => ({
      ...row,
      sittingId: sitting_id,
      monotonicMs: Number(monotonic_ms),
      head: head.toString('base64url'),
    }));
  } finally {
    await client.end();
  }
  const clientFiles = await readClientFiles(files);
  const lists = compareSaves(clientFiles, rows);
  const { problems } = await checkLedger(adminUrl, logsOf(clientFiles));
  return { ...lists, problems };
}

/** The same knowledge in the words of the ledger's checker. */
function logsOf({ intents, acks }: ClientFiles): SeatLog[] {
  return [...intents].map(([sittingId, list]) => ({
    sittingId,
    sent: list.map((intent): SentEvent => ({ ...intent, kind: 'answer', previous: '', epoch: 1 })),
    receipts: (acks.get(sittingId) ?? [])
      .filter(({ at }) => at !== '-')
      .map(({ seq, head, at }) => ({ sittingId, epoch: 1, seq, head, at })),
  }));
}

/** Everything that must be empty. */
export function faultsIn(checked: CheckedSaves): string[] {
  const { lost, phantom, duplicated, reordered, problems } = checked;
  return [
    ...lost.map((name) => `lost: ${name}`),
    ...phantom.map((name) => `phantom: ${name}`),
    ...duplicated.map((name) => `duplicated: ${name}`),
    ...reordered.map((name) => `reordered: ${name}`),
    ...problems,
  ];
}

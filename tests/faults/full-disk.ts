/** R9: the disk fills up under load. Nothing that was not stored is called saved, and saving goes on when there is room again. */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CheckedSaves } from './load/check-confirmed.ts';
import { startExamDay } from './load/exam-day.ts';
import { mountSmallDisk } from './small-disk.ts';

export interface FullDiskReport {
  readonly checked: CheckedSaves;
  readonly disk: string;
  readonly ackedBefore: number;
  /** Confirmed while the disk was filling up and full: into space that PostgreSQL had taken before. */
  readonly ackedWhileFull: number;
  readonly ackedAfter: number;
  /** Tries that failed while it was full. */
  readonly failed: number;
  /** Milliseconds from when there was room again to the first save that was sent after that. */
  readonly recoveryMs: number;
  readonly refusals: readonly (readonly [string, number])[];
}

/** A quiet second and a half under load means that nothing can be saved any more. */
const QUIET_MS = 1500;
const DISK_MB = 400;

export async function fillDiskUnderLoad(plan: {
  sittings: number;
  saves: number;
  /** How long the disk stays full after saving has stopped. */
  fullMs: number;
}): Promise<FullDiskReport> {
  const disk = await mountSmallDisk(DISK_MB);
  try {
    const day = await startExamDay({ sittings: plan.sittings, dataDir: join(disk.folder, 'data') });
    try {
      const part = await day.part(plan.sittings);
      const load = part.load();
      await load.untilAcked(plan.saves);
      await disk.fill();
      const ackedBefore = load.counts().acked;
      await untilQuiet(() => load.counts().acked, 60_000);
      await wait(plan.fullMs);
      const { acked, failed } = load.counts();
      const at = Date.now();
      await disk.free();
      const recoveryMs = await load.recoveryFrom(at, 60_000);
      await load.untilAcked(acked + plan.saves, 60_000);
      const end = await load.stop();
      return {
        checked: await part.check(),
        disk: `${disk.kind} of ${DISK_MB} MB`,
        ackedBefore,
        ackedWhileFull: acked - ackedBefore,
        ackedAfter: end.acked - acked,
        failed,
        recoveryMs,
        refusals: end.refusals,
      };
    } finally {
      await day.end();
    }
  } finally {
    await disk.remove();
  }
}

async function untilQuiet(count: () => number, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  for (let last = count(), since = Date.now(); Date.now() - since < QUIET_MS; ) {
    if (Date.now() > until) throw new Error('saves went on although the disk is full');
    await wait(100);
    const now = count();
    if (now !== last) since = Date.now();
    last = now;
  }
}

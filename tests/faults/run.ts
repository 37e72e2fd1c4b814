/**
 * `npm run test:faults -- R1 | R2 | R9 | controls`: the fault tests at length, by the numbers of the proof. Prints what
 * it found and exits 1 when anything is wrong. `--seed=N` runs a schedule again; `--saves=N` asks for more.
 */
import { databaseThatAnswersEarly, sentIsNotSaved } from './controls.ts';
import { cutReplies } from './cut-replies.ts';
import { fillDiskUnderLoad } from './full-disk.ts';
import { killUnderLoad } from './kills.ts';
import { type CheckedSaves, faultsIn } from './load/check-confirmed.ts';
import { cannotMount } from './small-disk.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const seconds = (values: readonly number[]) => values.map((ms) => (ms / 1000).toFixed(2)).join(' ');

function show(checked: CheckedSaves): string[] {
  const { acked, stored, lost, phantom, duplicated, reordered, problems } = checked;
  say(
    `acked ${acked}, stored ${stored}, lost ${lost.length}, phantom ${phantom.length}, duplicated ${duplicated.length}, reordered ${reordered.length}, breaches of the ledger ${problems.length}`,
  );
  const faults = faultsIn(checked);
  for (const fault of faults.slice(0, 10)) say(`  ${fault}`);
  return faults;
}

function option(name: string, otherwise: number): number {
  const given = process.argv.find((word) => word.startsWith(`--${name}=`));
  return given ? Number(given.split('=')[1]) : otherwise;
}

const RUNS: Record<string, () => Promise<boolean>> = {
  async R1() {
    const seed = option('seed', Date.now() % 1_000_000);
    say(`R1 and R6, seed ${seed}: 10 kills of the server and 10 of PostgreSQL under load`);
    const report = await killUnderLoad({
      serverKills: 10,
      databaseKills: 10,
      saves: option('saves', 20_000),
      sittings: 400,
      seed,
      say,
    });
    const faults = show(report.checked);
    say(`first save after a kill of the server, s: ${seconds(report.serverRecoveries)}`);
    say(`first save after a kill of PostgreSQL, s: ${seconds(report.databaseRecoveries)}`);
    say(
      `tries that failed and were sent again: ${report.failed}; refused: ${JSON.stringify(Object.fromEntries(report.refusals))}`,
    );
    if (report.restarts !== 10) say(`the server was started again ${report.restarts} times, not 10: ${report.printed}`);
    return faults.length === 0 && report.checked.acked >= 20_000 && report.failed > 0 && report.restarts === 10;
  },
  async R2() {
    say('R2: answers cut off after the commit');
    const report = await cutReplies({ cuts: option('cuts', 10_000), sittings: 400 });
    const faults = show(report.checked);
    say(
      `cut off ${report.cut}, same signed content at the retry ${report.same}, different ${report.different.length}, unanswered ${report.unanswered.length}`,
    );
    return faults.length === 0 && report.cut > 0 && report.same === report.cut;
  },
  async R9() {
    const why = await cannotMount();
    if (why) {
      say(`R9 was not run: ${why}`);
      return true;
    }
    say('R9: the disk is full');
    const report = await fillDiskUnderLoad({ sittings: 200, saves: 2000, fullMs: 10_000 });
    const faults = show(report.checked);
    say(
      `${report.disk}: ${report.ackedBefore} confirmed before it was full, ${report.ackedWhileFull} into room taken before, then none; ${report.failed} tries failed; first save ${(report.recoveryMs / 1000).toFixed(2)} s after there was room; ${report.ackedAfter} after that`,
    );
    return faults.length === 0 && report.failed > 0 && report.recoveryMs <= 10_000;
  },
  async controls() {
    say('Control of R1: seats that call an answer saved when they have merely sent it');
    const sent = await sentIsNotSaved({ kills: 3, sittings: 200 });
    for (const each of sent) show(each);
    say('Control of R1: a database that answers before it has written');
    const weak = await databaseThatAnswersEarly({ sittings: 400 });
    show(weak.checked);
    say(`a start on that database says: ${weak.startSays || 'nothing'}`);
    return sent.every(({ lost }) => lost.length > 0) && weak.checked.lost.length > 0 && weak.startSays !== '';
  },
};

const [name = ''] = process.argv.slice(2);
const run = RUNS[name];
if (!run) {
  console.error(`Say which: npm run test:faults -- ${Object.keys(RUNS).join(' | ')}`);
  process.exit(1);
}
const good = await run();
say(
  name === 'controls'
    ? good
      ? 'every control went red, as it must'
      : 'A CONTROL STAYED GREEN'
    : good
      ? 'ok'
      : 'NOT OK',
);
process.exit(good ? 0 : 1);

/** R1 and R6: 10 kills of the server and 10 of PostgreSQL under load, and the control that must lose some. */
import { databaseThatAnswersEarly } from '../tests/faults/controls.ts';
import { killUnderLoad } from '../tests/faults/kills.ts';
import { faultsIn } from '../tests/faults/load/check-confirmed.ts';
import { percentile, report } from './figure.ts';

const SAVES = 20_000;

export async function measureFaults(): Promise<void> {
  const given = process.argv.find((word) => word.startsWith('--seed='));
  const seed = given ? Number(given.split('=')[1]) : Date.now() % 1_000_000;
  const { checked, serverRecoveries, databaseRecoveries, failed } = await killUnderLoad({
    serverKills: 10,
    databaseKills: 10,
    saves: SAVES,
    sittings: 400,
    seed,
  });
  const control = await databaseThatAnswersEarly({ sittings: 400 });
  const acked = { what: 'saves confirmed over 10 kills of the server and 10 of PostgreSQL', value: checked.acked };
  for (const list of ['lost', 'phantom', 'duplicated', 'reordered'] as const)
    report({ name: `faults.${list}`, value: checked[list].length, unit: 'saves', reference: acked, goal: '0', seed });
  report({
    name: 'faults.breaches',
    value: faultsIn(checked).length,
    unit: "of the lists above and the ledger's invariants",
    reference: acked,
    goal: '0',
    seed,
  });
  report({ name: 'faults.retried', value: failed, unit: 'tries', reference: acked, goal: 'more than 0', seed });
  report({
    name: 'faults.control.lost',
    value: control.checked.lost.length,
    unit: 'saves, on a database that answers before it has written',
    reference: { what: 'saves confirmed by it', value: control.checked.acked },
    goal: 'more than 0',
    seed,
  });
  for (const [name, times, goal] of [
    ['server', serverRecoveries, 'at most 3 s'],
    ['database', databaseRecoveries, 'at most 5 s'],
  ] as const)
    report({
      name: `faults.recovery.${name}`,
      value: Math.max(...times) / 1000,
      unit: 's from the kill to the first save, the longest of 10',
      reference: { what: 's, median', value: percentile(times, 0.5) / 1000 },
      goal,
      seed,
    });
}

/** How long from the command to the first answer: from nothing (with the demonstration), and a second time. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { report } from './figure.ts';
import { removeFolder, startProduct, temporaryFolder } from './product.ts';

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

/** A process of the same Node that does nothing. */
const bareNode = () => timed(() => new Promise((resolve) => spawn(process.execPath, ['-e', '0']).on('exit', resolve)));

export async function measureStart(): Promise<void> {
  const folder = await temporaryFolder();
  const dataDir = join(folder, 'data');
  const reference = { what: 'seconds of a bare Node process that does nothing', value: await bareNode() };
  try {
    for (const [name, goal] of [
      ['start.first', 'no goal'],
      ['start.second', 'under 5 s'],
    ] as const) {
      const seconds = await timed(async () => {
        const product = await startProduct({ dataDir });
        started = product.stop;
      });
      await started();
      report({ name, value: seconds, unit: 's', reference, goal });
    }
  } finally {
    await removeFolder(folder);
  }
}

let started: () => Promise<void> = async () => {};

/** R2: the answer is cut off after the commit; the retry must get a receipt with the very same signed content. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Receipt, receiptText, type SaveAnswer } from '../../src/systems/online-assessments/protocol/wire.ts';
import { startCutProxy } from './cut-proxy.ts';
import type { CheckedSaves } from './load/check-confirmed.ts';
import { startExamDay } from './load/exam-day.ts';

export interface CutReport {
  readonly checked: CheckedSaves;
  /** Receipts that were cut off after their commit, and were asked for again. */
  readonly cut: number;
  /** Of those: retries whose signed content is the same, byte for byte. */
  readonly same: number;
  readonly different: readonly string[];
  /** Cut off, and never confirmed by a retry. */
  readonly unanswered: readonly string[];
}

const nameOf = ({ sittingId, seq }: Receipt) => `${sittingId} ${seq}`;

export async function cutReplies(plan: { cuts: number; sittings: number }): Promise<CutReport> {
  const day = await startExamDay({ sittings: plan.sittings });
  let answers = 0;
  // Two of three: a retry can be cut as well.
  const proxy = await startCutProxy(day.product.port, () => proxy.cut.length < plan.cuts && ++answers % 3 !== 0);
  try {
    const load = day.load({ port: proxy.port });
    const until = Date.now() + 120_000;
    while (proxy.cut.length < plan.cuts && Date.now() < until) await load.untilAcked(load.counts().acked + 1);
    await load.stop();
    const confirmed = await confirmedContents(join(day.folder, 'clients', 'acks'));
    const receipts = proxy.cut
      .map((body) => JSON.parse(body) as Partial<SaveAnswer>)
      .flatMap(({ receipt }) => (receipt ? [receipt] : []));
    const answered = receipts.filter((receipt) => confirmed.has(nameOf(receipt)));
    return {
      checked: await day.check(),
      cut: receipts.length,
      same: answered.filter((receipt) => confirmed.get(nameOf(receipt)) === receiptText(receipt)).length,
      different: answered
        .filter((receipt) => confirmed.get(nameOf(receipt)) !== receiptText(receipt))
        .map((receipt) => `${receiptText(receipt)} / ${confirmed.get(nameOf(receipt))}`),
      unanswered: receipts.filter((receipt) => !confirmed.has(nameOf(receipt))).map(nameOf),
    };
  } finally {
    await proxy.close();
    await day.end();
  }
}

/** The signed text of each confirmed save, made from what the client was told. */
async function confirmedContents(file: string): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const [sittingId = '', seq = '', head = '', at = ''] = line.split(' ');
    const receipt = { sittingId, epoch: 1, seq: Number(seq), head, at };
    contents.set(nameOf(receipt), receiptText(receipt));
  }
  return contents;
}

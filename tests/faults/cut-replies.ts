/** R2: the answer is cut off after the commit; the retry must get a receipt with the very same signed content. */
import { readFile } from 'node:fs/promises';
import { type Receipt, receiptText, type SaveAnswer } from '../../src/systems/online-assessments/protocol/wire.ts';
import { startCutProxy } from './cut-proxy.ts';
import type { CheckedSaves } from './load/check-confirmed.ts';
import { type ExamDay, onExamDay } from './load/exam-day.ts';

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

export function cutReplies(plan: { cuts: number; sittings: number }, given?: ExamDay): Promise<CutReport> {
  return onExamDay(plan.sittings, given, async (day) => {
    const part = await day.part(plan.sittings);
    let answers = 0;
    // Two of three: a retry can be cut as well.
    const proxy = await startCutProxy(day.product.port, () => proxy.cut.length < plan.cuts && ++answers % 3 !== 0);
    try {
      const load = part.load({ port: proxy.port });
      const until = Date.now() + 120_000;
      while (proxy.cut.length < plan.cuts && Date.now() < until) await load.untilAcked(load.counts().acked + 1);
      await load.stop();
    } finally {
      await proxy.close();
    }
    const confirmed = confirmedContents(await readFile(part.files.acks, 'utf8'));
    return { checked: await part.check(), ...compareReceipts(proxy.cut, confirmed) };
  });
}

/** `cut`: bodies of answers that never arrived; `confirmed`: the signed text that a retry brought, by "sitting place". */
export function compareReceipts(
  cut: readonly string[],
  confirmed: ReadonlyMap<string, string>,
): Omit<CutReport, 'checked'> {
  const receipts = cut
    .map((body) => JSON.parse(body) as Partial<SaveAnswer>)
    .flatMap(({ receipt }) => (receipt ? [receipt] : []));
  const answered = receipts.filter((receipt) => confirmed.has(nameOf(receipt)));
  const isSame = (receipt: Receipt) => confirmed.get(nameOf(receipt)) === receiptText(receipt);
  return {
    cut: receipts.length,
    same: answered.filter(isSame).length,
    different: answered
      .filter((receipt) => !isSame(receipt))
      .map((receipt) => `${receiptText(receipt)} / ${confirmed.get(nameOf(receipt))}`),
    unanswered: receipts.filter((receipt) => !confirmed.has(nameOf(receipt))).map(nameOf),
  };
}

/** The signed text of each confirmed save, made from what the client was told. */
function confirmedContents(acks: string): Map<string, string> {
  const contents = new Map<string, string>();
  for (const line of acks.split('\n')) {
    const [sittingId = '', seq = '', head = '', at = ''] = line.split(' ');
    const receipt = { sittingId, epoch: 1, seq: Number(seq), head, at };
    contents.set(nameOf(receipt), receiptText(receipt));
  }
  return contents;
}

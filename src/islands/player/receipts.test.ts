import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { bytesOf, firstHead, fromBase64Url, nextHead, toBase64Url } from './chain.ts';
import { publicKeyOf, signHandIn } from './device-key.ts';
import { Journal } from './journal.ts';
import { checkReceipt, checkSubmission, type OwnChain, ReceiptKeys } from './receipts.ts';
import { type Behaviour, diskMustWork, Ledger, SITTING } from './testing/ledger.ts';

describe('the chain on the device', () => {
  it('is the chain that the server computes', async () => {
    const ledger = new Ledger();
    assert.equal(await firstHead(SITTING), ledger.heads[0]);
    const event = { seq: 1, kind: 'answer' as const, item: 3, value: 'A,C', monotonicMs: 1234 };
    const expected = createHash('sha256')
      .update(Buffer.from(ledger.heads[0] as string, 'base64url'))
      .update(`${SITTING}|1|1|answer|3|1234|A,C`)
      .digest('base64url');
    assert.equal(await nextHead(ledger.heads[0] as string, SITTING, 1, event), expected);
  });

  it('writes and reads bytes as base64url', () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, index) => (index * 37) % 256);
    assert.equal(toBase64Url(bytes), Buffer.from(bytes).toString('base64url'));
    assert.deepEqual(fromBase64Url(toBase64Url(bytes)), bytes);
  });
});

/** A chain of three events that both sides know. */
async function threeEvents(): Promise<{ ledger: Ledger; chain: OwnChain; keys: ReceiptKeys; journal: Journal }> {
  const ledger = new Ledger();
  const start = { sittingId: SITTING, epoch: 1, base: { seq: 0, head: ledger.heads[0] as string }, events: [] };
  const store = { append: async () => {}, keepReceipt: async () => {} };
  const journal = new Journal(start, store, () => 5, diskMustWork);
  for (const item of [1, 2, 3]) await journal.append({ kind: 'answer', item, value: 'B' });
  return { ledger, chain: journal, keys: new ReceiptKeys(ledger.publicKeys), journal };
}

describe('a receipt', () => {
  it('counts when one of our keys signed it and it names our own head', async () => {
    const { ledger, chain, keys, journal } = await threeEvents();
    const reply = await ledger.answer({ sittingId: SITTING, epoch: 1, events: journal.after(0, 50) }, 'take');
    assert.deepEqual(await checkReceipt(reply.body, chain, keys), { ok: true, seq: 3 });
  });

  const lies: [Behaviour, string][] = [
    ['no receipt', 'no receipt'],
    ['wrong head', 'other head'],
    ['foreign signature', 'foreign signature'],
    ['foreign key', 'foreign key'],
    ['other sitting', 'other sitting'],
    ['other epoch', 'other epoch'],
  ];
  for (const [behaviour, fault] of lies) {
    it(`does not count: ${behaviour}`, async () => {
      const { ledger, chain, keys, journal } = await threeEvents();
      const reply = await ledger.answer({ sittingId: SITTING, epoch: 1, events: journal.after(0, 50) }, behaviour);
      assert.equal(reply.status, 200);
      assert.deepEqual(await checkReceipt(reply.body, chain, keys), { ok: false, fault });
    });
  }

  it('does not count when one character of what it signs is changed', async () => {
    const { ledger, chain, keys, journal } = await threeEvents();
    const { body } = await ledger.answer({ sittingId: SITTING, epoch: 1, events: journal.after(0, 50) }, 'take');
    const signed = body as ReturnType<Ledger['receipt']>;
    const later = { ...signed, receipt: { ...signed.receipt, at: '2026-11-23T10:00:02.000Z' } };
    assert.deepEqual(await checkReceipt(later, chain, keys), { ok: false, fault: 'foreign signature' });
    // A receipt for place 2 that is shown for place 3.
    const { receipt } = ledger.receipt(2);
    const moved = { ...signed, receipt: { ...receipt, seq: 3 } };
    assert.deepEqual(await checkReceipt(moved, chain, keys), { ok: false, fault: 'other head' });
  });

  it('does not count for a place that this device has not reached', async () => {
    const { ledger, chain, keys } = await threeEvents();
    ledger.heads[4] = ledger.heads[0] as string;
    for (const seq of [4, -1, 1.5, Number.NaN]) {
      ledger.heads[seq] = ledger.heads[0] as string;
      assert.deepEqual(await checkReceipt(ledger.receipt(seq), chain, keys), { ok: false, fault: 'unknown place' });
    }
  });

  it('does not count in any other shape', async () => {
    const { chain, keys } = await threeEvents();
    for (const body of [
      undefined,
      null,
      '',
      'saved',
      7,
      [],
      {},
      { receipt: null },
      { receipt: { seq: 3 }, kid: 'k1' },
    ]) {
      assert.deepEqual(await checkReceipt(body, chain, keys), { ok: false, fault: 'no receipt' });
    }
  });
});

describe('a hand-in', () => {
  it('is signed by a key that cannot leave the browser, and verifies by its public half', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    await assert.rejects(crypto.subtle.exportKey('jwk', pair.privateKey));
    const request = await signHandIn(pair, { sittingId: SITTING, epoch: 1, uptoSeq: 9, head: 'abc' });
    const key = await crypto.subtle.importKey(
      'jwk',
      await publicKeyOf(pair),
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    const signed = bytesOf(`imi-connect hand-in 1|${SITTING}|1|9|abc`);
    assert.equal(
      await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, fromBase64Url(request.signature), signed),
      true,
    );
  });

  it('is believed only by a signed receipt for this sitting and head', async () => {
    const { ledger, keys } = await threeEvents();
    const signed = ledger.receipt(0);
    const content = { sittingId: SITTING, form: 'F', count: 3, head: 'h', at: 'now' };
    assert.equal(
      await checkSubmission(
        { content, kid: 'k1', signature: signed.signature, words: 'a b' },
        { sittingId: SITTING, head: 'h' },
        keys,
      ),
      false,
    );
    assert.equal(await checkSubmission({ ok: true }, { sittingId: SITTING, head: 'h' }, keys), false);
  });
});

/** A proxy between a seat and the server that lies about saves, loses what was said about them, or lets nothing through. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestApplication } from '#test/application.ts';
import { type Receipt, receiptText, type SaveRequest } from '../../src/systems/online-assessments/protocol/wire.ts';

export type ProxyMode =
  | 'honest'
  | 'unplugged'
  | 'no receipt'
  | 'wrong head'
  | 'foreign signature'
  | 'cut after the commit';

export interface LyingProxy {
  readonly url: string;
  /** What happens to POST /sit/answers from now on; `unplugged` is about every request. */
  mode: ProxyMode;
  /** Saves that were treated in the present mode. */
  treated: number;
  close(): Promise<void>;
}

/** Starts a proxy before the application, on a free port of loopback. */
export async function startLyingProxy(app: TestApplication): Promise<LyingProxy> {
  const target = new URL(app.url);
  const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let mode: ProxyMode = 'honest';
  let treated = 0;

  /** The strongest form of each lie: the server's own key where the head is wrong, the right head where the key is. */
  const lie = (body: SaveRequest): unknown => {
    const last = body.events.at(-1);
    if (mode === 'no receipt' || !last) return { ok: true, saved: true };
    const { receipts } = app.services.keys;
    const wrong = mode === 'wrong head';
    const head = wrong ? last.previous : last.head;
    const receipt: Receipt = {
      sittingId: body.sittingId,
      epoch: body.epoch,
      seq: last.seq,
      head,
      at: '2026-11-23T10:00:00.000Z',
    };
    const text = receiptText(receipt);
    const forged = sign('sha256', Buffer.from(text), { key: foreign.privateKey, dsaEncoding: 'ieee-p1363' }).toString(
      'base64url',
    );
    return { receipt, kid: receipts.kid, signature: wrong ? receipts.sign(text) : forged };
  };

  const pass = (incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse, cut: boolean) => {
    const onward = request(
      {
        host: target.hostname,
        port: target.port,
        path: incoming.url,
        method: incoming.method,
        headers: incoming.headers,
      },
      (answer) => {
        // The server has answered, so it has committed; the candidate hears nothing of it.
        if (cut) {
          answer.resume();
          answer.on('end', () => outgoing.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  };

  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (mode === 'unplugged') {
      outgoing.destroy();
      return;
    }
    const isSave = incoming.method === 'POST' && incoming.url === '/sit/answers';
    if (isSave) treated++;
    if (!isSave || mode === 'honest' || mode === 'cut after the commit') {
      pass(incoming, body, outgoing, isSave && mode === 'cut after the commit');
      return;
    }
    outgoing.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    outgoing.end(JSON.stringify(lie(JSON.parse(body.toString()) as SaveRequest)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get mode() {
      return mode;
    },
    set mode(value) {
      mode = value;
      treated = 0;
    },
    get treated() {
      return treated;
    },
    set treated(value) {
      treated = value;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

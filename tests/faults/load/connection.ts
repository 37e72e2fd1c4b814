/**
 * A keep-alive HTTP/1.1 connection for one request at a time. By hand, because the load client shares its processors
 * with the server that it measures: what a general client costs would be counted against the server.
 */
import { connect, type Socket } from 'node:net';

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Longer than any answer that still helps a candidate; a request without one counts as failed. */
const PATIENCE_MS = 15_000;

export class Connection {
  readonly #port: number;
  #socket: Socket | undefined;
  #received = '';
  #waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;

  /** To 127.0.0.1; opened by the first request, and again after it broke. */
  constructor(port: number) {
    this.#port = port;
  }

  /** Sends a whole request and resolves with its answer; rejects when the connection fails or breaks first. `written`: it has left. */
  send(request: string, written: () => void = () => {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#received = '';
      this.#socket ??= this.#open();
      this.#socket.write(request, 'latin1', (error) => {
        if (!error) written();
      });
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.setEncoding('latin1');
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on('data', (text) => this.#take(String(text)));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting?.reject(new Error('the connection broke'));
    });
    return socket;
  }

  #take(text: string): void {
    this.#received += text;
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(this.#received.slice(0, end))?.[1] ?? 0);
    if (this.#received.length < end + 4 + length) return;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    // "HTTP/1.1 200 OK"
    waiting?.resolve({
      status: Number(this.#received.slice(9, 12)),
      body: this.#received.slice(end + 4, end + 4 + length),
    });
  }
}

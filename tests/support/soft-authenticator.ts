/** An authenticator in memory, for tests of passkeys without a browser (WebAuthn level 3, attestation "none"). */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const base64 = (data: Buffer | string) => Buffer.from(data).toString('base64url');

const UP = 0x01;
const UV = 0x04;
const AT = 0x40;

export interface Ceremony {
  readonly challenge: string;
  readonly origin: string;
  readonly rpId: string;
  /** Default: true. */
  readonly userVerified?: boolean;
  /** Default: one more than the last. */
  readonly counter?: number;
  /** Default: of the person whose passkey it is. */
  readonly userHandle?: string;
}

export class SoftAuthenticator {
  readonly id = base64(randomBytes(16));
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #counter = 0;
  #userHandle = '';

  /** What the browser would send after making the passkey; `userId` from the options. */
  make({ challenge, origin, rpId, userVerified = true }: Ceremony, userId: string): string {
    this.#userHandle = userId;
    const { x, y } = this.#keys.publicKey.export({ format: 'jwk' });
    // A COSE key of ES256: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    const key = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(String(x), 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(String(y), 'base64url'),
    ]);
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.from([id.length >> 8, id.length & 255]);
    const data = Buffer.concat([
      this.#data(rpId, UP | (userVerified ? UV : 0) | AT, 0),
      Buffer.alloc(16),
      length,
      id,
      key,
    ]);
    // {"fmt": "none", "attStmt": {}, "authData": data}
    const attestation = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
      Buffer.from([data.length >> 8, data.length & 255]),
      data,
    ]);
    const client = JSON.stringify({ type: 'webauthn.create', challenge, origin, crossOrigin: false });
    return this.#credential({ clientDataJSON: base64(client), attestationObject: base64(attestation) });
  }

  /** What the browser would send after using it. */
  use({ challenge, origin, rpId, userVerified = true, counter, userHandle }: Ceremony): string {
    this.#counter = counter ?? this.#counter + 1;
    const data = this.#data(rpId, UP | (userVerified ? UV : 0), this.#counter);
    const client = JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false });
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), this.#keys.privateKey);
    return this.#credential({
      clientDataJSON: base64(client),
      authenticatorData: base64(data),
      signature: base64(signature),
      userHandle: userHandle ?? this.#userHandle,
    });
  }

  #data(rpId: string, flags: number, counter: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count]);
  }

  #credential(response: object): string {
    return JSON.stringify({ id: this.id, rawId: this.id, type: 'public-key', response, clientExtensionResults: {} });
  }
}

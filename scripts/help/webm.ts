/** Writes a silent WebM film of one track (Matroska, RFC 9559): the table for seeking first. Numbers are ids of elements. */

export interface EncodedFrame {
  /** Milliseconds from the beginning. */
  readonly at: number;
  readonly key: boolean;
  readonly data: Uint8Array;
}

export interface Film {
  readonly codec: 'V_VP9' | 'V_VP8';
  readonly width: number;
  readonly height: number;
  /** Milliseconds. */
  readonly duration: number;
  /** In order; the first is a key frame. */
  readonly frames: readonly EncodedFrame[];
}

const bytesOf = (value: number) =>
  Buffer.from(
    value.toString(16).padStart(value > 0xffffff ? 8 : value > 0xffff ? 6 : value > 0xff ? 4 : 2, '0'),
    'hex',
  );

/** A size in eight bytes, so that no size depends on another. */
function sizeOf(length: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(length) | (1n << 56n));
  return size;
}

function element(id: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([bytesOf(id), sizeOf(body.length), body]);
}

const whole = (id: number, value: number) => {
  const body = Buffer.alloc(4);
  body.writeUInt32BE(value);
  return element(id, body);
};
const text = (id: number, value: string) => element(id, Buffer.from(value, 'latin1'));
function real(id: number, value: number): Buffer {
  const body = Buffer.alloc(8);
  body.writeDoubleBE(value);
  return element(id, body);
}

/** The bytes of the file. Each key frame begins a cluster, and can be jumped to. */
export function webm({ codec, width, height, duration, frames }: Film): Buffer {
  const clusters: { at: number; bytes: Buffer }[] = [];
  for (let from = 0; from < frames.length; ) {
    let to = from + 1;
    while (to < frames.length && !frames[to]!.key) to++;
    const at = frames[from]!.at;
    const blocks = frames.slice(from, to).map((frame) => {
      const head = Buffer.from([0x81, 0, 0, frame.key ? 0x80 : 0]);
      head.writeInt16BE(frame.at - at, 1);
      return element(0xa3 /* simpleBlock */, head, frame.data);
    });
    clusters.push({ at, bytes: element(0x1f43b675 /* cluster */, whole(0xe7 /* timestamp */, at), ...blocks) });
    from = to;
  }
  const info = element(
    0x1549a966 /* info */,
    whole(0x2ad7b1 /* timestampScale */, 1_000_000),
    real(0x4489 /* duration */, duration),
    text(0x4d80 /* muxingApp */, 'IMI Connect'),
    text(0x5741 /* writingApp */, 'IMI Connect'),
  );
  const video = element(0xe0 /* video */, whole(0xb0 /* pixelWidth */, width), whole(0xba /* pixelHeight */, height));
  const track = [
    whole(0xd7 /* trackNumber */, 1),
    whole(0x73c5 /* trackUid */, 1),
    whole(0x83 /* trackType */, 1),
    whole(0x9c /* flagLacing */, 0),
  ];
  const tracks = element(
    0x1654ae6b /* tracks */,
    element(0xae /* trackEntry */, ...track, text(0x86 /* codecId */, codec), video),
  );
  const cuesFrom = (start: number) => {
    let position = start;
    const points = clusters.map(({ at, bytes }) => {
      const where = element(
        0xb7 /* cueTrackPositions */,
        whole(0xf7 /* cueTrack */, 1),
        whole(0xf1 /* cueClusterPosition */, position),
      );
      position += bytes.length;
      return element(0xbb /* cuePoint */, whole(0xb3 /* cueTime */, at), where);
    });
    return element(0x1c53bb6b /* cues */, ...points);
  };
  const before = info.length + tracks.length;
  const cues = cuesFrom(before + cuesFrom(0).length);
  const versions = [
    whole(0x4286 /* ebmlVersion */, 1),
    whole(0x42f7 /* ebmlReadVersion */, 1),
    whole(0x42f2 /* ebmlMaxIdLength */, 4),
    whole(0x42f3 /* ebmlMaxSizeLength */, 8),
  ];
  return Buffer.concat([
    element(
      0x1a45dfa3 /* ebml */,
      ...versions,
      text(0x4282 /* docType */, 'webm'),
      whole(0x4287 /* docTypeVersion */, 4),
      whole(0x4285 /* docTypeReadVersion */, 2),
    ),
    element(0x18538067 /* segment */, info, tracks, cues, ...clusters.map(({ bytes }) => bytes)),
  ]);
}

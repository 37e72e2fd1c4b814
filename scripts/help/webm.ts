/** Writes a silent WebM film of one track (Matroska, RFC 9559; WebM container guidelines): the table for seeking first. */

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

const ID = {
  ebml: 0x1a45dfa3,
  ebmlVersion: 0x4286,
  ebmlReadVersion: 0x42f7,
  ebmlMaxIdLength: 0x42f2,
  ebmlMaxSizeLength: 0x42f3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  flagLacing: 0x9c,
  codecId: 0x86,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
} as const;

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
      return element(ID.simpleBlock, head, frame.data);
    });
    clusters.push({ at, bytes: element(ID.cluster, whole(ID.timestamp, at), ...blocks) });
    from = to;
  }
  const info = element(
    ID.info,
    whole(ID.timestampScale, 1_000_000),
    real(ID.duration, duration),
    text(ID.muxingApp, 'IMI Connect'),
    text(ID.writingApp, 'IMI Connect'),
  );
  const video = element(ID.video, whole(ID.pixelWidth, width), whole(ID.pixelHeight, height));
  const track = [whole(ID.trackNumber, 1), whole(ID.trackUid, 1), whole(ID.trackType, 1), whole(ID.flagLacing, 0)];
  const tracks = element(ID.tracks, element(ID.trackEntry, ...track, text(ID.codecId, codec), video));
  const cuesFrom = (start: number) => {
    let position = start;
    const points = clusters.map(({ at, bytes }) => {
      const where = element(ID.cueTrackPositions, whole(ID.cueTrack, 1), whole(ID.cueClusterPosition, position));
      position += bytes.length;
      return element(ID.cuePoint, whole(ID.cueTime, at), where);
    });
    return element(ID.cues, ...points);
  };
  const before = info.length + tracks.length;
  const cues = cuesFrom(before + cuesFrom(0).length);
  const versions = [
    whole(ID.ebmlVersion, 1),
    whole(ID.ebmlReadVersion, 1),
    whole(ID.ebmlMaxIdLength, 4),
    whole(ID.ebmlMaxSizeLength, 8),
  ];
  return Buffer.concat([
    element(
      ID.ebml,
      ...versions,
      text(ID.docType, 'webm'),
      whole(ID.docTypeVersion, 4),
      whole(ID.docTypeReadVersion, 2),
    ),
    element(ID.segment, info, tracks, cues, ...clusters.map(({ bytes }) => bytes)),
  ]);
}

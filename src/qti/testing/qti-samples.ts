/** QTI 3 text, manifests and small pictures for tests. */
import { crc32, deflateSync } from 'node:zlib';
import { type Forged, forgeZip } from './zip-forge.ts';

const QTI = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0';
export const MATCH_CORRECT = 'https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml';

type Parts = {
  head?: string;
  root?: string;
  identifier?: string;
  declaration?: string;
  outcome?: string;
  body?: string;
  processing?: string;
  tail?: string;
};

export const CHOICES = `<qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="1">
      <qti-prompt>Which reading is healthy?</qti-prompt>
      <qti-simple-choice identifier="a">12.4 V</qti-simple-choice>
      <qti-simple-choice identifier="b">14.2 V</qti-simple-choice>
      <qti-simple-choice identifier="c" fixed="true">None of these</qti-simple-choice>
    </qti-choice-interaction>`;

/** A plain single-choice item; parts may be replaced. */
export function itemXml(parts: Parts = {}): string {
  return `${parts.head ?? '<?xml version="1.0" encoding="UTF-8"?>'}
<qti-assessment-item xmlns="${QTI}" identifier="${parts.identifier ?? 'VEH-001'}" title="Charging voltage" ${parts.root ?? 'adaptive="false" time-dependent="false"'}>
  ${parts.declaration ?? '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>b</qti-value></qti-correct-response></qti-response-declaration>'}
  ${parts.outcome ?? '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>'}
  <qti-item-body data-group="L2-ELEC" data-topic="Charging">${parts.body ?? `<p>A voltmeter is connected across the battery.</p>${CHOICES}`}</qti-item-body>
  ${parts.processing ?? `<qti-response-processing template="${MATCH_CORRECT}"/>`}
  ${parts.tail ?? ''}
</qti-assessment-item>`;
}

/** A manifest that lists item files, and further resources as given. */
export function manifestXml(items: readonly string[], more = ''): string {
  const resources = items.map(
    (name, i) =>
      `<resource identifier="r${i}" type="imsqti_item_xmlv3p0" href="${name}"><file href="${name}"/></resource>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m1"><metadata><schema>QTI Package</schema></metadata><organizations/><resources>${resources.join('')}${more}</resources></manifest>`;
}

/** A package of these files with a manifest that lists the ones in items/. */
export function packageZip(files: Record<string, string | Buffer>, more: readonly Forged[] = []): Buffer {
  const names = Object.keys(files).filter((name) => name.startsWith('items/'));
  const all = { 'imsmanifest.xml': manifestXml(names), ...files };
  return forgeZip([...Object.entries(all).map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) })), ...more]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), out.length - 4);
  return out;
}

/** A real grey PNG; `claimed` sizes are written into its head without drawing so much. */
export function png(width = 2, height = 2, extra: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(8, 8);
  const rows = width * height > 1_000_000 ? Buffer.alloc(10) : Buffer.alloc((width + 1) * height);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
    extra,
  ]);
}

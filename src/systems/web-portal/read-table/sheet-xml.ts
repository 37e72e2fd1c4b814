/**
 * The parts of a workbook's XML that hold cells, read tag by tag without building a tree: a sheet of 20,000 rows would
 * fill memory as one. Strict: no document type, no entities of its own, nesting and lengths bounded. Pure.
 */

export class SheetError extends Error {}

export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly kind: 'open' | 'close' | 'empty';
}

const DEEPEST = 40;
const TAG =
  /<(?:!--[\s\S]*?-->|\?[\s\S]*?\?>|!\[CDATA\[([\s\S]*?)\]\]>|(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>)/y;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const local = (name: string) => name.slice(name.indexOf(':') + 1);

function plain(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w+);?/g, (whole, name: string) => {
    if (name.startsWith('#')) {
      const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      if (code > 0x10ffff) throw new SheetError('a character that does not exist');
      return String.fromCodePoint(code);
    }
    const known = ENTITIES[name];
    if (known === undefined || !whole.endsWith(';')) throw new SheetError('an entity that is not of XML itself');
    return known;
  });
}

/** Calls `tag` for each tag and `text` for each piece of text between, in order. Throws SheetError. */
export function walkXml(xml: string, visit: { tag(tag: Tag): void; text(text: string): void }): void {
  const open: string[] = [];
  let at = xml.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < xml.length) {
    const next = xml.indexOf('<', at);
    if (next < 0) break;
    if (next > at && open.length > 0) visit.text(plain(xml.slice(at, next)));
    TAG.lastIndex = next;
    const found = TAG.exec(xml);
    if (!found) throw new SheetError('XML that is not well formed, or has a document type');
    at = TAG.lastIndex;
    const [, cdata, slash, name, attributes = '', empty] = found;
    if (cdata !== undefined) visit.text(cdata);
    if (name === undefined) continue;
    if (slash) {
      if (open.pop() !== name) throw new SheetError('tags that do not close in order');
      visit.tag({ name: local(name), attributes: {}, kind: 'close' });
      continue;
    }
    const read: Record<string, string> = {};
    for (const [, key = '', one, other] of attributes.matchAll(ATTRIBUTE)) read[local(key)] = plain(one ?? other ?? '');
    if (!empty) {
      open.push(name);
      if (open.length > DEEPEST) throw new SheetError('tags nested without end');
    }
    visit.tag({ name: local(name), attributes: read, kind: empty ? 'empty' : 'open' });
  }
  if (open.length > 0) throw new SheetError('an end before its end');
}

/**
 * Walks XML text before any parser sees it and refuses what a question never needs and an attacker does: document types,
 * entities of its own, great depth, great numbers, control characters. Reads each character once; opens nothing.
 */
import { quote } from './diagnostics.ts';

export type XmlLimits = {
  readonly depth: number;
  readonly elements: number;
  readonly attributes: number;
  readonly attributeLength: number;
};

/** For one item. */
export const ITEM_XML_LIMITS: XmlLimits = { depth: 40, elements: 2_000, attributes: 40, attributeLength: 4_096 };
/** For a manifest, which lists every file of a package. */
export const MANIFEST_XML_LIMITS: XmlLimits = { ...ITEM_XML_LIMITS, elements: 20_000 };

export type XmlRefusal = { readonly code: string; readonly reason: string; readonly line: number };

const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const ENTITY = /&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});/y;

class Refused extends Error {
  readonly code: string;
  readonly at: number;
  constructor(code: string, message: string, at: number) {
    super(message);
    this.code = code;
    this.at = at;
  }
}

/** Null when the text may go to the parser; else the first thing that it may not contain, and its line. */
export function refuseXml(text: string, limits: XmlLimits): XmlRefusal | null {
  try {
    const forbidden = FORBIDDEN.exec(text);
    if (forbidden) throw new Refused('xml-character', 'contains a control character. Take it out.', forbidden.index);
    walk(text, limits);
    return null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { code: error.code, reason: error.message, line: text.slice(0, error.at).split('\n').length };
  }
}

function walk(text: string, limits: XmlLimits): void {
  let at = 0;
  let depth = 0;
  let elements = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    checkEntities(text, at, open < 0 ? text.length : open);
    if (open < 0) return;
    if (text.startsWith('<!--', open)) at = after(text, '-->', open + 4);
    else if (text.startsWith('<![CDATA[', open)) at = after(text, ']]>', open + 9);
    else if (text.startsWith('<!', open)) {
      throw new Refused('xml-doctype', 'contains a document type or entity declaration (<!...). Take it out.', open);
    } else if (text.startsWith('<?', open)) {
      at = after(text, '?>', open + 2);
      if (open === 0 && /^<\?xml\s/.test(text)) checkDeclaration(text.slice(0, at));
    } else if (text.startsWith('</', open)) {
      depth--;
      at = after(text, '>', open + 2);
    } else {
      if (++elements > limits.elements) {
        throw new Refused('xml-elements', `has more than ${limits.elements} elements. Split it.`, open);
      }
      const tag = walkTag(text, open + 1, limits);
      at = tag.end;
      if (!tag.empty && ++depth > limits.depth) {
        throw new Refused('xml-depth', `has elements nested more than ${limits.depth} deep. Make it simpler.`, open);
      }
    }
  }
}

/** Walks a start tag from behind its "<" to behind its ">". */
function walkTag(text: string, from: number, limits: XmlLimits): { end: number; empty: boolean } {
  let at = from;
  let attributes = 0;
  for (; at < text.length; at++) {
    const c = text[at];
    if (c === '>') return { end: at + 1, empty: text[at - 1] === '/' };
    if (c === '<') throw new Refused('xml-broken', 'has a tag that is not closed. Mend it.', from);
    if (c !== '"' && c !== "'") continue;
    if (++attributes > limits.attributes) {
      throw new Refused('xml-attributes', `has an element with more than ${limits.attributes} attributes.`, from);
    }
    const end = text.indexOf(c, at + 1);
    if (end < 0) throw new Refused('xml-broken', 'has an attribute whose quotation mark is not closed. Mend it.', from);
    if (end - at > limits.attributeLength) {
      throw new Refused(
        'xml-attribute-length',
        `has an attribute longer than ${limits.attributeLength} characters.`,
        from,
      );
    }
    checkEntities(text, at, end);
    at = end;
  }
  throw new Refused('xml-broken', 'ends within a tag. Mend it.', from);
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  if (at < 0) throw new Refused('xml-broken', `ends before a closing ${quote(mark)}. Mend it.`, from);
  return at + mark.length;
}

/** Looks at one stretch only, so that the whole walk stays linear. */
function checkEntities(text: string, from: number, to: number): void {
  const stretch = text.slice(from, to);
  for (let at = stretch.indexOf('&'); at >= 0; at = stretch.indexOf('&', at + 1)) {
    ENTITY.lastIndex = at;
    const found = ENTITY.exec(stretch)?.[0];
    if (!found) {
      const word = /^&[^;\s<&]{0,30};?/.exec(stretch.slice(at, at + 32))?.[0] ?? '&';
      throw new Refused('xml-entity', `uses the entity ${quote(word)}. Write the character itself.`, from + at);
    }
    if (!found.startsWith('&#')) continue;
    const point = found[2] === 'x' ? Number.parseInt(found.slice(3), 16) : Number.parseInt(found.slice(2), 10);
    if (point > 0x10ffff || FORBIDDEN.test(String.fromCodePoint(point))) {
      throw new Refused('xml-entity', `names a character that XML does not have: ${quote(found)}.`, from + at);
    }
  }
}

function checkDeclaration(declaration: string): void {
  const encoding = /\sencoding\s*=\s*["']([^"']*)["']/.exec(declaration)?.[1];
  if (encoding !== undefined && !/^(utf-8|us-ascii)$/i.test(encoding)) {
    throw new Refused('xml-encoding', `is written in ${quote(encoding)}. Save it as UTF-8.`, 0);
  }
}

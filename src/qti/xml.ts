/** XML text to a small tree of plain values, through the guard. Nothing else in this library sees the parser. */
import { DOMParser, type Node as DomNode, type Element } from '@xmldom/xmldom';
import type { Diagnostic } from './diagnostics.ts';
import { sizeText } from './limits.ts';
import { refuseXml, type XmlLimits } from './xml-guard.ts';

export type XmlElement = {
  /** Name without prefix. */
  readonly name: string;
  /** Name as written, for messages; cut off at 60 characters. */
  readonly written: string;
  readonly namespace: string;
  /** By name as written ("xml:lang"); namespace declarations are left out. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (XmlElement | string)[];
  readonly line: number;
};

export type ReadXml =
  | { readonly root: XmlElement; readonly diagnostics: readonly [] }
  | { readonly root: null; readonly diagnostics: readonly Diagnostic[] };

/** Reads XML from bytes (UTF-8) or text. Never throws for bad input. */
export function readXml(source: Uint8Array | string, file: string, limits: XmlLimits, maxBytes: number): ReadXml {
  const refuse = (code: string, reason: string, line?: number): ReadXml => {
    const place = line === undefined ? file : `${file}, line ${line}`;
    const message = `${place}: the file ${reason}`;
    return { root: null, diagnostics: [{ code, severity: 'error', message, file, ...(line ? { line } : {}) }] };
  };
  if (source.length > maxBytes) return refuse('xml-size', `is larger than ${sizeText(maxBytes)}. Make it smaller.`);
  let text: string;
  try {
    text = typeof source === 'string' ? source : new TextDecoder('utf-8', { fatal: true }).decode(source);
  } catch {
    return refuse('xml-encoding', 'is not written in UTF-8. Save it as UTF-8.');
  }
  if (text.startsWith('\uFEFF')) text = text.slice(1);
  const refusal = refuseXml(text, limits);
  if (refusal) return refuse(refusal.code, refusal.reason, refusal.line);
  try {
    const stop = (_level: string, message: string): never => {
      throw new Error(message);
    };
    const root = new DOMParser({ onError: stop }).parseFromString(text, 'application/xml').documentElement;
    if (!root) return refuse('xml-broken', 'holds no element. Mend it.');
    return { root: elementOf(root), diagnostics: [] };
  } catch (error) {
    const line = /line:(\d+)/.exec(String(error))?.[1];
    return refuse('xml-broken', 'is not well-formed XML. Mend it with an XML editor.', line ? Number(line) : undefined);
  }
}

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;

/** Recursion is safe: the guard has limited the depth. */
function elementOf(element: Element): XmlElement {
  const attributes = new Map<string, string>();
  for (let i = 0; i < element.attributes.length; i++) {
    const attribute = element.attributes.item(i);
    if (attribute && !/^xmlns(:|$)/.test(attribute.name)) attributes.set(attribute.name, attribute.value);
  }
  const children: (XmlElement | string)[] = [];
  for (let node: DomNode | null = element.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === ELEMENT) children.push(elementOf(node as Element));
    else if (node.nodeType === TEXT || node.nodeType === CDATA) children.push(node.nodeValue ?? '');
  }
  return {
    name: element.localName ?? element.nodeName,
    written: element.nodeName.slice(0, 60),
    namespace: element.namespaceURI ?? '',
    attributes,
    children,
    line: element.lineNumber ?? 1,
  };
}

/** The child elements. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== 'string');
}

/** All text within, trimmed. */
export function textWithin(element: XmlElement): string {
  return element.children
    .map((child) => (typeof child === 'string' ? child : textWithin(child)))
    .join('')
    .trim();
}

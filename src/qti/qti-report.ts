/** Collects what is wrong with one QTI item while it is read. */
import { type Diagnostic, quote } from './diagnostics.ts';
import type { XmlElement } from './xml.ts';

/** The namespace of QTI 3 items (1EdTech QTI 3.0 information model, XML binding). */
export const QTI_NAMESPACE = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0';

/** Attributes that say how something looks or is called, and never what it means. Left out in silence. */
const HARMLESS = /^(class|id|label|lang|dir|xml:lang|xml:space|xsi:[\w.-]+|data-[\w.-]+|aria-[\w.-]+)$/;

export class QtiReport {
  readonly file: string;
  readonly found: Diagnostic[] = [];

  constructor(file: string) {
    this.file = file;
  }

  /** Notes one thing; the message begins with file and line. */
  say(code: string, at: XmlElement, text: string, severity: Diagnostic['severity'] = 'error'): void {
    const message = `${this.file}, line ${at.line}: ${text}`;
    this.found.push({ code, severity, message, file: this.file, line: at.line });
  }

  /** Refuses an element by name. */
  unsupported(element: XmlElement, hint = 'Take it out or write the question without it.'): void {
    this.say('unsupported-element', element, `the element <${element.written}> is not supported. ${hint}`);
  }

  /** True for an element of QTI; one of another namespace (MathML, XInclude) is refused by name. */
  isQti(element: XmlElement): boolean {
    if (element.namespace === QTI_NAMESPACE) return true;
    this.unsupported(element);
    return false;
  }

  /** Refuses attributes that are neither `known` nor harmless: what they mean would be lost. */
  attributes(element: XmlElement, ...known: string[]): void {
    for (const name of element.attributes.keys()) {
      if (known.includes(name) || HARMLESS.test(name)) continue;
      const text = `the attribute ${quote(name)} of <${element.written}> is not supported. Take it out.`;
      this.say('unsupported-attribute', element, text);
    }
  }

  /** Refuses any words directly within an element that has none by rule. */
  noText(element: XmlElement): void {
    const stray = element.children.find((child) => typeof child === 'string' && child.trim() !== '');
    if (stray === undefined) return;
    this.say('stray-text', element, `there is text directly within <${element.written}>. Move it into a paragraph.`);
  }
}

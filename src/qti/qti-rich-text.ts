/** The rich text of QTI (a part of HTML) to blocks and running text. What is not listed here is refused by name. */
import { quote } from './diagnostics.ts';
import { resolveName } from './file-names.ts';
import type { Block, Cell, Inline } from './model.ts';
import type { QtiReport } from './qti-report.ts';
import { elementsOf, type XmlElement } from './xml.ts';

const MARKS: Record<string, 'strong' | 'em' | 'sub' | 'sup' | 'code'> = {
  strong: 'strong',
  b: 'strong',
  em: 'em',
  i: 'em',
  sub: 'sub',
  sup: 'sup',
  code: 'code',
};
const CONTAINERS = new Set(['div', 'section', 'article', 'blockquote']);
const HEADINGS = /^h[1-6]$/;
const BLOCKS = /^(p|div|section|article|blockquote|h[1-6]|ul|ol|figure|table)$/;

type Nodes = XmlElement['children'];

/** Called for each element that is no rich text; true when the caller has dealt with it. */
export type Other = (element: XmlElement) => boolean;

const nothingElse: Other = () => false;

/** Reads flow content; blocks are added to `out`, so that the caller of `other` sees how far the text has come. */
export function readBlocks(nodes: Nodes, report: QtiReport, out: Block[], other: Other = nothingElse): void {
  let run: (XmlElement | string)[] = [];
  const flush = () => {
    addParagraph(readInline(run, report), out);
    run = [];
  };
  for (const node of nodes) {
    if (typeof node === 'string' || !(BLOCKS.test(node.name) || node.name.startsWith('qti-'))) {
      run.push(node);
      continue;
    }
    flush();
    if (!other(node) && report.isQti(node)) readBlock(node, report, out, other);
  }
  flush();
}

function readBlock(element: XmlElement, report: QtiReport, out: Block[], other: Other): void {
  report.attributes(element, ...(element.name === 'ol' ? ['start'] : []));
  const { name } = element;
  if (name === 'p') addParagraph(readInline(element.children, report), out);
  else if (CONTAINERS.has(name)) readBlocks(element.children, report, out, other);
  else if (HEADINGS.test(name)) addParagraph([{ t: 'strong', content: readInline(element.children, report) }], out);
  else if (name === 'ul' || name === 'ol') readList(element, report, out);
  else if (name === 'figure') readFigure(element, report, out);
  else if (name === 'table') readTable(element, report, out);
  else report.unsupported(element);
}

/** A paragraph that is nothing but one picture is a figure; one without content is left out. */
function addParagraph(content: Inline[], out: Block[]): void {
  const [first] = content;
  if (content.length === 1 && first?.t === 'image') out.push({ t: 'figure', name: first.name, alt: first.alt });
  else if (content.length > 0) out.push({ t: 'paragraph', content });
}

function readList(element: XmlElement, report: QtiReport, out: Block[]): void {
  report.noText(element);
  if (element.attributes.has('start') && element.attributes.get('start') !== '1') {
    report.say('unsupported-attribute', element, 'a list that does not start at 1 is not supported. Start it at 1.');
  }
  const items: Inline[][] = [];
  for (const item of elementsOf(element)) {
    if (!report.isQti(item)) continue;
    if (item.name !== 'li') report.unsupported(item);
    else {
      report.attributes(item);
      items.push(readLines(item.children, report));
    }
  }
  if (items.length > 0) out.push({ t: 'list', ordered: element.name === 'ol', items });
}

function readFigure(element: XmlElement, report: QtiReport, out: Block[]): void {
  report.noText(element);
  for (const part of elementsOf(element)) {
    if (!report.isQti(part)) continue;
    if (part.name === 'img' || part.name === 'p' || part.name === 'div') {
      addParagraph(part.name === 'img' ? readInline([part], report) : readLines(part.children, report), out);
    } else if (part.name === 'figcaption') {
      report.attributes(part);
      addParagraph(readLines(part.children, report), out);
    } else report.unsupported(part);
  }
}

function readTable(element: XmlElement, report: QtiReport, out: Block[]): void {
  report.noText(element);
  let caption: Inline[] | undefined;
  const rows: Cell[][] = [];
  const readRow = (row: XmlElement) => {
    report.attributes(row);
    report.noText(row);
    const cells: Cell[] = [];
    for (const cell of elementsOf(row)) {
      if (!report.isQti(cell)) continue;
      if (cell.name !== 'th' && cell.name !== 'td') report.unsupported(cell);
      else {
        report.attributes(cell, 'scope');
        cells.push({ header: cell.name === 'th', content: readLines(cell.children, report) });
      }
    }
    if (cells.length > 0) rows.push(cells);
  };
  for (const part of elementsOf(element)) {
    if (!report.isQti(part)) continue;
    if (part.name === 'caption') caption = readLines(part.children, report);
    else if (part.name === 'tr') readRow(part);
    else if (/^(thead|tbody|tfoot)$/.test(part.name)) {
      report.attributes(part);
      report.noText(part);
      for (const row of elementsOf(part)) row.name === 'tr' ? readRow(row) : report.unsupported(row);
    } else report.unsupported(part);
  }
  if (rows.length > 0) out.push(caption ? { t: 'table', caption, rows } : { t: 'table', rows });
}

/** Running text that may stand in paragraphs (an option, a list item, a cell): paragraphs become lines. */
export function readLines(nodes: Nodes, report: QtiReport): Inline[] {
  const lines: Inline[][] = [];
  let run: (XmlElement | string)[] = [];
  const flush = () => {
    const line = readInline(run, report);
    if (line.length > 0) lines.push(line);
    run = [];
  };
  for (const node of nodes) {
    if (typeof node === 'string' || !(node.name === 'p' || node.name === 'div')) run.push(node);
    else {
      flush();
      report.attributes(node);
      const inner = readLines(node.children, report);
      if (inner.length > 0) lines.push(inner);
    }
  }
  flush();
  return lines.flatMap((line, i): Inline[] => (i === 0 ? line : [{ t: 'br' }, ...line]));
}

/** Running text; white space is folded as a browser shows it. */
function readInline(nodes: Nodes, report: QtiReport): Inline[] {
  return trimmed(collect(nodes, report));
}

function collect(nodes: Nodes, report: QtiReport): Inline[] {
  const out: Inline[] = [];
  for (const node of nodes) {
    if (typeof node === 'string') {
      const text = node.replace(/[ \t\r\n]+/g, ' ');
      const last = out.at(-1);
      if (text === '') continue;
      if (last?.t === 'text') out[out.length - 1] = { t: 'text', text: (last.text + text).replace(/ {2,}/g, ' ') };
      else out.push({ t: 'text', text });
      continue;
    }
    if (!report.isQti(node)) continue;
    const mark = MARKS[node.name];
    if (mark) {
      report.attributes(node);
      const content = collect(node.children, report);
      if (content.length > 0) out.push({ t: mark, content });
    } else if (node.name === 'span') {
      report.attributes(node);
      for (const part of collect(node.children, report)) out.push(part);
    } else if (node.name === 'br') out.push({ t: 'br' });
    else if (node.name === 'img') readImage(node, report, out);
    else report.unsupported(node);
  }
  return out;
}

function readImage(element: XmlElement, report: QtiReport, out: Inline[]): void {
  report.attributes(element, 'src', 'alt', 'width', 'height', 'title', 'longdesc');
  const source = element.attributes.get('src') ?? '';
  const name = resolveName(report.file, source);
  if (name === null) {
    const text = `the picture ${quote(source)} is not a file of the package. Put the picture into the package and name it.`;
    report.say('picture-address', element, text);
  } else out.push({ t: 'image', name, alt: (element.attributes.get('alt') ?? '').replace(/\s+/g, ' ').trim() });
}

/** Takes white space off both ends and from around line breaks, and joins texts that stand side by side. */
function trimmed(content: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  for (const part of content) {
    const last = out.at(-1);
    if (part.t === 'text' && last?.t === 'text') {
      out[out.length - 1] = { t: 'text', text: (last.text + part.text).replace(/ {2,}/g, ' ') };
    } else out.push(part);
  }
  const cut = out.flatMap((part, i): Inline[] => {
    if (part.t !== 'text') return [part];
    let { text } = part;
    if (i === 0 || out[i - 1]?.t === 'br') text = text.replace(/^ +/, '');
    if (i === out.length - 1 || out[i + 1]?.t === 'br') text = text.replace(/ +$/, '');
    return text === '' ? [] : [{ t: 'text', text }];
  });
  while (cut[0]?.t === 'br') cut.shift();
  while (cut.at(-1)?.t === 'br') cut.pop();
  return cut;
}

/**
 * A certificate as a tagged A4 document (PDF/UA-1 structure: title, language, headings, table, text for pictures),
 * drawn from its content alone: the same content and signature give the same bytes. No third party's logo appears.
 */
import { formatDate } from '#ui';
import { type Content, holderName } from '../content/content.ts';
import { checkAddress } from '../seal/seal.ts';
import { formatSerial } from '../serial/serial.ts';
import { newDocument } from '../typesetting/new-document.ts';
import { type Family, fitText, typefaceBytes, typefaceNames, unprintable, widthOf } from '../typesetting/typefaces.ts';
import { setLine, setLines, setPieces } from './lines.ts';
import { COLOURS, PAGE } from './measures.ts';
import { decoration, drawFrame, drawMark, drawMicroText, drawRing, drawSquareCode } from './patterns.ts';
import { drawTable, planTable, type TablePlan } from './units-table.ts';

type Document = PDFKit.PDFDocument;
type Structure = PDFKit.PDFStructureElement;

const MIDDLE = PAGE.width / 2;
/** Where the foot of the front page begins; the square code stands 28 points higher. */
const FOOT = 716;
const LEADS: Record<Content['template'], string> = {
  qualification: 'has been awarded the',
  credit: 'has been awarded credit towards the',
  accreditation: 'has achieved the',
};

/** Where things stand on the front: with few units the ring is large and the type generous, with many it moves up. */
interface Layout {
  readonly ring: { readonly y: number; readonly radius: number };
  readonly certify: number;
  readonly name: { readonly y: number; readonly sizes: readonly number[] };
  readonly title: { readonly sizes: readonly number[]; readonly width: number; readonly most: number };
  readonly gap: number;
  readonly meta: number;
}
const GENEROUS: Layout = {
  ring: { y: 314, radius: 213 },
  certify: 200,
  name: { y: 250, sizes: [40, 36, 32, 28, 24, 20] },
  title: { sizes: [22, 20, 18, 16], width: 280, most: 3 },
  gap: 34,
  meta: 10.5,
};
const DENSE: Layout = {
  ring: { y: 246, radius: 150 },
  certify: 150,
  name: { y: 184, sizes: [32, 28, 24, 20] },
  title: { sizes: [17, 16, 15, 14, 13], width: 212, most: 4 },
  gap: 23,
  meta: 9.5,
};

/** Letters of a content that no typeface has, each once; empty when it can be printed. */
export function unprintableIn(content: Pick<Content, 'holder' | 'title' | 'units' | 'centre'>): string[] {
  return [
    ...new Set([
      ...unprintable('display', [holderName(content), content.title]),
      ...unprintable('text', [content.centre.name, ...content.units.map((unit) => unit.title)]),
      ...unprintable(
        'code',
        content.units.map((unit) => unit.reference),
      ),
    ]),
  ];
}

export interface PrintOptions {
  /** Off for tests that look into the document. */
  readonly compress?: boolean;
}

/** Draws the document. `signature` is the seal's: the square code carries a code made from it. */
export async function certificatePdf(content: Content, signature: string, options: PrintOptions = {}): Promise<Buffer> {
  // The day of award, so that the bytes do not depend on when they are made.
  const dated = new Date(`${content.awardedOn}T12:00:00Z`);
  const title = `Certificate ${formatSerial(content.serial)}`;
  const doc = newDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    compress: options.compress ?? true,
    // `subset` makes pdfkit write the PDF/UA mark, language and title; its types know only the PDF/A names.
    subset: 'PDF/UA' as 'PDF/A-1',
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    info: {
      Title: title,
      Author: content.awardingBody,
      Subject: content.title,
      CreationDate: dated,
      ModDate: dated,
    },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  for (const name of typefaceNames()) doc.registerFont(name, typefaceBytes(name));
  draw(doc, content, signature);
  doc.end();
  await done;
  return Buffer.concat(chunks);
}

function draw(doc: Document, content: Content, signature: string): void {
  const fitting = (layout: Layout, inset: number, sizes: readonly number[]): TablePlan | undefined =>
    sizes
      .map((size) => planTable(content, size, inset, PAGE.width - inset))
      .find((plan) => plan.height <= FOOT - 38 - tableTop(content, layout));
  const generous = fitting(GENEROUS, 118, [9.4]) ?? fitting(GENEROUS, 80, [9.4, 8.6]);
  const layout = generous ? GENEROUS : DENSE;
  const plan = generous ?? fitting(DENSE, 62, [9, 8, 7.4, 6.8]);

  doc.addPage();
  const root = doc.struct('Document', { title: `Certificate ${formatSerial(content.serial)}` });
  doc.addStructure(root);
  drawGround(doc, content, layout);
  drawHead(doc, root, content);
  const top = drawStatement(doc, root, content, layout);
  if (plan) drawTable(doc, root, content, plan, { from: 0, to: content.units.length }, top);
  else
    paragraph(doc, root, () =>
      setLine(
        doc,
        `${content.units.length} units were achieved. They are listed on the pages that follow.`,
        centred('text', layout.meta, top + 14),
      ),
    );
  drawFoot(doc, root, content, signature);
  if (!plan) drawUnitPages(doc, root, content);
  root.end();
}

function centred(family: Family, size: number, y: number, colour: string = COLOURS.ink) {
  return { family, size, x: MIDDLE, y, align: 'centre' as const, colour };
}

function paragraph(doc: Document, parent: Structure, body: () => void, type = 'P'): void {
  const element = doc.struct(type);
  parent.add(element);
  element.add(body);
  element.end();
}

function drawGround(doc: Document, content: Content, layout: Layout): void {
  decoration(doc, () => {
    drawFrame(doc);
    drawRing(doc, { x: MIDDLE, y: layout.ring.y }, layout.ring.radius);
    drawMicroText(
      doc,
      [
        content.awardingBody,
        formatSerial(content.serial),
        holderName(content),
        content.title,
        formatDate(content.awardedOn),
      ]
        .join(' ')
        .toUpperCase(),
    );
  });
}

function drawHead(doc: Document, root: Structure, content: Content): void {
  decoration(doc, () => drawMark(doc, 66, 66, 28));
  paragraph(doc, root, () => setLine(doc, content.awardingBody, { family: 'strong', size: 12.5, x: 102, y: 85 }));
  paragraph(doc, root, () => {
    setLine(doc, 'Certificate number', {
      family: 'text',
      size: 8,
      x: PAGE.width - 68,
      y: 76,
      align: 'right',
      colour: COLOURS.grey,
      follows: true,
    });
    setLine(doc, formatSerial(content.serial), { family: 'code', size: 12, x: PAGE.width - 68, y: 92, align: 'right' });
  });
}

const nameOf = (content: Content, layout: Layout) =>
  fitText('display', holderName(content), { sizes: layout.name.sizes, width: 350, most: 1 });
const titleOf = (content: Content, layout: Layout) => fitText('display', content.title, layout.title);

/** The facts beneath the title, each a line of pieces. */
function metaLines(content: Content): { readonly family: Family; readonly text: string }[][] {
  const plain = (text: string) => ({ family: 'text' as const, text });
  const lines: { family: Family; text: string }[][] = [];
  if (content.qualificationNumber) {
    lines.push([plain('Qualification number'), { family: 'code', text: content.qualificationNumber }]);
  }
  const facts = [
    content.level === null ? null : `Level ${content.level}`,
    `Grade: ${content.grade}`,
    content.template === 'qualification' && content.credits !== null
      ? `${content.credits} ${content.credits === 1 ? 'credit' : 'credits'}`
      : null,
  ].filter((fact) => fact !== null);
  lines.push([plain(facts.join(', '))]);
  if (content.creditStatement) lines.push([plain(content.creditStatement)]);
  lines.push([plain(`Awarded ${formatDate(content.awardedOn)}`)]);
  if (content.assessmentLanguage) lines.push([plain(`Assessed in ${content.assessmentLanguage}`)]);
  return lines;
}

/** Where the table begins, by the same measures as the statement is drawn. */
function tableTop(content: Content, layout: Layout): number {
  const { endOfMeta } = measures(content, layout);
  return Math.max(endOfMeta + 14, layout === GENEROUS ? 540 : layout.ring.y + layout.ring.radius + 12);
}

function measures(content: Content, layout: Layout) {
  const name = nameOf(content, layout);
  const title = titleOf(content, layout);
  const lead = layout.name.y + (name.lines.length - 1) * name.size * 1.05 + layout.gap;
  const titleAt = lead + title.size * 1.5;
  const metaAt = titleAt + (title.lines.length - 1) * title.size * 1.18 + layout.gap * 0.85;
  const endOfMeta = metaAt + (metaLines(content).length - 1) * layout.meta * 1.55;
  return { name, title, lead, titleAt, metaAt, endOfMeta };
}

function drawStatement(doc: Document, root: Structure, content: Content, layout: Layout): number {
  const { name, title, lead, titleAt, metaAt } = measures(content, layout);
  const leadSize = layout === GENEROUS ? 11.5 : 10;
  paragraph(doc, root, () =>
    setLine(doc, 'This is to certify that', centred('text', leadSize, layout.certify, COLOURS.grey)),
  );
  paragraph(
    doc,
    root,
    () => setLines(doc, name.lines, { ...centred('display', name.size, layout.name.y), leading: name.size * 1.05 }),
    'H1',
  );
  paragraph(doc, root, () => setLine(doc, LEADS[content.template], centred('text', leadSize, lead, COLOURS.grey)));
  paragraph(
    doc,
    root,
    () =>
      setLines(doc, title.lines, {
        ...centred('display', title.size, titleAt, COLOURS.petrol),
        leading: title.size * 1.18,
      }),
    'H2',
  );
  for (const [index, pieces] of metaLines(content).entries()) {
    paragraph(doc, root, () =>
      setPieces(doc, pieces, {
        size: layout.meta,
        x: MIDDLE,
        y: metaAt + index * layout.meta * 1.55,
        align: 'centre',
        colour: COLOURS.grey,
      }),
    );
  }
  return tableTop(content, layout);
}

function drawFoot(doc: Document, root: Structure, content: Content, signature: string): void {
  const { centre, holder } = content;
  decoration(doc, () => doc.lineWidth(0.8).strokeColor(COLOURS.ink).moveTo(68, 752).lineTo(200, 752).stroke());
  paragraph(doc, root, () => {
    setLine(doc, content.awardingBody, { family: 'strong', size: 8.6, x: 68, y: 765, follows: true });
    setLine(doc, footNote(content), { family: 'text', size: 7.6, x: 68, y: 777, colour: COLOURS.grey });
  });
  paragraph(doc, root, () => {
    const grey = { size: 8, x: MIDDLE + 22, align: 'centre' as const, colour: COLOURS.grey };
    setPieces(
      doc,
      [
        { family: 'text', text: 'Centre' },
        { family: 'code', text: centre.number },
      ],
      { ...grey, y: 753, follows: true },
    );
    const named = fitText('text', centre.name, { sizes: [8, 7, 6.2], width: 150, most: 1 });
    setLine(doc, named.lines.join(' '), { ...grey, family: 'text', size: named.size, y: 765, follows: true });
    setPieces(
      doc,
      [
        { family: 'text', text: 'Candidate' },
        { family: 'code', text: holder.candidateNumber },
      ],
      { ...grey, y: 777 },
    );
  });
  const size = 66;
  const left = PAGE.width - 68 - size;
  const top = FOOT - 28;
  const figure = doc.struct('Figure', {
    alt: 'Square code that opens the page to check this certificate',
    bbox: [left, top, left + size, top + size],
  } as PDFKit.Mixins.StructureElementOptions);
  root.add(figure);
  figure.add(() => drawSquareCode(doc, checkAddress(content, signature), left, top, size));
  figure.end();
  paragraph(doc, root, () => {
    const right = { x: PAGE.width - 68, align: 'right' as const, colour: COLOURS.grey };
    setLine(doc, 'Check it is genuine:', { ...right, family: 'text', size: 7.6, y: 767, follows: true });
    const address = content.checkAt.replace(/^https?:\/\//, '');
    const fitted = [7.6, 7, 6.4, 5.8].find((one) => widthOf('text', address, one) <= 150) ?? 5.2;
    setLine(doc, address, { ...right, family: 'text', size: fitted, y: 777 });
  });
}

function footNote(content: Content): string {
  return content.template === 'accreditation' ? 'Not a regulated qualification' : 'Awarding organisation';
}

/** The units on pages of their own, for more than fit on the front. */
function drawUnitPages(doc: Document, root: Structure, content: Content): void {
  const plan: TablePlan = planTable(content, 8.6, 62, PAGE.width - 62);
  const rowHeight = (index: number) => (plan.titles[index]?.length ?? 1) * plan.size * 1.2 + plan.padding;
  let from = 0;
  while (from < content.units.length) {
    let to = from;
    let height = 0;
    while (to < content.units.length && height + rowHeight(to) < 600) {
      height += rowHeight(to);
      to += 1;
    }
    doc.addPage();
    decoration(doc, () => drawFrame(doc));
    paragraph(
      doc,
      root,
      () => setLine(doc, `Units achieved by ${holderName(content)}`, { family: 'strong', size: 12, x: 62, y: 82 }),
      'H2',
    );
    paragraph(doc, root, () =>
      setPieces(
        doc,
        [
          { family: 'text', text: 'Certificate number' },
          { family: 'code', text: formatSerial(content.serial) },
        ],
        {
          size: 9,
          x: 62,
          y: 100,
          colour: COLOURS.grey,
        },
      ),
    );
    drawTable(doc, root, content, plan, { from, to }, 118);
    from = to;
  }
}

/** The drawn ground of a certificate: frame, ring of turned ellipses, micro text, the service's mark, the square code. */
import { encode } from 'uqr';
import { widthOf } from '../typesetting/typefaces.ts';
import { setLine } from './lines.ts';
import { COLOURS, PAGE } from './measures.ts';

type Document = PDFKit.PDFDocument;

/** Draws what carries no meaning: readers of the document pass over it. */
export function decoration(doc: Document, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}

/** Two lines round the page. */
export function drawFrame(doc: Document): void {
  doc
    .lineWidth(1.8)
    .strokeColor(COLOURS.petrol)
    .rect(26, 26, PAGE.width - 52, PAGE.height - 52)
    .stroke();
  doc
    .lineWidth(0.6)
    .rect(31.5, 31.5, PAGE.width - 63, PAGE.height - 63)
    .stroke();
}

/** 36 ellipses, each turned by 5 degrees: fine lines that copies and re-drawings lose. */
export function drawRing(doc: Document, centre: { x: number; y: number }, radius: number): void {
  doc.save().lineWidth(0.35).strokeColor(COLOURS.petrol).strokeOpacity(0.16);
  for (let angle = 0; angle < 180; angle += 5) {
    doc.save().rotate(angle, { origin: [centre.x, centre.y] });
    doc.ellipse(centre.x, centre.y, radius, radius * 0.73).stroke();
    doc.restore();
  }
  doc.restore();
}

/** The service's mark: a dial with its needle, in a square of `size`. */
export function drawMark(doc: Document, x: number, y: number, size: number): void {
  doc
    .save()
    .translate(x, y)
    .scale(size / 32)
    .lineCap('round')
    .lineWidth(3.4);
  doc.path('M7.5 24.5a12 12 0 1 1 17 0').strokeColor(COLOURS.ink).stroke();
  doc.path('m16 16 4.8-5.2').strokeColor(COLOURS.amber).stroke();
  doc.circle(16, 16, 2.7).fillColor(COLOURS.amber).fill();
  doc.restore();
}

/** A line of 2 point letters along the foot, repeated from edge to edge, which a copier blurs. */
export function drawMicroText(doc: Document, text: string): void {
  const size = 2.1;
  const [left, right] = [48, PAGE.width - 48];
  const step = widthOf('text', text, size) + size;
  doc
    .save()
    .rect(left, PAGE.height - 48, right - left, 8)
    .clip();
  for (let x = left; x < right; x += step) {
    setLine(doc, text, { family: 'text', size, x, y: PAGE.height - 43, colour: COLOURS.petrol });
  }
  doc.restore();
}

/** The square code, as vectors in a square of `size`; `text` is the address it opens. */
export function drawSquareCode(doc: Document, text: string, x: number, y: number, size: number): void {
  const { data, size: modules } = encode(text, { ecc: 'M', border: 0 });
  const step = size / modules;
  for (const [row, cells] of data.entries()) {
    let from: number | null = null;
    // Neighbours are drawn as one bar, so that no hairlines show between them.
    for (let column = 0; column <= modules; column += 1) {
      if (cells[column] && from === null) from = column;
      if (!cells[column] && from !== null) {
        doc.rect(x + from * step, y + row * step, (column - from) * step, step);
        from = null;
      }
    }
  }
  doc.fillColor(COLOURS.ink).fill();
}

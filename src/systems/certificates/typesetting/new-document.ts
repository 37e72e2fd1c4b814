import { createRequire } from 'node:module';
import type PdfDocument from 'pdfkit';

let Pdf: typeof PdfDocument | undefined;

/** A new PDF. The library is read with the first one: a server that prints nothing saves 20 MB of memory. */
export function newDocument(options: PDFKit.PDFDocumentOptions): PDFKit.PDFDocument {
  Pdf ??= createRequire(import.meta.url)('pdfkit') as typeof PdfDocument;
  return new Pdf(options);
}

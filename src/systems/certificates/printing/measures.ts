/** The colours of a certificate; they are those of the design, and never dark. */
export const COLOURS = {
  petrol: '#0d5c6e',
  ink: '#0b2530',
  grey: '#4a5d66',
  amber: '#f5a83c',
  line: '#b8c6cb',
} as const;

/** A4 in points. */
export const PAGE = { width: 595.28, height: 841.89 } as const;

/**
 * A United Kingdom postcode as people type it, brought to its usual form ("zz44qt" becomes "ZZ4 4QT"), or null when it
 * has not the form of one. Whether the place exists is not asked.
 */
export function readPostcode(typed: string): string | null {
  const text = typed.toUpperCase().replace(/[\s-]+/g, '');
  const match = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/.exec(text);
  if (text === 'GIR0AA') return 'GIR 0AA';
  return match ? `${match[1]} ${match[2]}` : null;
}

/** Money, counts and word forms. */

/** Pence as pounds: 140400 -> "£1,404.00"; negative amounts carry a minus sign in front. */
export function formatMoney(pence: number | bigint): string {
  const value = BigInt(pence);
  const size = value < 0n ? -value : value;
  const pounds = formatCount(size / 100n);
  return `${value < 0n ? '-' : ''}£${pounds}.${String(size % 100n).padStart(2, '0')}`;
}

/** A whole number with thousands separators: 12345 -> "12,345". */
export function formatCount(count: number | bigint): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The count with the right word: plural(1, 'candidate') -> "1 candidate", plural(3, 'reply', 'replies') -> "3 replies". */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** The size of a file: "812 bytes", "340 KB", "1.5 MB". */
export function formatBytes(bytes: number): string {
  if (bytes >= 1_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 1000)} KB` : `${bytes} bytes`;
}

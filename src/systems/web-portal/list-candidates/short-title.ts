/** A product's title for a list: "IMI Level 3 Award in X" becomes "L3 Award in X". Pages of one thing say it in full. */
export function shortTitle(title: string): string {
  return title.replace(/^IMI Level (\d) /, 'L$1 ').replace(/^IMI (?=\p{Lu})/u, '');
}

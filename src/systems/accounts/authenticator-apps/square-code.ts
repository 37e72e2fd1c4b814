import { encode } from 'uqr';
import { html, type Safe } from '#platform/html/html.ts';

/** Light modules round the code, as ISO/IEC 18004 asks for. */
const QUIET = 4;

/** A QR code as a drawing, dark on white in every theme. `label` says what it is to those who cannot see it. */
export function squareCode(text: string, label: string): Safe {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const whole = size + 2 * QUIET;
  // One path for all dark modules: each a run of squares in its row.
  let path = '';
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (!dark || row[x - 1]) return;
      let end = x;
      while (row[end]) end++;
      path += `M${x + QUIET} ${y + QUIET}h${end - x}v1h${x - end}z`;
    });
  });
  return html`<svg class="ao-qr" role="img" aria-label="${label}" viewBox="0 0 ${whole} ${whole}" width="220" height="220" shape-rendering="crispEdges"><rect width="${whole}" height="${whole}" fill="#fff"/><path fill="#000" d="${path}"/></svg>`;
}

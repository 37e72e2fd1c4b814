import type { Page } from 'playwright-core';

/** A picture as WebP, in the smaller of two ways of packing; `width` and `height` scale it, `quality` is that with loss. */
export async function webp(page: Page, png: Buffer, width: number, height: number, quality = 0.7): Promise<Buffer> {
  const packed = await page.evaluate(
    async ({ base64, width, height, quality }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }), {
        resizeWidth: width,
        resizeHeight: height,
        resizeQuality: 'high',
      });
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
      // Quality 1 means without loss, which suits flat colours.
      const tries = await Promise.all(
        [1, quality].map(
          (each) =>
            new Promise<Blob>((resolve, reject) =>
              canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No WebP'))), 'image/webp', each),
            ),
        ),
      );
      const best = tries.reduce((a, b) => (b.size < a.size ? b : a));
      let text = '';
      for (const byte of new Uint8Array(await best.arrayBuffer())) text += String.fromCharCode(byte);
      return btoa(text);
    },
    { base64: png.toString('base64'), width, height, quality },
  );
  return Buffer.from(packed, 'base64');
}

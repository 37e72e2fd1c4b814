/** Encodes frames with the encoder of the browser (WebCodecs), at a steady quality: what stands still costs next to nothing. */
import type { Page } from 'playwright-core';
import type { Frame } from './camera.ts';
import type { EncodedFrame, Film } from './webm.ts';

/** 0 to 63; above it letters begin to blur. */
const QUANTIZER = 40;

/** `page` is on a secure origin. */
export async function encode(
  page: Page,
  frames: readonly Frame[],
  width: number,
  height: number,
): Promise<Pick<Film, 'codec'> & { frames: EncodedFrame[] }> {
  const encoded = await page.evaluate(
    async ({ frames, width, height, quantizer }) => {
      const chunks: { at: number; key: boolean; base64: string }[] = [];
      let failure: Error | undefined;
      const encoder = new VideoEncoder({
        output: (chunk) => {
          const bytes = new Uint8Array(chunk.byteLength);
          chunk.copyTo(bytes);
          let text = '';
          for (const byte of bytes) text += String.fromCharCode(byte);
          chunks.push({ at: chunk.timestamp / 1000, key: chunk.type === 'key', base64: btoa(text) });
        },
        error: (error) => {
          failure = error;
        },
      });
      encoder.configure({ codec: 'vp09.00.31.08', width, height, bitrateMode: 'quantizer', latencyMode: 'realtime' });
      for (const { at, scene, base64 } of frames) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const frame = new VideoFrame(bitmap, { timestamp: at * 1000 });
        encoder.encode(frame, { keyFrame: scene, vp9: { quantizer } } as VideoEncoderEncodeOptions);
        frame.close();
        bitmap.close();
        if (encoder.encodeQueueSize > 4)
          await new Promise((resolve) => encoder.addEventListener('dequeue', resolve, { once: true }));
      }
      await encoder.flush();
      encoder.close();
      if (failure) throw failure;
      return chunks;
    },
    {
      frames: frames.map(({ at, scene, png }) => ({ at, scene, base64: png.toString('base64') })),
      width,
      height,
      quantizer: QUANTIZER,
    },
  );
  return {
    codec: 'V_VP9',
    frames: encoded.map(({ at, key, base64 }) => ({ at, key, data: Buffer.from(base64, 'base64') })),
  };
}

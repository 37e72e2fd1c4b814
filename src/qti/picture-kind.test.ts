import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_LIMITS, inspectPicture } from './index.ts';
import { png } from './testing/qti-samples.ts';

// The smallest whole files of each kind, 1 by 1 or 2 by 3 pixels.
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.from('ffc0000b080003000201011100', 'hex'),
  Buffer.from('ffda0008010100003f00', 'hex'),
  Buffer.from('12ff0034ffd056', 'hex'),
  Buffer.from('ffd9', 'hex'),
]);
const WEBP = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');

const inspect = (bytes: Uint8Array) => inspectPicture(bytes, DEFAULT_LIMITS);
const codeOf = (bytes: Uint8Array) => {
  const facts = inspect(bytes);
  return 'code' in facts ? facts.code : facts.mediaType;
};

describe('inspectPicture', () => {
  it('reads kind and size from the bytes', () => {
    assert.deepEqual(inspect(png(640, 480)), { mediaType: 'image/png', width: 640, height: 480 });
    assert.deepEqual(inspect(GIF), { mediaType: 'image/gif', width: 1, height: 1 });
    assert.deepEqual(inspect(JPEG), { mediaType: 'image/jpeg', width: 2, height: 3 });
    assert.deepEqual(inspect(WEBP), { mediaType: 'image/webp', width: 1, height: 1 });
  });

  it('refuses what is no picture, and says what it is', () => {
    const cases: [string | Buffer, RegExp][] = [
      [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        /SVG drawing, which can carry script/,
      ],
      ['<?xml version="1.0"?>\n<svg onload="alert(1)"/>', /SVG/],
      ['\uFEFF<!DOCTYPE html><script>alert(1)</script>', /a web page/],
      ['<html><body>', /a web page/],
      ['%PDF-1.7', /a PDF/],
      ['PK\x03\x04', /a zip file/],
      ['BM1234', /a BMP/],
      ['', /empty/],
      ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*', /something else/],
      ['#!/bin/sh', /something else/],
    ];
    for (const [content, says] of cases) {
      const facts = inspect(Buffer.from(content));
      assert.ok('code' in facts);
      assert.equal(facts.code, 'picture-kind');
      assert.match(facts.reason, says);
    }
  });

  it('refuses what stands behind the end of a picture', () => {
    const zip = Buffer.from('PK\x03\x04 something', 'latin1');
    for (const whole of [png(), GIF, JPEG, WEBP]) assert.equal(codeOf(Buffer.concat([whole, zip])), 'picture-surplus');
  });

  it('refuses pictures that are cut off, anywhere', () => {
    for (const whole of [png(), GIF, JPEG, WEBP]) {
      for (let length = 0; length < whole.length; length++) {
        assert.match(codeOf(whole.subarray(0, length)), /^picture-(broken|kind)$/, `cut at ${length}`);
      }
    }
  });

  it('refuses more pixels than it is allowed, by the head alone', () => {
    for (const [width, height] of [
      [6_001, 1],
      [1, 6_001],
      [5_000, 5_000],
      [0xffffffff, 0xffffffff],
    ] as const) {
      assert.equal(
        codeOf(png(1, 1).fill(0, 16, 24).fill(hex(width), 16, 20).fill(hex(height), 20, 24)),
        'picture-pixels',
      );
    }
    assert.equal(codeOf(png(1, 1).fill(0, 16, 24)), 'picture-broken');
    assert.equal(codeOf(png(1, 1).fill(hex(6_000), 16, 20).fill(hex(2_666), 20, 24)), 'image/png');
  });

  it('refuses moving pictures', () => {
    const actl = Buffer.concat([Buffer.from('00000008', 'hex'), Buffer.from('acTL'), Buffer.alloc(12)]);
    const still = png();
    assert.equal(codeOf(Buffer.concat([still.subarray(0, 33), actl, still.subarray(33)])), 'picture-moves');
    const frame = GIF.subarray(GIF.indexOf(0x2c), GIF.length - 1);
    assert.equal(codeOf(Buffer.concat([GIF.subarray(0, -1), frame, GIF.subarray(-1)])), 'picture-moves');
  });

  it('never throws and always ends, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(png(), GIF, JPEG, WEBP),
        fc.nat(),
        fc.uint8Array({ maxLength: 16 }),
        (whole, at, put) => {
          const copy = Buffer.from(whole);
          copy.set(put.subarray(0, copy.length - (at % copy.length)), at % copy.length);
          assert.ok(inspect(copy));
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

function hex(value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value);
  return out;
}

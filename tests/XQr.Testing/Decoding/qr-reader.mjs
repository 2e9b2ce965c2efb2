// Reads QR codes for the tests. Each line is a JSON object. Requests: {"image": base64 of an SVG or PNG file, "result": "code" | "pixels"}.
// Responses: {"code": {text, version, level, mask, modules} | null}, {"width", "height", "pixels": base64 of RGBA} or {"error"}.
// The argument is the folder with node_modules. The program ends at the end of its input.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const require = createRequire(join(process.argv[2], 'package.json'));
const { Resvg } = require('@resvg/resvg-js');
const { prepareZXingModule, readBarcodes } = require('zxing-wasm/reader');

// By default, the package loads this file from a CDN.
const wasmBinary = readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });

const readableWidth = 600;
const isPng = image => image.subarray(1, 4).toString('latin1') === 'PNG';

// resvg draws a PNG as the only element of an SVG with the size in its header (IHDR).
function rasterise(image) {
  if (isPng(image)) {
    const size = `width="${image.readUInt32BE(16)}" height="${image.readUInt32BE(20)}"`;
    const href = `data:image/png;base64,${image.toString('base64')}`;
    image = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><image ${size} image-rendering="optimizeSpeed" href="${href}"/></svg>`;
  }

  const { width, height, pixels } = new Resvg(image).render();
  return { width, height, pixels };
}

// Readers require several pixels per module, as from a camera. Each pixel becomes a square, without interpolation.
function enlarge({ width, height, pixels }) {
  const factor = Math.ceil(readableWidth / width);
  const from = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const to = new Uint32Array(width * height * factor * factor);
  for (let y = 0, at = 0; y < height * factor; y++) {
    const row = Math.floor(y / factor) * width;
    for (let x = 0; x < width * factor; x++) {
      to[at++] = from[row + Math.floor(x / factor)];
    }
  }

  return { width: width * factor, height: height * factor, data: new Uint8ClampedArray(to.buffer) };
}

async function readCode(image) {
  const [code] = await readBarcodes(enlarge(rasterise(image)), { formats: ['QRCode'], maxNumberOfSymbols: 1, tryInvert: false });
  if (!code?.isValid) {
    return null;
  }

  const { data, width } = code.symbol;
  const modules = Array.from({ length: width }, (_, row) =>
    Array.from(data.slice(row * width, (row + 1) * width), value => (value === 0 ? '#' : '.')).join(''));
  return { text: code.text, version: Number(code.version), level: code.ecLevel, mask: JSON.parse(code.extra).DataMask, modules };
}

async function respond(line) {
  const { image, result } = JSON.parse(line);
  const bytes = Buffer.from(image, 'base64');
  if (result === 'code') {
    return { code: await readCode(bytes) };
  }

  const raster = rasterise(bytes);
  return { ...raster, pixels: raster.pixels.toString('base64') };
}

for await (const line of createInterface({ input: process.stdin })) {
  const response = await respond(line).catch(error => ({ error: String(error) }));
  process.stdout.write(JSON.stringify(response) + '\n');
}

// Prints the time and bytes of the npm package qrcode in the format of XQr.Benchmarks. The argument is the folder with node_modules.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const QRCode = createRequire(join(process.argv[2], 'package.json'))('qrcode');
const url = 'https://xqr.example/Ab3dE';
const [batches, batchMs] = [40, 50];

async function measure(name, render) {
  let fastest = Infinity;
  for (let batch = 0; batch < batches; batch++) {
    const start = performance.now();
    let count = 0;
    for (; performance.now() - start < batchMs; count++) await render();
    fastest = Math.min(fastest, ((performance.now() - start) * 1000) / count);
  }

  console.log(`${name}\t${fastest.toFixed(1)}\t\t${Buffer.byteLength(await render())}`);
}

const options = { errorCorrectionLevel: 'M', margin: 1, scale: 10 };
await measure('npm qrcode SVG', () => QRCode.toString(url, { ...options, type: 'svg' }));
await measure('npm qrcode PNG, 270 px', () => QRCode.toBuffer(url, { ...options, type: 'png' }));

// Copies the files that the dashboard serves from npm packages, and their licences, into src/XQr.Dashboard/Assets/Files.
//   npm run update-dashboard-assets   writes them
//   npm run check-dashboard-assets    fails if a file differs from that of the pinned package
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const files = {
  'htmx.js': 'htmx.org/dist/htmx.min.js',
  'LICENSE.htmx.txt': 'htmx.org/LICENSE',
};

for (const [name, source] of Object.entries(files)) {
  const path = fileURLToPath(new URL(`src/XQr.Dashboard/Assets/Files/${name}`, root));
  const content = readFileSync(fileURLToPath(new URL(`node_modules/${source}`, root)));
  if (!process.argv.includes('--check')) {
    writeFileSync(path, content);
  } else if (!readFileSync(path).equals(content)) {
    console.error(`${name} differs from that of the pinned package. Run: npm run update-dashboard-assets`);
    process.exitCode = 1;
  }
}

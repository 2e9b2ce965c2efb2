// Creates tests/XQr.Api.Tests/Urls/hosts.jsonl: host names, each with the result of Node's URL class, which also implements the WHATWG
// URL Standard, or null if Node refuses the name. The names are the same at each run. Node accepts some names with text directions or
// joiners that the standard forbids; for these, the reference implementation decides.
//   node eng/hosts.mjs   (Node 24 or later: earlier ones have an older UTS #46)
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { toASCII } = createRequire(import.meta.url)('tr46');
const table = createRequire(import.meta.url)('tr46/lib/mappingTable.json');
const file = join(fileURLToPath(new URL('..', import.meta.url)), 'tests/XQr.Api.Tests/Urls/hosts.jsonl');

let seed = 20240229;
const random = count => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0, Math.floor((seed / 2 ** 32) * count));
const pick = list => list[random(list.length)];
const times = (count, make) => Array.from({ length: count }, make);
const char = point => String.fromCodePoint(point);
const between = (first, last) => char(first + random(last - first + 1));
const hosts = new Set();

// Leaves out code points that are newer than the Unicode version of this Node.
const isKnown = new Map();
const known = text => Array.from(text).every(character => {
  if (!isKnown.has(character)) {
    const host = `a${character}b`;
    const [node, tr46] = [read(host), toASCII(host, { checkBidi: true, checkJoiners: true })];
    isKnown.set(character, character < '\u0080' || node === tr46 || (node === null && /[\0- #%/:<>?@[\\\]^|\x7f]/.test(tr46)));
  }

  return isKnown.get(character);
});
const add = host => known(host) && hosts.add(host);

// Each kind of entry of the table
table.filter((_, index) => index % 11 === 0).forEach(([range]) => add(`a${char(Array.isArray(range) ? range[0] : range)}b.test`.toWellFormed()));

// Labels of scripts
const scripts = [[0xc0, 0x24f], [0x1e00, 0x1eff], [0x370, 0x3ff], [0x1f00, 0x1fff], [0x400, 0x52f], [0x531, 0x589], [0x5d0, 0x5ea], [0x620, 0x64a],
  [0x900, 0x97f], [0x980, 0x9ff], [0xb80, 0xbff], [0xd00, 0xd7f], [0xe01, 0xe4e], [0x1100, 0x11ff], [0x3041, 0x30ff], [0x4e00, 0x9fff], [0xac00, 0xd7a3], [0xf900, 0xfaff],
  [0xfb00, 0xfb4f], [0xff01, 0xff5e], [0x1d400, 0x1d7ff], [0x1f300, 0x1f64f], [0x2460, 0x24ff], [0x2070, 0x209c], [0x300, 0x345]];
times(1300, () => {
  const script = pick(scripts);
  const letter = () => pick([() => between(...script), () => between(...script), () => between(0x61, 0x7a), () => between(0x300, 0x32f), () => pick(['-', '1', 'ß', 'ς', '\u00ad'])])();
  add(times(1 + random(3), () => times(1 + random(5), letter).join('')).join(pick(['.', '.', '\u3002', '\uff0e'])));
});

// Text directions
const directions = ['א', 'ب', 'ی', 'a', '1', '١', '۱', '-', '\u05b0', '\u064b', 'é', '·', '+'];
times(700, () => add(times(1 + random(2), () => times(1 + random(5), () => pick(directions)).join('')).join('.')));

// Joiners, after viramas and between letters that join
const joined = ['\u200c', '\u200d', '\u200c', '\u200d', 'ب', 'د', 'ا', '\u064b', '\u094d', 'क', '\u0dca', 'a', 'ی'];
times(500, () => add(times(1 + random(5), () => pick(joined)).join('')));

// Punycode, valid and invalid
const encoded = [...hosts].map(read).filter(host => host?.includes('xn--'));
times(600, () => {
  const host = pick(encoded);
  const at = random(host.length);
  add(pick([host, host.toUpperCase(), host.slice(0, at) + pick('abz09-.') + host.slice(at + 1), host.slice(0, at), `a.${host.slice(at)}`]));
});
['xn--', 'xn--a', 'xn--a-', 'xn---', 'xn--é', 'XN--MNCHEN-3YA', 'xn--fa-hia', 'xn--99999999', 'a--b', '-a-', 'ab--c', 'xn--xn--a--gua'].forEach(add);

// Numbers
const number = () => pick(['0', '1', '127', '255', '256', '08', '010', '0x', '0x7f', '0XFF', '0xg', '4294967295', '4294967296', '65535', '16777216', '99999999999999999999', '', '１２', '1a', 'a']);
times(500, () => add(times(1 + random(5), number).join('.')));
times(250, () => add(`[${times(1 + random(9), () => pick(['', '0', '1', 'ffff', 'AbC', '01', '12345', 'g', '0', '0', '2001', 'db8'])).join(':')}${pick(['', '', '', ':1.2.3.4', '1.2.3', ':1.2.3.04', '%eth0', '%25eth0'])}]`));
['[::]', '[::1]', '[::ffff:127.0.0.1]', '[1:2:3:4:5:6:7:8]', '[1:2:3:4:5:6:7::]', '[::2:3:4:5:6:7:8]', '[1::8]', '[0:0:1:0:0:0:1:0]', '[1:0:0:1:0:0:0:1]', '[fe80::1%25eth0]', '[::1', '::1]', '[]',
  '[::1.2.3.4]', '[1:2:3:4:5:6:1.2.3.4]', '[1:2:3:4:5:6:7:1.2.3.4]', '[::1.2.3.256]', '[:::]', '[1:::2]', '[v1.a]'].forEach(add);

// ASCII of all kinds, percent-encoded too
times(128, (_, point) => add(`a${char(point)}b`));
times(256, (_, byte) => add(`a%${byte.toString(16).padStart(2, '0')}b`));
times(200, () => add(times(1 + random(4), () => pick(['a', 'Z', '9', '-', '_', '.', '.', '%C3%A9', '%c3', '%', '%2e', '%61', '~', '!', 'é', '%E3%80%82'])).join('')));
['', '.', '..', 'a.', 'a..', '.a', 'a..b', 'localhost', 'LOCALHOST.', '1.2.3.4.', '1.2.3.4..', 'a.1', 'a.0x', 'a.08', '1.a', 'é'.repeat(60), `${'a'.repeat(63)}.b`, `${'a'.repeat(64)}.b`, 'faß.de',
  'münchen.de', 'Ärzte.de', 'مثال1.com', 'aא.com', '💩.la', 'ＥＸＡＭＰＬＥ.com', 'I♥NY.de', 'xn--\u1234pck.com'].forEach(add);

const lines = [...hosts].filter(host => !/[/?#@\\:\t\n\r]/.test(host) || host.startsWith('[')).map(host => JSON.stringify([host, read(host)]));
writeFileSync(file, lines.map(line => line.replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)).join('\n') + '\n');
console.log(`${lines.length} hosts`);

function read(host) {
  const isForbidden = checks => !host.includes('%') && toASCII(host, { checkBidi: checks, checkJoiners: checks }) === null;
  if (isForbidden(true) && !isForbidden(false)) {
    return null;
  }

  try {
    return new URL(`https://${host}/`).hostname;
  } catch {
    return null;
  }
}

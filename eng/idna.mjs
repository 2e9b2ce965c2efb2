// Creates src/XQr.Api/Urls/Data/idna.txt, the Unicode data for host names, from the npm package tr46 and Node's normalization.
//   npm run update-idna   writes it
//   npm run check-idna    fails if the file differs from the data of the pinned package
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const data = join(root, 'src/XQr.Api/Urls/Data');
const table = require('tr46/lib/mappingTable.json');
const rules = require('tr46/lib/regexes.js');
const { mapped, ignored, disallowed } = require('tr46/lib/statusMapping.js').STATUS_MAPPING;
const unicode = require('tr46/package.json').unicodeVersion;

const valid = [];
const mappings = [];
for (const [range, status, text] of table) {
  const [first, last] = Array.isArray(range) ? range : [range, range];
  for (let point = first; point <= last; point++) {
    if (status === mapped || status === ignored) {
      mappings.push([point, text ?? '']);
    } else if (status !== disallowed) {
      valid.push(point);
    }
  }
}

// A Node with an older Unicode version cannot check newer characters.
const normalizable = valid.filter(point => /\p{Assigned}/u.test(char(point)));
const isComplete = normalizable.length === valid.length;
const joining = joiningTypes();
const classOf = combiningClasses();
const sections = {
  valid: ranges(valid, () => ''),
  mapped: runs(mappings),
  compositions: normalizable.flatMap(composition),
  combining: ranges(normalizable, point => classOf.get(point)),
  marks: ranges(valid.filter(point => rules.combiningMarks.test(char(point))), () => ''),
  bidi: ranges(valid, bidiClass),
  joining: ranges(valid, point => joining(char(point))),
};

const heading = `# Unicode ${unicode}, for host names by UTS #46. Made by eng/idna.mjs; LICENSE.unicode.txt and LICENSE.tr46.txt apply.\n`;
const files = {
  'idna.txt': heading + Object.entries(sections).map(([name, lines]) => `[${name}]\n${lines.join('\n')}\n`).join(''),
  'LICENSE.tr46.txt': readFileSync(join(root, 'node_modules/tr46/LICENSE.md'), 'utf8'),
};

for (const [name, content] of Object.entries(files)) {
  const path = join(data, name);
  if (!process.argv.includes('--check')) {
    if (!isComplete) {
      throw new Error(`Node ${process.version} has Unicode ${process.versions.unicode}; ${unicode} is required.`);
    }

    writeFileSync(path, content);
  } else if (comparable(readFileSync(path, 'utf8')) !== comparable(content)) {
    console.error(`${name} differs from the data of the pinned package. Run: npm run update-idna`);
    process.exitCode = 1;
  }
}

/** Removes the sections that need Node's normalization if this Node is older than the data. */
function comparable(content) {
  return isComplete ? content : content.replace(/^\[(compositions|combining)\]\n(?:[^[].*\n)*/gm, '');
}

function char(point) {
  return String.fromCodePoint(point);
}

function hex(point) {
  return point.toString(16).toUpperCase();
}

/** Code points that follow each other and have the same value, as "first-last value"; those without a value are left out. */
function ranges(points, valueOf) {
  const found = [];
  for (const point of points) {
    const value = valueOf(point);
    const before = found.at(-1);
    if (value === undefined) {
      continue;
    }

    if (before?.last === point - 1 && before.value === value) {
      before.last = point;
    } else {
      found.push({ first: point, last: point, value });
    }
  }

  return found.map(({ first, last, value }) => `${hex(first)}${last > first ? `-${hex(last)}` : ''}${value === '' ? '' : ` ${value}`}`);
}

/** As above; where the last character of the text counts up with the code point, the line has the text of the first one. */
function runs(entries) {
  const found = [];
  for (const [point, text] of entries) {
    const before = found.at(-1);
    const points = Array.from(text, character => character.codePointAt(0));
    const isNext = before?.last === point - 1 && before.points.length === 1 && points.length === 1 && points[0] - before.points[0] === point - before.first;
    if (isNext || (before?.last === point - 1 && before.points.length === 0 && points.length === 0)) {
      before.last = point;
    } else {
      found.push({ first: point, last: point, points });
    }
  }

  return found.map(({ first, last, points }) => [`${hex(first)}${last > first ? `-${hex(last)}` : ''}`, ...points.map(hex)].join(' '));
}

/** Gets the two characters of a composed character. Hangul is composed by arithmetic, and singletons are mapped before. */
function composition(point) {
  const parts = Array.from(char(point).normalize('NFD'));
  if (parts.length === 1 || (point >= 0xac00 && point <= 0xd7a3)) {
    return [];
  }

  const first = parts.slice(0, -1).join('').normalize('NFC');
  if ((first + parts.at(-1)).normalize('NFC') !== char(point) || Array.from(first).length !== 1) {
    throw new Error(`${hex(point)} is not composed of two characters.`);
  }

  return [`${hex(point)} ${hex(first.codePointAt(0))} ${hex(parts.at(-1).codePointAt(0))}`];
}

/**
 * The order of combining marks as consecutive numbers, which is all that normalization needs of the canonical combining classes. Marks
 * of one class keep their order. The number of the virama is also needed for joiners.
 */
function combiningClasses() {
  const comesBefore = (one, other) => (char(other) + char(one)).normalize('NFD') === char(one) + char(other);
  const [lowest, highest] = [0x334, 0x345];
  const marks = normalizable.filter(point => char(point).normalize('NFD') === char(point) && (point === lowest || comesBefore(lowest, point) || comesBefore(point, 0x301)));
  const classes = [];
  for (const mark of [...marks.filter(mark => mark !== highest), highest]) {
    const at = classes.findIndex(members => !comesBefore(members[0], mark));
    if (at < 0) {
      classes.push([mark]);
    } else if (comesBefore(mark, classes[at][0])) {
      classes.splice(at, 0, [mark]);
    } else {
      classes[at].push(mark);
    }
  }

  return new Map(classes.flatMap((members, index) => members.map(mark => [mark, index + 1])));
}

/** RFC 5893: R (also AL), N for AN, E for EN, M for NSM, O for ES, CS, ET, ON and BN, X for characters that no label may have. L is left out. */
function bidiClass(point) {
  const character = char(point);
  return rules.bidiS1LTR.test(character) ? undefined
    : rules.bidiS1RTL.test(character) ? 'R'
    : rules.bidiS4AN.test(character) ? 'N'
    : rules.bidiS4EN.test(character) ? 'E'
    : !rules.bidiS2.test(character) ? 'X'
    : rules.bidiS3.test(`\u05d0${character}`) ? 'M' : 'O';
}

/** RFC 5892, appendix A.1: D, L, R and T. */
function joiningTypes() {
  const classes = rules.validZWNJ.source.match(/\[[^\]]*\]/g).map(set => new RegExp(`^${set}$`, 'u'));
  const [left, transparent, , right] = classes;
  if (classes.length !== 4) {
    throw new Error('The joiner rule of the package has an unexpected form.');
  }

  return character => left.test(character) && right.test(character) ? 'D'
    : left.test(character) ? 'L'
    : right.test(character) ? 'R'
    : transparent.test(character) ? 'T' : undefined;
}

// Creates the rules of src/XQr.Api/Redirects/UserAgents/Data from the npm packages crawler-user-agents and uap-core.
//   npm run update-user-agents   writes them
//   npm run check-user-agents    fails if the files differ from the data of the pinned packages
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yaml from 'js-yaml';
import { additions, corrections } from './user-agent-corrections.mjs';
import { literalsOf } from './regex-literals.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const data = join(root, 'src/XQr.Api/Redirects/UserAgents/Data');
const read = path => readFileSync(join(root, 'node_modules', path), 'utf8');

const uap = yaml.load(read('uap-core/regexes.yaml'));
const files = {
  'bots.json': rulesFile(botRules(JSON.parse(read('crawler-user-agents/crawler-user-agents.json')))),
  'browsers.json': rulesFile(uap.user_agent_parsers.map(rule => familyRule(rule.regex, rule.family_replacement))),
  'systems.json': rulesFile(uap.os_parsers.map(rule => familyRule(rule.regex, rule.os_replacement))),
  'LICENSE.crawler-user-agents.txt': read('crawler-user-agents/LICENSE'),
  'LICENSE.uap-core.txt': read('uap-core/LICENSE'),
};

const isCheck = process.argv.includes('--check');
for (const [name, content] of Object.entries(files)) {
  const path = join(data, name);
  if (!isCheck) {
    writeFileSync(path, content);
  } else if (readFileSync(path, 'utf8') !== content) {
    console.error(`${name} differs from the data of the pinned packages. Run: npm run update-user-agents`);
    process.exitCode = 1;
  }
}

/** Writes one rule per line, so that an update can be reviewed. */
function rulesFile(rules) {
  return `[\n${rules.map(rule => JSON.stringify(rule)).join(',\n')}\n]\n`;
}

/** Combines plain strings in one rule; the few real patterns follow. */
function botRules(crawlers) {
  const patterns = [...crawlers.flatMap(crawler => corrected(crawler)), ...additions];
  const rules = patterns.map(pattern => ({ pattern, ...literalsOf(pattern) }));
  const strings = rules.flatMap(rule => rule.exact ?? []).toSorted();
  const shortest = [...new Set(strings)].filter(string => !strings.some(other => other !== string && string.includes(other)));
  return [{ any: shortest }, ...rules.filter(rule => !rule.exact).map(rule => ({ any: required(rule), pattern: forDotNet(rule.pattern) }))];
}

function corrected({ pattern, instances = [] }) {
  const correction = corrections[pattern];
  if (correction === undefined) {
    return [pattern];
  }

  if (correction !== null && !instances.every(instance => new RegExp(correction).test(instance))) {
    throw new Error(`${correction} misses an instance of ${pattern}`);
  }

  return correction === null ? [] : [correction];
}

/** uap-core uses the first group as the family if there is no replacement. Version numbers are not used here. */
function familyRule(regex, replacement) {
  if (/\$[2-9]/.test(replacement)) {
    throw new Error(`Only $1 is known: ${replacement}`);
  }

  const literals = literalsOf(regex);
  const isOneGroup = /^\([^()]*\)$/.test(regex);
  const name = replacement ?? (literals.exact?.length === 1 && isOneGroup ? literals.exact[0] : undefined);
  const isPlain = literals.exact && name && !name.includes('$1');
  return isPlain ? { any: literals.exact, name } : { any: required(literals), pattern: forDotNet(regex), name };
}

function required(literals) {
  if (!literals.required) {
    throw new Error('A rule without a required string would run for every visitor.');
  }

  return literals.required;
}

/** In .NET, \d and \w match all of Unicode and $ matches before a final line break; in ECMAScript they do not. */
function forDotNet(regex) {
  let isInClass = false;
  return regex.replaceAll(/\\(.)|[[\]$]/g, (part, escaped) => {
    isInClass = part === '[' ? true : part === ']' ? false : isInClass;
    const [open, close] = isInClass ? ['', ''] : ['[', ']'];
    return part === '$' && !isInClass ? '\\z'
      : escaped === 'd' ? `${open}0-9${close}`
      : escaped === 'w' ? `${open}A-Za-z0-9_${close}`
      : escaped === '/' ? '/'
      : part;
  });
}

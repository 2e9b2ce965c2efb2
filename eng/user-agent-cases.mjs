// Creates the test cases of tests/XQr.Api.Tests/Redirects/UserAgents/uap-core from a checkout of github.com/ua-parser/uap-core at the
// commit of the pinned release, because the npm package does not contain the tests.
//   node eng/user-agent-cases.mjs <checkout>
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yaml from 'js-yaml';

const [checkout] = process.argv.slice(2);
const folder = fileURLToPath(new URL('../tests/XQr.Api.Tests/Redirects/UserAgents/uap-core', import.meta.url));
for (const [from, to] of [['test_ua.yaml', 'browsers.json'], ['test_os.yaml', 'systems.json']]) {
  const { test_cases: cases } = yaml.load(readFileSync(join(checkout, 'tests', from), 'utf8'));
  const lines = cases.map(({ user_agent_string: agent, family }) => JSON.stringify([agent, family]));
  writeFileSync(join(folder, to), `[\n${lines.join(',\n')}\n]\n`);
}

copyFileSync(join(checkout, 'LICENSE'), join(folder, 'LICENSE'));

// Breaks the code on purpose, one change at a time, and checks that the named tests notice each change (mutation testing).
//
//   node eng/mutants.mjs                       all mutants of eng/mutants.json
//   node eng/mutants.mjs --numbers 1-5,16      some of them
//   node eng/mutants.mjs --name "rate limits"  those whose name contains a text
//   --report mutants.md                        also writes the table to a file
//   --skip-original                            does not run the tests without a mutant first
//
// It works on a copy of the checkout in a temporary folder. The exit code is 1 if a mutant survives, does not apply or does not compile.
import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const minutesPerMutant = 10
const testsFailed = 2

const root = resolve(import.meta.dirname, '..')
const { values: options } = parseArgs({
  options: { numbers: { type: 'string' }, name: { type: 'string' }, report: { type: 'string' }, 'skip-original': { type: 'boolean' } },
})
const ranges = options.numbers?.split(',').map(range => range.split('-').map(Number))
const all = JSON.parse(readFileSync(join(root, 'eng', 'mutants.json'), 'utf8')).map((mutant, index) => ({ number: index + 1, ...mutant }))
const mutants = all.filter(mutant =>
  (ranges?.some(([first, last = first]) => mutant.number >= first && mutant.number <= last) ?? true) &&
  mutant.name.toLowerCase().includes((options.name ?? '').toLowerCase()))

const copy = mkdtempSync(join(tmpdir(), 'mutants-'))
let running
process.on('exit', () => {
  stop(running)
  rmSync(copy, { recursive: true, force: true })
})
process.on('SIGINT', () => process.exit(1))
process.on('SIGTERM', () => process.exit(1))

try {
  copyCheckout()
  await buildAndCheckOriginal()
  const results = []
  for (const mutant of mutants) {
    results.push(await run(mutant))
  }

  report(results)
  process.exitCode = results.length > 0 && results.every(result => result.outcome === 'killed') ? 0 : 1
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}

/** Copies the files that git knows or would add, so that changes that are not committed are tested too. */
function copyCheckout() {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 })
  for (const file of listed.stdout.split('\0').filter(file => file && existsSync(join(root, file)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }

  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir')
}

/** Builds the test projects and runs the tests once without a mutant: only tests that pass can notice one. */
async function buildAndCheckOriginal() {
  for (const project of new Set(mutants.map(mutant => mutant.project))) {
    console.log(`Building ${project}`)
    const build = await dotnetBuild(join('tests', project))
    if (build.status !== 0) {
      throw new Error(`${project} does not build:\n${build.stdout}`)
    }

    if (options['skip-original']) {
      continue
    }

    console.log(`Running the tests of ${project} without a mutant`)
    const classes = [...new Set(mutants.filter(mutant => mutant.project === project).map(mutant => mutant.tests))]
    const tests = await runTests(project, classes)
    if (tests.status !== 0) {
      throw new Error(`Tests of ${project} fail without a mutant:\n${tests.stdout}`)
    }
  }
}

async function run(mutant) {
  const started = Date.now()
  const file = join(copy, mutant.file)
  const original = existsSync(file) ? readFileSync(file, 'utf8') : ''
  let outcome
  try {
    outcome = original.split(mutant.find).length === 2 ? await tryMutant(mutant, file, original) : 'does not apply'
  } finally {
    if (original) {
      writeFileSync(file, original)
    }
  }

  const result = { ...mutant, outcome, seconds: Math.round((Date.now() - started) / 1000) }
  console.log(lineOf(result))
  return result
}

async function tryMutant(mutant, file, original) {
  writeFileSync(file, original.replace(mutant.find, () => mutant.replace))
  const project = mutant.file.split('/').slice(0, 2).join('/')
  if ((await dotnetBuild(project, '--no-restore', '--no-dependencies')).status !== 0) {
    return 'does not compile'
  }

  const assembly = `${project.split('/')[1]}.dll`
  const target = join(copy, 'tests', mutant.project, 'bin/Debug/net10.0', assembly)
  const originalAssembly = readFileSync(target)
  copyFileSync(join(copy, project, 'bin/Debug/net10.0', assembly), target)
  const tests = await runTests(mutant.project, [mutant.tests])
  writeFileSync(target, originalAssembly)
  return tests.timedOut || tests.status === testsFailed ? 'killed' : tests.status === 0 ? 'survived' : `tests did not run (${tests.status})`
}

function dotnetBuild(project, ...options) {
  return dotnet(['build', project, '--nologo', '--verbosity', 'quiet', '-p:RunAnalyzersDuringBuild=false', '-p:TreatWarningsAsErrors=false', ...options])
}

function runTests(project, classes) {
  const filters = classes.flatMap(name => ['--filter-class', `*.${name}`])
  return dotnet(['test', '--project', join('tests', project), '--no-build', '--', '--stop-on-fail', 'on', ...filters], minutesPerMutant * 60_000)
}

/** Runs dotnet in the copy: its exit code, its output, and whether it took too long. */
function dotnet(parameters, timeout) {
  return new Promise((done, fail) => {
    let [stdout, timedOut] = ['', false]
    const child = running = spawn('dotnet', parameters, { cwd: copy, detached: true })
    const timer = timeout && setTimeout(() => {
      timedOut = true
      stop(child)
    }, timeout)
    child.stdout.on('data', data => { stdout += data })
    child.stderr.resume()
    child.on('error', fail)
    child.on('close', status => {
      clearTimeout(timer)
      running = undefined
      done({ status, stdout, timedOut })
    })
  })
}

/** Ends a process and those that it started: it leads a group of its own. */
function stop(child) {
  if (child) {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch (error) {
      if (error.code !== 'ESRCH') {
        throw error
      }
    }
  }
}

function report(results) {
  const killed = results.filter(result => result.outcome === 'killed').length
  const table = [
    '| | Mutant | Tests | Outcome | Seconds |',
    '|--:|---|---|---|--:|',
    ...results.map(lineOf),
    '',
    `${killed} of ${results.length} mutants killed.`,
  ].join('\n')
  console.log(`\n${table}`)
  if (options.report) {
    writeFileSync(options.report, `${table}\n`)
  }
}

function lineOf(result) {
  return `| ${result.number} | ${result.name} | ${result.tests} | ${result.outcome} | ${result.seconds} |`
}

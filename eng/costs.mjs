// Calculates the monthly cost for a number of redirects, from counted storage calls, the billing rules of the plan and list prices.
//
//   node eng/costs.mjs                       the table of docs/deploy.md
//   node eng/costs.mjs 5000000 --memory 2    another number of redirects, instances of 2 GB
//   --front-door   --always-ready 1   --table-call-10k 0.00045 …   any price or assumption below, in kebab case
//
// Prices change, and differ by region, currency and contract. Check them before you rely on a result.
import { parseArgs } from 'node:util'

/** List prices in US dollars, pay as you go, East US, without tax, as known in November 2026. */
const prices = {
  // https://azure.microsoft.com/pricing/details/functions/ — Flex Consumption
  onDemandGbSecond: 0.000026,
  freeGbSeconds: 100_000,
  executionsMillion: 0.4,
  freeExecutions: 250_000,
  alwaysReadyIdleGbSecond: 0.000004,
  alwaysReadyActiveGbSecond: 0.000016,
  // https://azure.microsoft.com/pricing/details/storage/tables/ and /blobs/ — locally redundant, hot
  tableCall10k: 0.00036,
  tableGb: 0.045,
  blobWrite10k: 0.05,
  // https://azure.microsoft.com/pricing/details/monitor/ — analytics logs, 5 GB a month are free
  telemetryGb: 2.3,
  freeTelemetryGb: 5,
  queryAlert: 1.5,
  metricAlert: 0.1,
  // https://azure.microsoft.com/pricing/details/bandwidth/ and /frontdoor/
  trafficGb: 0.087,
  freeTrafficGb: 100,
  frontDoorMonth: 35,
  frontDoorRequests10k: 0.009,
  frontDoorTrafficGb: 0.083,
}

/** Counted values (docs/performance.md) and assumptions. */
const use = {
  // Counted: 0 reads warm, 1 cold; 1 write alone, 0.02 under load. The calculation takes the higher number of both for every redirect.
  tableCallsPerRedirect: 2,
  // Assumed: one API call for 100 redirects, of 5 calls to storage.
  apiCallsPerRedirect: 0.01,
  tableCallsPerApiCall: 5,
  // The timer runs every minute; assumed: 5 calls to tables, and 4 writes of the host's locks.
  tableCallsPerTimer: 5,
  blobWritesPerTimer: 4,
  // An execution is billed for at least a second.
  leastSeconds: 1,
  // Assumed: the requests per second of an instance, and the ratio of the busiest hour to the mean.
  requestsPerInstance: 200,
  peak: 3,
  // Assumed: the bytes of a response with its headers, and those that a redirect adds to tables and to telemetry (capped at 1 GB a day).
  bytesPerAnswer: 1_000,
  bytesStored: 100,
  bytesOfTelemetry: 1_000,
  telemetryCapGb: 30.4,
}

const kebab = name => name.replace(/[A-Z0-9]+/g, part => `-${part.toLowerCase()}`)
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    memory: { type: 'string', default: '0.5' },
    'always-ready': { type: 'string', default: '0' },
    'front-door': { type: 'boolean', default: false },
    ...Object.fromEntries(Object.keys({ ...prices, ...use }).map(name => [kebab(name), { type: 'string' }])),
  },
})
for (const table of [prices, use])
  for (const name of Object.keys(table))
    if (values[kebab(name)] !== undefined) table[name] = number(values[kebab(name)], kebab(name))

const [memory, alwaysReady] = [number(values.memory, 'memory'), number(values['always-ready'], 'always-ready')]
const month = (365.25 / 12) * 24 * 3600
const timers = month / 60

function number(text, name) {
  if (text.trim() === '' || !(Number(text) >= 0)) throw new Error(`${name} must be a number, not '${text}'`)
  return Number(text)
}

function cost(redirects) {
  const requests = redirects * (1 + use.apiCallsPerRedirect)
  const executions = requests + timers
  const perSecond = executions / month
  // Concurrent requests share the time of an instance. A second without a request is not billed.
  const instances = Math.max(1, (perSecond * use.peak) / use.requestsPerInstance)
  const activeGbSeconds = month * (1 - Math.exp(-perSecond * use.leastSeconds)) * instances * memory
  const over = (amount, free) => Math.max(0, amount - free)
  const gigabytes = bytes => (redirects * bytes) / 1e9
  const traffic = gigabytes(use.bytesPerAnswer)
  const compute = alwaysReady > 0
    ? alwaysReady * memory * month * prices.alwaysReadyIdleGbSecond + activeGbSeconds * prices.alwaysReadyActiveGbSecond + (executions / 1e6) * prices.executionsMillion
    : over(activeGbSeconds, prices.freeGbSeconds) * prices.onDemandGbSecond + (over(executions, prices.freeExecutions) / 1e6) * prices.executionsMillion
  const tableCalls = redirects * (use.tableCallsPerRedirect + use.apiCallsPerRedirect * use.tableCallsPerApiCall) + timers * use.tableCallsPerTimer
  return {
    Compute: compute,
    'Table calls': (tableCalls / 1e4) * prices.tableCall10k,
    'Table data, a month\'s worth': gigabytes(use.bytesStored) * prices.tableGb,
    'Host\'s locks': ((timers * use.blobWritesPerTimer) / 1e4) * prices.blobWrite10k,
    Telemetry: over(Math.min(gigabytes(use.bytesOfTelemetry), use.telemetryCapGb), prices.freeTelemetryGb) * prices.telemetryGb,
    'Alert rules': 3 * prices.queryAlert + prices.metricAlert,
    'Traffic out': values['front-door'] ? traffic * prices.frontDoorTrafficGb : over(traffic, prices.freeTrafficGb) * prices.trafficGb,
    'Front Door': values['front-door'] ? prices.frontDoorMonth + (requests / 1e4) * prices.frontDoorRequests10k : 0,
  }
}

const sizes = positionals.length > 0 ? positionals.map(text => number(text, 'redirects')) : [1e4, 1e6, 1e8]
const costs = sizes.map(cost)
const dollars = amount => (amount === 0 ? '–' : `$${amount.toFixed(2)}`)
const row = cells => `| ${cells.join(' | ')} |`
console.log(row(['A month of', ...sizes.map(size => `${size.toLocaleString('en-US')} redirects`)]))
console.log(row(['---', ...sizes.map(() => '---:')]))
for (const part of Object.keys(costs[0])) console.log(row([part, ...costs.map(one => dollars(one[part]))]))
console.log(row(['**Sum**', ...costs.map(one => `**${dollars(Object.values(one).reduce((sum, part) => sum + part))}**`)]))

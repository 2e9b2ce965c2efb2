// Calculates the monthly cost for a number of redirects, from counted storage calls, the billing rules of the plan and list prices.
//
//   node eng/costs.mjs                       the table of docs/deploy.md
//   node eng/costs.mjs 5000000 --memory 2    another number of redirects, instances of 2 GB
//   --front-door   --always-ready 1   --table-call-10k 0.00045 …   any price or assumption below, in kebab case
//
// Prices change, and differ by region, currency and contract. Check them before you rely on a result.
import { readFileSync } from 'node:fs'
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
  // https://azure.microsoft.com/pricing/details/storage/queues/ — locally redundant, general purpose v2
  queueClassOne10k: 0.004,
  queueClassTwo10k: 0.004,
  // https://azure.microsoft.com/pricing/details/monitor/ — analytics logs, 5 GB a month are free
  telemetryGb: 2.3,
  freeTelemetryGb: 5,
  // A log alert rule that is evaluated every 5 minutes, one every 15 minutes, and a metric alert rule.
  frequentQueryAlert: 1.5,
  queryAlert: 0.5,
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
  // The timer looks for lost work every minute: 3 calls to tables. Assumed: 4 writes of the host's locks.
  timerMinutes: 1,
  tableCallsPerTimer: 3,
  blobWritesPerTimer: 4,
  // Assumed: the workspaces whose links are visited, equally often, and the seconds between two looks of the platform at an idle queue.
  workspaces: 20,
  queuePollSeconds: 10,
  // Counted: the scans of a workspace that come within this time after the first are aggregated by one message. It is sent, received and deleted, its
  // note is added and removed, and an aggregation reads and writes 8 times.
  aggregationMinutes: 1,
  queueCallsPerMessage: 3,
  tableCallsPerMessage: 10,
  // The messages that an instance handles at the same time.
  messagesPerInstance: 16,
  // Counted in infra/bicep/modules/alerts.bicep.
  frequentQueryAlerts: 0,
  queryAlerts: 0,
  metricAlerts: 0,
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

const alerts = readFileSync(new URL('../infra/bicep/modules/alerts.bicep', import.meta.url), 'utf8')
use.frequentQueryAlerts = alerts.match(/frequency: 'PT5M'/g).length
use.queryAlerts = alerts.match(/frequency: 'PT15M'/g).length
use.metricAlerts = alerts.match(/'Microsoft\.Insights\/metricAlerts@/g).length

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
const timers = month / (60 * use.timerMinutes)

function number(text, name) {
  if (text.trim() === '' || !(Number(text) >= 0)) throw new Error(`${name} must be a number, not '${text}'`)
  return Number(text)
}

/** Returns the seconds of a month in which instances are busy with executions that come at random. What is concurrent shares an instance. */
function busySeconds(executions, perInstanceAndSecond) {
  const perSecond = executions / month
  // A second without an execution is not billed.
  return month * (1 - Math.exp(-perSecond * use.leastSeconds)) * Math.max(1, (perSecond * use.peak) / perInstanceAndSecond)
}

function cost(redirects) {
  const requests = redirects * (1 + use.apiCallsPerRedirect)
  // A workspace is aggregated once for all scans that come within some minutes.
  const periods = (month / (60 * use.aggregationMinutes)) * use.workspaces
  const messages = periods * (1 - Math.exp(-redirects / periods))
  const executions = requests + timers + messages
  // HTTP functions, the timer and the queue have instances of their own.
  const httpGbSeconds = busySeconds(requests, use.requestsPerInstance) * memory
  const backgroundGbSeconds = (timers * use.leastSeconds + busySeconds(messages, use.messagesPerInstance / use.leastSeconds)) * memory
  const over = (amount, free) => Math.max(0, amount - free)
  const gigabytes = bytes => (redirects * bytes) / 1e9
  const traffic = gigabytes(use.bytesPerAnswer)
  const onDemand = gbSeconds => over(gbSeconds, prices.freeGbSeconds) * prices.onDemandGbSecond
  const compute = alwaysReady > 0
    ? alwaysReady * memory * month * prices.alwaysReadyIdleGbSecond + httpGbSeconds * prices.alwaysReadyActiveGbSecond + onDemand(backgroundGbSeconds)
    : onDemand(httpGbSeconds + backgroundGbSeconds)
  const tableCalls = redirects * (use.tableCallsPerRedirect + use.apiCallsPerRedirect * use.tableCallsPerApiCall)
    + timers * use.tableCallsPerTimer + messages * use.tableCallsPerMessage
  return {
    Compute: compute,
    Executions: (over(executions, prices.freeExecutions) / 1e6) * prices.executionsMillion,
    'Table calls': (tableCalls / 1e4) * prices.tableCall10k,
    'Table data, a month\'s worth': gigabytes(use.bytesStored) * prices.tableGb,
    'Queue calls': ((messages * use.queueCallsPerMessage) / 1e4) * prices.queueClassOne10k + (month / use.queuePollSeconds / 1e4) * prices.queueClassTwo10k,
    'Host\'s locks': ((timers * use.blobWritesPerTimer) / 1e4) * prices.blobWrite10k,
    Telemetry: over(Math.min(gigabytes(use.bytesOfTelemetry), use.telemetryCapGb), prices.freeTelemetryGb) * prices.telemetryGb,
    'Alert rules': use.frequentQueryAlerts * prices.frequentQueryAlert + use.queryAlerts * prices.queryAlert + use.metricAlerts * prices.metricAlert,
    'Traffic out': values['front-door'] ? traffic * prices.frontDoorTrafficGb : over(traffic, prices.freeTrafficGb) * prices.trafficGb,
    'Front Door': values['front-door'] ? prices.frontDoorMonth + (requests / 1e4) * prices.frontDoorRequests10k : 0,
  }
}

const sizes = positionals.length > 0 ? positionals.map(text => number(text, 'redirects')) : [0, 1e4, 1e6, 1e8]
const costs = sizes.map(cost)
const dollars = amount => (amount === 0 ? '–' : `$${amount.toFixed(2)}`)
const row = cells => `| ${cells.join(' | ')} |`
console.log(row(['A month of', ...sizes.map(size => `${size.toLocaleString('en-US')} redirects`)]))
console.log(row(['---', ...sizes.map(() => '---:')]))
for (const part of Object.keys(costs[0])) console.log(row([part, ...costs.map(one => dollars(one[part]))]))
console.log(row(['**Sum**', ...costs.map(one => `**${dollars(Object.values(one).reduce((sum, part) => sum + part))}**`)]))

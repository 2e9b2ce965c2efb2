metadata description = 'E-mail alerts for errors, refused requests, latency, storage throttling and lost data, and the budget.'

import { texts } from '../types.bicep'

param actionGroupName string
param budgetName string
param location string
param tags texts

param applicationInsightsId string
param storageAccountId string

@description('The e-mail address that receives the alerts.')
param email string

@description('The monthly budget of the resource group, in the currency of the subscription. Mail is sent at 80 % spent and at 100 % forecast.')
param monthlyBudget int

@description('The first day of the month in which the budget starts, for example 2026-11-01.')
param budgetStart string

// The query of requests. Telemetry is sampled, so a row has the number of requests that it represents.
var total = 'requests | summarize total = sum(itemCount), '

// The query of the service's own metrics: the sum of the counts of all instances.
var metrics = 'customMetrics | where name == '
var sum = ' | summarize found = sum(valueSum)'
// A rule that is evaluated every 5 minutes costs three times as much as one every 15 minutes (docs/deploy.md).
var rules = [
  {
    name: 'server-errors'
    description: 'More than 1 % of the requests in 15 minutes returned 5xx.'
    severity: 1
    frequency: 'PT5M'
    query: '${total}found = sumif(itemCount, toint(resultCode) >= 500) | where total >= 20 | project percent = 100.0 * found / total'
    column: 'percent'
    threshold: 1
  }
  {
    name: 'refusals'
    description: 'More than 10 % of the requests in 15 minutes returned 429.'
    severity: 3
    frequency: 'PT15M'
    query: '${total}found = sumif(itemCount, resultCode == "429") | where total >= 20 | project percent = 100.0 * found / total'
    column: 'percent'
    threshold: 10
  }
  {
    name: 'latency'
    description: 'More than 5 % of the requests in 15 minutes took longer than a second.'
    severity: 2
    frequency: 'PT15M'
    query: '${total}slow = sumif(itemCount, duration > 1000) | where total >= 100 | project percent = 100.0 * slow / total'
    column: 'percent'
    threshold: 5
  }
  {
    name: 'scans-quarantined'
    description: 'Batches of scans were refused by storage or cannot be read. They are in the quarantine and not counted.'
    severity: 1
    frequency: 'PT15M'
    query: '${metrics}"xqr.scans.quarantined"${sum}'
    column: 'found'
    threshold: 0
  }
  {
    name: 'scans-lost'
    description: 'Scans were lost because they did not fit into memory while storage was unavailable.'
    severity: 1
    frequency: 'PT15M'
    query: '${metrics}"xqr.scans.lost"${sum}'
    column: 'found'
    threshold: 0
  }
  {
    name: 'unreadable-rows'
    description: 'Queries skip rows that cannot be read.'
    severity: 1
    frequency: 'PT15M'
    query: '${metrics}"xqr.rows.unreadable"${sum}'
    column: 'found'
    threshold: 0
  }
  {
    name: 'work-poisoned'
    description: 'Background work failed too often. Its messages are in the queue work-poison.'
    severity: 2
    frequency: 'PT15M'
    query: '${metrics}"xqr.work.poisoned"${sum}'
    column: 'found'
    threshold: 0
  }
  {
    name: 'background-failures'
    description: 'Background work failed more than 30 times in 15 minutes.'
    severity: 2
    frequency: 'PT15M'
    query: '${metrics}"xqr.background.failures"${sum}'
    column: 'found'
    threshold: 30
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'xqr'
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource queryAlert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'xqr-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'XQr: ${rule.name}'
      description: rule.description
      severity: rule.severity
      enabled: true
      autoMitigate: true
      scopes: [applicationInsightsId]
      evaluationFrequency: rule.frequency
      windowSize: 'PT15M'
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: rule.column
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [people.id]
      }
    }
  }
]

// https://learn.microsoft.com/azure/storage/common/monitor-storage-reference#metrics-dimensions
resource throttling 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'xqr-storage-throttling'
  location: 'global'
  tags: tags
  properties: {
    description: 'Storage throttled more than 10 calls in 5 minutes.'
    severity: 2
    enabled: true
    autoMitigate: true
    scopes: [storageAccountId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'throttled'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          metricName: 'Transactions'
          dimensions: [
            {
              name: 'ResponseType'
              operator: 'Include'
              values: [
                'ServerBusyError'
                'SuccessWithThrottling'
                'ClientAccountRequestThrottlingError'
                'ClientAccountBandwidthThrottlingError'
              ]
            }
          ]
          operator: 'GreaterThan'
          threshold: 10
          timeAggregation: 'Total'
        }
      ]
    }
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: budgetName
  properties: {
    category: 'Cost'
    timeGrain: 'Monthly'
    amount: monthlyBudget
    timePeriod: {
      startDate: budgetStart
    }
    notifications: {
      spent: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: [email]
      }
      foreseen: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [email]
      }
    }
  }
}

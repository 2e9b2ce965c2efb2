metadata description = 'Where telemetry goes. Both take it from identities only: no instrumentation key writes to them.'

import { texts } from '../types.bicep'

param logAnalyticsName string
param applicationInsightsName string
param location string
param tags texts

@description('How long telemetry is kept, in days. 31 are part of the price of taking it in.')
@minValue(30)
@maxValue(730)
param retentionInDays int = 31

@description('How much telemetry is taken in a day at most, in GB; -1 for no limit. Beyond it the day is blind, and the bill stands still.')
param dailyQuotaGb int = 1

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: logAnalyticsName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionInDays
    features: {
      disableLocalAuth: true
    }
    workspaceCapping: {
      dailyQuotaGb: dailyQuotaGb
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  kind: 'web'
  tags: tags
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
    DisableLocalAuth: true
    // The service stores no visitor's address, and its telemetry shall not either.
    DisableIpMasking: false
  }
}

output applicationInsightsId string = insights.id
output connectionString string = insights.properties.ConnectionString

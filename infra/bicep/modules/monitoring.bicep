metadata description = 'Log Analytics and Application Insights. Both accept telemetry only from identities, not with an instrumentation key.'

import { texts } from '../types.bicep'

param logAnalyticsName string
param applicationInsightsName string
param location string
param tags texts

@description('The retention of telemetry in days. The price of ingestion includes 31 days.')
@minValue(30)
@maxValue(730)
param retentionInDays int = 31

@description('The daily cap on telemetry in GB; -1 for no limit. Azure drops telemetry above the cap.')
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
    // The service stores no address of a visitor, so telemetry masks addresses too.
    DisableIpMasking: false
  }
}

output applicationInsightsId string = insights.id
output connectionString string = insights.properties.ConnectionString

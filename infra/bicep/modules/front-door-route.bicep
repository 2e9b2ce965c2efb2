metadata description = 'The route from Front Door to the app. Nothing is cached, so each redirect is counted and a changed link takes effect within seconds.'

param profileName string
param endpointName string
param originHostName string

@description('The resource id of the custom domain; empty for none.')
param customDomainId string

@description('The header in which Front Door sends the visitor\'s country.')
param countryHeader string

resource profile 'Microsoft.Cdn/profiles@2024-02-01' existing = {
  name: profileName

  resource endpoint 'afdEndpoints' existing = {
    name: endpointName
  }
}

resource origins 'Microsoft.Cdn/profiles/originGroups@2024-02-01' = {
  parent: profile
  name: 'api'
  properties: {
    // One origin needs no health probes, and probes would keep an idle app running.
    loadBalancingSettings: {
      sampleSize: 4
      successfulSamplesRequired: 3
      additionalLatencyInMilliseconds: 50
    }
  }

  resource origin 'origins' = {
    name: 'app'
    properties: {
      hostName: originHostName
      originHostHeader: originHostName
      httpPort: 80
      httpsPort: 443
      priority: 1
      weight: 1000
      enabledState: 'Enabled'
      enforceCertificateNameCheck: true
    }
  }
}

resource rules 'Microsoft.Cdn/profiles/ruleSets@2024-02-01' = {
  parent: profile
  name: 'visitor'

  // The rule overwrites a header of this name that a visitor sends.
  resource country 'rules' = {
    name: 'country'
    properties: {
      order: 1
      matchProcessingBehavior: 'Continue'
      conditions: []
      actions: [
        {
          name: 'ModifyRequestHeader'
          parameters: {
            typeName: 'DeliveryRuleHeaderActionParameters'
            headerAction: 'Overwrite'
            headerName: countryHeader
            value: '{geo_country}'
          }
        }
      ]
    }
  }
}

resource route 'Microsoft.Cdn/profiles/afdEndpoints/routes@2024-02-01' = {
  parent: profile::endpoint
  name: 'all'
  dependsOn: [
    origins::origin
    rules::country
  ]
  properties: {
    originGroup: {
      id: origins.id
    }
    customDomains: empty(customDomainId)
      ? []
      : [
          {
            id: customDomainId
          }
        ]
    ruleSets: [
      {
        id: rules.id
      }
    ]
    supportedProtocols: ['Http', 'Https']
    patternsToMatch: ['/*']
    forwardingProtocol: 'HttpsOnly'
    httpsRedirect: 'Enabled'
    linkToDefaultDomain: 'Enabled'
    enabledState: 'Enabled'
  }
}

metadata description = 'The Flex Consumption plan and the app on it.'

import { texts } from '../types.bicep'

param planName string
param name string
param location string
param tags texts

@description('The name that azure.yaml gives to the app.')
param serviceName string

param identityId string
param identityClientId string
param deploymentContainerUrl string

@description('Settings of the app, name and value. What the host needs of its own is added here.')
param settings texts

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances that wait for requests and are paid for while they wait; 0 for none: then the first request after a pause starts one.')
param alwaysReadyInstances int

@description('Requests that an instance answers at a time before another is started.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int

@description('Whether only Front Door may send requests.')
param isBehindFrontDoor bool

@description('The id of that Front Door profile.')
param frontDoorId string

// Requests are for the public; deployments come to the other host name, with an identity.
var frontDoorOnly = [
  {
    name: 'FrontDoor'
    description: 'Requests of this Front Door profile only'
    action: 'Allow'
    priority: 100
    tag: 'ServiceTag'
    ipAddress: 'AzureFrontDoor.Backend'
    headers: {
      'x-azure-fdid': [frontDoorId]
    }
  }
]

// Each request takes a place in the host from its first byte until its answer ends. A client can hold places: by an upload that it never
// ends, or a header that the host's forwarder chokes on for 15 seconds. So places must not be few (with 200, 300 such requests delayed
// redirects by 13 seconds), and are bounded by what they cost alone: memory, at most about 0.1 MB each. None waits in a queue behind them:
// a request over the limit is refused at once. See "Requests at a time" in docs/deploy.md.
var requestPlaces = string(instanceMemoryMB * 4)

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': serviceName })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientCertEnabled: false
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      healthCheckPath: '/health'
      ipSecurityRestrictions: isBehindFrontDoor ? frontDoorOnly : []
      ipSecurityRestrictionsDefaultAction: isBehindFrontDoor ? 'Deny' : 'Allow'
      scmIpSecurityRestrictionsUseMain: false
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances > 0
          ? [
              {
                name: 'http'
                instanceCount: alwaysReadyInstances
              }
            ]
          : []
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, {
      AzureFunctionsJobHost__extensions__http__maxConcurrentRequests: requestPlaces
      AzureFunctionsJobHost__extensions__http__maxOutstandingRequests: requestPlaces
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      // Which identity the app takes, of those that it could have.
      AZURE_CLIENT_ID: identityClientId
    })
  }

  resource ftpCredentials 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  resource scmCredentials 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }
}

output name string = app.name
output hostName string = app.properties.defaultHostName

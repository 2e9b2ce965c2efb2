metadata description = 'The Flex Consumption plan and the app on it.'

import { texts } from '../types.bicep'

param planName string
param name string
param location string
param tags texts

@description('The name of the service in azure.yaml.')
param serviceName string

param identityId string
param identityClientId string
param deploymentContainerUrl string

@description('The settings of the app. This module adds the settings of the host, and the secret of the sign-in if there is a client id.')
param settings texts

@description('The client secret of the dashboard at the sign-in provider; empty for none.')
@secure()
param authClientSecret string

@description('The memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('The number of instances that are always ready, and billed while they wait. With 0, the first request after a pause starts an instance.')
param alwaysReadyInstances int

@description('The number of parallel requests of an instance above which another instance starts.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int

@description('True to accept requests only from Front Door.')
param isBehindFrontDoor bool

@description('The id of the Front Door profile.')
param frontDoorId string

// Everybody may send requests. Deployments use the other host name and need an identity.
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

// Each request takes a place in the host from its first byte until its response ends. A client can hold places with an upload that never
// ends, or with a header that blocks the host's forwarder for 15 seconds. With 200 places, 300 such requests delayed redirects by 13
// seconds. So the limit depends only on memory, about 0.1 MB for each place. There is no queue: the host refuses requests over the limit
// at once. See "How many requests does an instance take?" in docs/deploy.md.
var requestPlaces = string(instanceMemoryMB * 4)

var secrets = contains(settings, 'Xqr__Auth__ClientId') ? { Xqr__Auth__ClientSecret: authClientSecret } : {}

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
    properties: union(settings, secrets, {
      AzureFunctionsJobHost__extensions__http__maxConcurrentRequests: requestPlaces
      AzureFunctionsJobHost__extensions__http__maxOutstandingRequests: requestPlaces
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      // Selects the identity, because an app can have several.
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

metadata description = 'The storage account: all data of the service, the host\'s locks, and the package that the app runs from.'

import { texts } from '../types.bicep'

param name string
param location string
param tags texts

@description('How often data is kept: in one data centre (LRS), in three of the region (ZRS), or also in another region (GRS, GZRS).')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param sku string

@description('Origins, for example https://dashboard.example, whose pages may upload files.')
param uploadOrigins string[]

@description('The tables that the code names (src/XQr.Api/Storage/Tables.cs).')
param tables string[] = [
  'ApiKeys'
  'AssetWork'
  'Folds'
  'Idempotency'
  'Members'
  'RateCounters'
  'Salts'
  'ShortCodes'
  'Workspaces'
]

@description('The private containers that the code names (src/XQr.Api/Storage/Containers.cs).')
param privateContainers string[] = [
  'assets'
  'idempotency'
  'maintenance'
  'qr-logos'
  'qr-renders'
  'quarantine'
]

@description('The containers of the code whose blobs anybody may read who knows their address. Nobody may list them.')
param publicContainers string[] = [
  'assets-public'
]

@description('The container of the package that the app runs from.')
param deploymentContainer string = 'deployments'

// What a rule is for, the container it holds in, and after how many days a blob goes. A rule stands here with the container it names.
var expiries = [
  { name: 'idempotency', container: 'idempotency', days: 2 }
  { name: 'renders', container: 'qr-renders', days: 30 }
]
var containers = concat(privateContainers, [deploymentContainer])
var activeExpiries = filter(expiries, rule => contains(privateContainers, rule.container))
var expiryRules = map(activeExpiries, rule => {
  name: 'expire-${rule.name}'
  enabled: true
  type: 'Lifecycle'
  definition: {
    filters: {
      blobTypes: ['blockBlob']
      prefixMatch: ['${rule.container}/']
    }
    actions: {
      baseBlob: {
        delete: {
          daysAfterModificationGreaterThan: rule.days
        }
      }
    }
  }
})

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: !empty(publicContainers)
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 7
    }
    cors: {
      corsRules: empty(uploadOrigins)
        ? []
        : [
            {
              allowedOrigins: uploadOrigins
              allowedMethods: ['PUT', 'OPTIONS']
              allowedHeaders: ['content-type', 'x-ms-*']
              exposedHeaders: ['etag', 'x-ms-request-id']
              maxAgeInSeconds: 3600
            }
          ]
    }
  }
}

resource private 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for container in containers: {
    parent: blobs
    name: container
    properties: {
      publicAccess: 'None'
    }
  }
]

resource public 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for container in publicContainers: {
    parent: blobs
    name: container
    properties: {
      publicAccess: 'Blob'
    }
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource table 'Microsoft.Storage/storageAccounts/tableServices/tables@2024-01-01' = [
  for name in tables: {
    parent: tableService
    name: name
  }
]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = if (!empty(activeExpiries)) {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: expiryRules
    }
  }
}

output id string = account.id
output deploymentContainerUrl string = '${account.properties.primaryEndpoints.blob}${deploymentContainer}'

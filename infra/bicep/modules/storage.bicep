metadata description = 'The storage account with all data of the service, the locks of the host, and the package of the app.'

import { texts } from '../types.bicep'

param name string
param location string
param tags texts

@description('The redundancy of the data: one data centre (LRS), three of the region (ZRS), or also another region (GRS, GZRS).')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param sku string

@description('The origins whose pages may upload files, for example https://dashboard.example.')
param uploadOrigins string[]

@description('The tables of the service, as in src/XQr.Api/Storage/Tables.cs.')
param tables string[] = [
  'ApiKeys'
  'AssetWork'
  'Folds'
  'Idempotency'
  'Members'
  'RateCounters'
  'Salts'
  'Sessions'
  'ShortCodes'
  'Work'
  'Workspaces'
]

@description('The queues of the service, as in src/XQr.Api/Storage/Queues.cs.')
param queues string[] = [
  'work'
  'work-poison'
]

@description('The private containers of the service, as in src/XQr.Api/Storage/Containers.cs.')
param privateContainers string[] = [
  'assets'
  'data-protection'
  'idempotency'
  'qr-logos'
  'qr-renders'
  'quarantine'
]

@description('The containers whose blobs are public at an address that cannot be guessed. Nobody may list them.')
param publicContainers string[] = [
  'assets-public'
]

@description('The container of the package of the app.')
param deploymentContainer string = 'deployments'

// The lifecycle rules: name, container, and the number of days after which blobs are deleted.
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

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2024-01-01' = [
  for name in queues: {
    parent: queueService
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

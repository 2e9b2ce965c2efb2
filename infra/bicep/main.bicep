targetScope = 'subscription'

metadata description = 'XQr Serverless on Azure Functions Flex Consumption. This file names the resources and connects the modules; docs/deploy.md describes its use.'

@description('The name of the azd environment. It is part of the name of the resource group and of all resources.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('The region of all resources and data. It must offer Flex Consumption.')
@minLength(1)
param location string

@description('The address of short links, for example https://go.example.com. The default is the custom domain, the address of Front Door, or the address of the app, in this order.')
param publicBaseUrl string = ''

@description('True to put Front Door in front of the app. It adds custom domains and the visitor\'s country, for a fixed monthly price.')
param useFrontDoor bool = false

@description('The custom domain on Front Door, for example go.example.com; empty for none.')
param customDomain string = ''

@description('Without Front Door: the header in which another proxy sends the visitor\'s address; empty for none. X-Forwarded-For is not possible, because the Functions host overwrites it.')
param clientIpHeader string = ''

@description('Without Front Door: the header in which another proxy sends the visitor\'s country; empty for none.')
param countryHeader string = ''

@description('The issuer of the OpenID Connect provider of the members, for example https://login.microsoftonline.com/TENANT/v2.0. Empty to turn off sign-in.')
param authAuthority string = ''

@description('The audience of the tokens that the developer API accepts; empty for the client id.')
param authAudience string = ''

@description('The client id of the dashboard at the provider. Empty to turn off the sign-in to the dashboard.')
param authClientId string = ''

@description('The client secret of the dashboard at the provider; empty for a public client.')
@secure()
param authClientSecret string = ''

@description('The claim that says that an e-mail address is verified; xms_edov for Microsoft Entra ID.')
param authEmailVerifiedClaim string = 'email_verified'

@description('True to let every signed-in person with a verified e-mail address create workspaces.')
param authAllowWorkspaceCreation bool = false

@description('The plan of the workspaces that people create.')
@allowed(['Free', 'Pro', 'Business', 'Enterprise'])
param authNewWorkspacePlan string = 'Free'

@description('The memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@description('The maximum number of instances. It limits the cost of a flood of requests.')
param maximumInstanceCount int = 40

@description('The number of instances that are always ready, and billed while they wait.')
param alwaysReadyInstances int = 0

@description('The number of parallel requests of an instance above which another instance starts.')
param httpConcurrency int = 100

@description('The redundancy of the storage account.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('The origins whose pages may upload files, for example https://dashboard.example.')
param uploadOrigins string[] = []

@description('The principal that runs admin commands and the smoke test; azd passes the principal that deploys. Empty for none.')
param principalId string = ''

@description('The type of this principal.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('The e-mail address for alerts and budget notifications. Empty for no alerts and no budget.')
param alertEmail string = ''

@description('The monthly budget, in the currency of the subscription.')
param monthlyBudget int = 50

@description('The first day of the month in which the budget starts. Azure refuses to change it for an existing budget.')
param budgetStart string = '2026-11-01'

var abbreviations = loadJsonContent('abbreviations.json')
var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }
var names = mapValues(abbreviations, abbreviation => '${abbreviation}${token}')
var visitorCountryHeader = 'X-XQr-Country'

// The template chooses the name, so the address is known before the app exists and can be one of its settings.
var appAddress = 'https://${names.functionApp}.azurewebsites.net'
var frontDoorAddress = useFrontDoor
  ? 'https://${empty(customDomain) ? frontDoor!.outputs.endpointHostName : customDomain}'
  : ''
var baseUrl = !empty(publicBaseUrl) ? publicBaseUrl : useFrontDoor ? frontDoorAddress : appAddress

// The settings of the application and the host. A visitor cannot choose X-Azure-SocketIP, the address of the connection to Front Door, but
// can choose X-Azure-ClientIP by sending X-Forwarded-For (https://learn.microsoft.com/azure/frontdoor/rule-set-server-variables).
var settings = union(
  {
    AzureWebJobsStorage__accountName: names.storageAccount
    APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
    Xqr__PublicBaseUrl: baseUrl
    Xqr__Storage__AccountName: names.storageAccount
  },
  empty(authAuthority)
    ? {}
    : {
        Xqr__Auth__Authority: authAuthority
        Xqr__Auth__Audience: authAudience
        Xqr__Auth__ClientId: authClientId
        Xqr__Auth__EmailVerifiedClaim: authEmailVerifiedClaim
        Xqr__Auth__AllowWorkspaceCreation: string(authAllowWorkspaceCreation)
        Xqr__Auth__NewWorkspacePlan: authNewWorkspacePlan
      },
  useFrontDoor
    ? {
        Xqr__ClientIpHeader: 'X-Azure-SocketIP'
        Xqr__CountryHeader: visitorCountryHeader
      }
    : union(
        empty(clientIpHeader) ? {} : { Xqr__ClientIpHeader: clientIpHeader },
        empty(countryHeader) ? {} : { Xqr__CountryHeader: countryHeader }
      )
)

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: names.userAssignedIdentity
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    logAnalyticsName: names.logAnalytics
    applicationInsightsName: names.applicationInsights
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: names.storageAccount
    location: location
    tags: tags
    sku: storageSku
    uploadOrigins: uploadOrigins
  }
}

module roles 'modules/roles.bicep' = {
  scope: group
  dependsOn: [identity, monitoring, storage]
  params: {
    storageAccountName: names.storageAccount
    applicationInsightsName: names.applicationInsights
    appIdentityName: names.userAssignedIdentity
    operatorPrincipalId: principalId
    operatorPrincipalType: principalType
  }
}

module frontDoor 'modules/front-door.bicep' = if (useFrontDoor) {
  scope: group
  params: {
    profileName: names.frontDoorProfile
    endpointName: names.frontDoorEndpoint
    tags: tags
    customDomain: customDomain
  }
}

module functionApp 'modules/function-app.bicep' = {
  scope: group
  // The host reads storage when it starts.
  dependsOn: [roles]
  params: {
    planName: names.plan
    name: names.functionApp
    location: location
    tags: tags
    serviceName: 'api'
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    settings: settings
    authClientSecret: authClientSecret
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    httpConcurrency: httpConcurrency
    isBehindFrontDoor: useFrontDoor
    frontDoorId: useFrontDoor ? frontDoor!.outputs.frontDoorId : ''
  }
}

module frontDoorRoute 'modules/front-door-route.bicep' = if (useFrontDoor) {
  scope: group
  params: {
    profileName: names.frontDoorProfile
    endpointName: names.frontDoorEndpoint
    originHostName: functionApp.outputs.hostName
    customDomainId: frontDoor!.outputs.customDomainId
    countryHeader: visitorCountryHeader
  }
}

module alerts 'modules/alerts.bicep' = if (!empty(alertEmail)) {
  scope: group
  params: {
    actionGroupName: names.actionGroup
    budgetName: names.budget
    location: location
    tags: tags
    applicationInsightsId: monitoring.outputs.applicationInsightsId
    storageAccountId: storage.outputs.id
    email: alertEmail
    monthlyBudget: monthlyBudget
    budgetStart: budgetStart
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_STORAGE_ACCOUNT string = names.storageAccount
output SERVICE_API_NAME string = functionApp.outputs.name
output XQR_PUBLIC_BASE_URL string = baseUrl
output XQR_SERVED_AT string = useFrontDoor
  ? 'https://${frontDoor!.outputs.endpointHostName}'
  : 'https://${functionApp.outputs.hostName}'
output XQR_DOMAIN_VALIDATION_TOKEN string = useFrontDoor ? frontDoor!.outputs.validationToken : ''

targetScope = 'subscription'

metadata description = 'XQr Serverless on pay-per-request hosting. This file names things and wires modules; docs/deploy.md tells how to use it.'

@description('The name of the azd environment: of the resource group, and part of every name.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Where everything is, and where data stays. It must be a region that has Flex Consumption.')
@minLength(1)
param location string

@description('The address of short links, for example https://go.example.com. Empty: the custom domain, else that of Front Door, else that of the app.')
param publicBaseUrl string = ''

@description('Whether Front Door stands before the app. It brings custom domains and the visitor\'s country, and a fixed price a month.')
param useFrontDoor bool = false

@description('The custom domain on Front Door, for example go.example.com; empty for none.')
param customDomain string = ''

@description('Without Front Door: the header in which whatever stands before the app tells the visitor\'s address, but not X-Forwarded-For, which the Functions host overwrites; empty for none.')
param clientIpHeader string = ''

@description('Without Front Door: the header that tells the visitor\'s country; empty for none.')
param countryHeader string = ''

@description('Where members sign in: the issuer of an OpenID Connect provider, for example https://login.microsoftonline.com/TENANT/v2.0. Empty: nobody can sign in.')
param authAuthority string = ''

@description('What the provider\'s tokens are meant for; required with an authority.')
param authAudience string = ''

@description('The claim by which the provider says that an e-mail address is verified; for Microsoft Entra ID xms_edov.')
param authEmailVerifiedClaim string = 'email_verified'

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@description('Instances at most. It bounds what a flood of requests can cost.')
param maximumInstanceCount int = 40

@description('Instances that wait for requests and are paid for while they wait.')
param alwaysReadyInstances int = 0

@description('Requests that an instance answers at a time.')
param httpConcurrency int = 100

@description('How storage keeps data.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Origins whose pages may upload files, for example https://dashboard.example.')
param uploadOrigins string[] = []

@description('Who runs admin commands and the smoke test: azd gives the principal that deploys. Empty for nobody.')
param principalId string = ''

@description('What kind of principal that is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('Who is told of faults and money; empty for nobody: then there are no alerts and no budget.')
param alertEmail string = ''

@description('What it may cost a month before mail goes out, in the currency of the subscription.')
param monthlyBudget int = 50

@description('The first of a month from which the budget counts. Fixed once it is deployed: Azure refuses another for a budget that exists.')
param budgetStart string = '2026-11-01'

var abbreviations = loadJsonContent('abbreviations.json')
var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }
var names = mapValues(abbreviations, abbreviation => '${abbreviation}${token}')
var visitorCountryHeader = 'X-XQr-Country'

// The name is given by us, so the address is known before the app is: the app has it among its own settings.
var appAddress = 'https://${names.functionApp}.azurewebsites.net'
var frontDoorAddress = useFrontDoor
  ? 'https://${empty(customDomain) ? frontDoor!.outputs.endpointHostName : customDomain}'
  : ''
var baseUrl = !empty(publicBaseUrl) ? publicBaseUrl : useFrontDoor ? frontDoorAddress : appAddress

// What the application and the host are told. The address that Front Door's own connection came from can't be chosen by a visitor;
// X-Azure-ClientIP could be, by X-Forwarded-For (https://learn.microsoft.com/azure/frontdoor/rule-set-server-variables).
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
        Xqr__Auth__EmailVerifiedClaim: authEmailVerifiedClaim
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
  // The host reads its storage as soon as it starts.
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

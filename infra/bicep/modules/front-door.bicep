metadata description = 'Front Door Standard: the profile, its endpoint and the custom domain. The route to the app is in front-door-route.bicep.'

import { texts } from '../types.bicep'

param profileName string
param endpointName string
param tags texts

@description('The custom domain, for example go.example.com; empty for none.')
param customDomain string

resource profile 'Microsoft.Cdn/profiles@2024-02-01' = {
  name: profileName
  location: 'global'
  tags: tags
  sku: {
    name: 'Standard_AzureFrontDoor'
  }
  properties: {
    originResponseTimeoutSeconds: 60
  }
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2024-02-01' = {
  parent: profile
  name: endpointName
  location: 'global'
  tags: tags
  properties: {
    enabledState: 'Enabled'
  }
}

resource domain 'Microsoft.Cdn/profiles/customDomains@2024-02-01' = if (!empty(customDomain)) {
  parent: profile
  name: replace(customDomain, '.', '-')
  properties: {
    hostName: customDomain
    tlsSettings: {
      certificateType: 'ManagedCertificate'
      minimumTlsVersion: 'TLS12'
    }
  }
}

output frontDoorId string = profile.properties.frontDoorId
output endpointHostName string = endpoint.properties.hostName
output customDomainId string = empty(customDomain) ? '' : domain.id
output validationToken string = domain.?properties.?validationProperties.?validationToken ?? ''

/**
 * Patterns of crawler-user-agents that also match people, and their replacements; null for none. Each case below is a browser in
 * uap-core's own tests, or an app in which people browse. If the name of the app is first, the client is the app's own fetcher; after
 * "Mozilla/5.0 (…)", it is a web view with a person.
 */
export const corrections = {
  // A build number of Android 15 that phones of several makers have; the list's only instance is Instagram's web view on such a phone.
  'AP3A\\.240617\\.008': null,
  // The web view in which the Facebook app opens links (IAB: in-app browser); the app's fetcher is facebookexternalhit.
  'MetaIAB Facebook': null,
  // The phone "HTC Butterfly".
  'Butterfly': 'Butterfly/',
  // Phones and tablets of ViewSonic, and a "Lucky Ultra Sonic".
  'Sonic': 'Sonic/|SonicSiteAuditor',
  // "WIRED/3.2" on an iPad.
  'RED\\/': '^RED\\/',
  // Opera Mini has build numbers such as "4.4.39008/37.9178".
  '008\\/': '(?:^|[ ;])008\\/',
  // A browser.
  'Fluid': null,
  'WhatsApp': '^WhatsApp',
  'Viber': '^Viber',
  'Tumblr\\/': '^Tumblr\\/',
  'Feedly': '^Feedly',
  'Notion\\/': '^Notion\\/',
  'Instapaper\\/': '^Instapaper\\/',
  'PayPal\\/': '^PayPal\\/',
  'Bluesky\\/': '^Bluesky\\/',
  'Grammarly\\/': '^Grammarly\\/',
  'Asana\\/': '^Asana\\/',
  'Disqus': '^Disqus',
  'Blackboard': '^Blackboard',
  'Overcast\\/': '^Overcast\\/',
  'PocketCasts\\/': '^PocketCasts\\/',
  // The makers of these browsers have crawlers too, whose names end in "spider" and "bot" or have an address.
  'Sogou': null,
  'coccoc': 'coccoc/|coccocbot|^coccoc',
  // Phones have these names too. The user agents of the programs begin with the name.
  'Expanse': '^Expanse,',
  'Fever': '^Fever/',
};

/** Programs that the list lacks, and whose user agents look like those of browsers. */
export const additions = [
  'Assetnote/', 'CloudflareDiagnostics/', 'CloudflareObservatory/', 'Cypress/', 'DejaClick/', 'DuplexWeb-Google/', 'Functionize', 'GomezAgent ', 'QuiteRSS/',
  'SlimerJS/', 'TagInspector/', 'WinHttpRequest', 'jsdom/',
];

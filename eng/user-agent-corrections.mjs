/**
 * Patterns of crawler-user-agents that also hit people, and what stands in their place; null for nothing. Each hit below is a browser
 * in uap-core's own tests, or the app is one that people browse in: where its name stands first it is the app's own fetcher, and
 * behind "Mozilla/5.0 (…)" it is a web view with a person before it.
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
  // Phones of these names; the programs' agents begin with theirs.
  'Expanse': '^Expanse,',
  'Fever': '^Fever/',
};

/** Programs that the list lacks, in a browser's guise and with nothing that would tell them. */
export const additions = [
  'Assetnote/', 'CloudflareDiagnostics/', 'CloudflareObservatory/', 'Cypress/', 'DejaClick/', 'DuplexWeb-Google/', 'Functionize', 'GomezAgent ', 'QuiteRSS/',
  'SlimerJS/', 'TagInspector/', 'WinHttpRequest', 'jsdom/',
];

using XQr.Dashboard.Tests.Browser;
using XQr.Testing;

[assembly: AssemblyFixture(typeof(ServiceFixture))]
[assembly: AssemblyFixture(typeof(BrowserFixture))]

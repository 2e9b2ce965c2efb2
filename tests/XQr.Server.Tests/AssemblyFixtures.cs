using XQr.Testing;
using XQr.Testing.Secrets;

[assembly: AssemblyFixture(typeof(NodePackagesFixture))]
[assembly: AssemblyFixture(typeof(AzuriteFixture))]
[assembly: AssemblyFixture(typeof(LogWatchFixture))]

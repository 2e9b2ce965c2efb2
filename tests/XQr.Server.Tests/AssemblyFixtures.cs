using XQr.Testing;

[assembly: AssemblyFixture(typeof(NodePackagesFixture))]

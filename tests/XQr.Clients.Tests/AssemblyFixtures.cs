using XQr.Testing;

[assembly: AssemblyFixture(typeof(ServiceFixture))]

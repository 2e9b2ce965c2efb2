using XQr.Testing;
using XQr.Testing.Decoding;

[assembly: AssemblyFixture(typeof(ServiceFixture))]
[assembly: AssemblyFixture(typeof(QrReader))]

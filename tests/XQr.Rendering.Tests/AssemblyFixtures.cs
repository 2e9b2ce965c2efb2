using XQr.Testing.Decoding;

[assembly: AssemblyFixture(typeof(QrReader))]

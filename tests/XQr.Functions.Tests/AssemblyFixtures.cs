using XQr.Functions.Tests;

[assembly: AssemblyFixture(typeof(AppFixture))]

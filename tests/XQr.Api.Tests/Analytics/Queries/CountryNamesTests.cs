using XQr.Api.Analytics.Queries;

namespace XQr.Api.Tests.Analytics.Queries;

public sealed class CountryNamesTests
{
    [Theory]
    [InlineData("DE", "Germany")]
    [InlineData("AD", "Andorra")]
    [InlineData("ZW", "Zimbabwe")]
    [InlineData("CI", "Côte d’Ivoire")]
    [InlineData("HK", "Hong Kong")]
    [InlineData("XK", "Kosovo")]
    [InlineData("ZZ", "Unknown")]
    [InlineData("QQ", "QQ")]
    public void Codes_HaveNames(string code, string name) => Assert.Equal(name, CountryNames.Of(code));
}

using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Redirects.Geo;
using XQr.Api.Urls;

namespace XQr.Api.Tests.Primitives;

public sealed class CountryCodesTests
{
    [Fact]
    public void Codes_AreThoseOfIso3166AndKosovo()
    {
        // ISO's online browsing platform counts 249 officially assigned codes.
        Assert.Equal(250, CountryCodes.All.Count);
        Assert.All(["DE", "us", "GB", "SS", "CW", "XK"], code => Assert.Equal(code.ToUpperInvariant(), CountryCodes.Find(code)));
        Assert.All(["UK", "EU", "AP", "AN", "ZZ", "XX", "A1", ""], code => Assert.Null(CountryCodes.Find(code)));
    }

    [Theory]
    [InlineData("DE", "Germany")]
    [InlineData("AD", "Andorra")]
    [InlineData("ZW", "Zimbabwe")]
    [InlineData("CI", "Côte d’Ivoire")]
    [InlineData("HK", "Hong Kong")]
    [InlineData("XK", "Kosovo")]
    [InlineData("ZZ", "Unknown")]
    [InlineData("QQ", "QQ")]
    public void Codes_HaveNames(string code, string name) => Assert.Equal(name, CountryCodes.NameOf(code));

    [Fact]
    public void EveryTwoLetters_AreCountedOnlyWhereARuleMayNameThem()
    {
        var urls = new PublicUrls(Microsoft.Extensions.Options.Options.Create(new XQrOptions { PublicBaseUrl = "https://xqr.test" }));
        foreach (var code in from first in Enumerable.Range('A', 26) from second in Enumerable.Range('A', 26) select $"{(char)first}{(char)second}")
        {
            var counted = VisitorLocationReader.CountryIn(code);
            Assert.Equal(counted is null or "ZZ" ? null : counted, CountryCodes.Find(counted));
            Assert.Equal(CountryCodes.Find(code) is not null, MayBeNamed(code));
        }

        bool MayBeNamed(string code)
        {
            var errors = new FieldErrors();
            var body = System.Text.Json.JsonElement.Parse(
                $$$"""
                {"url":"https://example.com/","routing_rules":[{"destination":"https://example.com/","conditions":{"countries":["{{{code}}}"]}}]}
                """);
            CreateLinkRequest.Read(body, urls, DateTimeOffset.UnixEpoch, errors);
            return !errors.Any;
        }
    }
}

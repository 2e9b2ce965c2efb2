using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using XQr.Api.Redirects.Geo;
using XQr.Testing;

namespace XQr.Api.Tests.Redirects.Geo;

public sealed class GeoDatabaseTests : IDisposable
{
    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.7");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("xqr-geo-");

    private string FilePath => Path.Combine(folder.FullName, "country.mmdb");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{"country":{"iso_code":"DE","geoname_id":"1"},"registered_country":{"iso_code":"US"}}""")]
    [InlineData("""{"country_code":"DE"}""")]
    [InlineData("""{"country":"DE","continent":"EU"}""")]
    public void Country_InTheShapesOfAllPublishers(string record)
    {
        Write(record);
        using var database = Open();

        Assert.Equal("DE", database.Find(Address));
        Assert.Null(database.Find(IPAddress.Parse("203.0.113.5")));
        Assert.Null(database.Find(IPAddress.Parse("2001:db8::1")));
    }

    [Theory]
    [InlineData("""{"registered_country":{"iso_code":"US"}}""")]
    [InlineData("""{"country":{"names":{"en":"Germany"}}}""")]
    [InlineData("""{"asn":"AS1"}""")]
    public void NoCountryInRecord_Null(string record)
    {
        Write(record);
        using var database = Open();

        Assert.Null(database.Find(Address));
    }

    [Fact]
    public void DamagedInside_UnknownAndNeverAFailure()
    {
        var bytes = MaxMindFile.Of(IPAddress.Parse("192.0.2.0"), prefix: 24, """{"country_code":"DE"}""");
        var text = bytes.AsSpan().IndexOf("country_code"u8);
        bytes[text - 1] = 0x5F; // a text far longer than the file
        File.WriteAllBytes(FilePath, bytes);
        using var database = Open();

        Assert.Null(database.Find(Address));
        Assert.Null(database.Find(Address));
    }

    [Fact]
    public async Task FileReplaced_IsReadAgainUnlessItIsBroken()
    {
        Write("""{"country_code":"DE"}""");
        using var database = Open();
        Assert.Equal("DE", database.Find(Address));

        await File.WriteAllTextAsync(FilePath, "no database", TestContext.Current.CancellationToken);
        Assert.Equal("DE", database.Find(Address));

        Write("""{"country_code":"FR"}""");
        await Eventually.TrueAsync(() => Task.FromResult(database.Find(Address) == "FR"), "The new file is used.");
    }

    [Fact]
    public void FileMissingOrBroken_IsFoundAtStart()
    {
        var validator = new VisitorLocationOptionsValidator();
        var missing = new VisitorLocationOptions { GeoIp = { DatabasePath = FilePath } };
        Assert.Contains("Xqr:GeoIp:DatabasePath", validator.Validate(null, missing).FailureMessage, StringComparison.Ordinal);

        File.WriteAllText(FilePath, "no database");
        Assert.True(validator.Validate(null, missing).Failed);

        Write("""{"country_code":"DE"}""");
        Assert.True(validator.Validate(null, missing).Succeeded);
        Assert.True(validator.Validate(null, new()).Succeeded);
    }

    private GeoDatabase Open() =>
        new(Options.Create(new VisitorLocationOptions { GeoIp = { DatabasePath = FilePath } }), NullLogger<GeoDatabase>.Instance);

    /// <summary>A database of IPv4 addresses that knows one network.</summary>
    private void Write(string record) => File.WriteAllBytes(FilePath, MaxMindFile.Of(IPAddress.Parse("192.0.2.0"), prefix: 24, record));
}

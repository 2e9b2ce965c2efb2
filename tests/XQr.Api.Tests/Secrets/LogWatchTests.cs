using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using XQr.Api.Tenancy;
using XQr.Testing;
using XQr.Testing.Secrets;

namespace XQr.Api.Tests.Secrets;

/// <summary>The search of the logs finds secrets that are there, so that an empty result means something.</summary>
public sealed class LogWatchTests
{
    private const string Header = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ";

    private readonly LogWatch watch = new();
    private readonly string key = ApiKeyText.New().Text;

    private string Secret => key[16..];

    [Fact]
    public void WholeKey_IsFound() => Finds($"Authorization: Bearer {key}");

    [Fact]
    public void SecretAlone_IsFound() => Finds($"secret={Secret};");

    [Fact]
    public void HalfASecret_IsFound() => Finds($"...{Secret[..32]}...");

    [Fact]
    public void SecretAmongOtherCharacters_IsFound() => Finds($"abcdef{Secret}ghijkl");

    [Fact]
    public void SecretThatIsRegisteredLater_IsFound()
    {
        watch.AddLine($"made {key}");
        Assert.Empty(watch.Leaks());

        watch.AddCredential(key);

        Assert.Single(watch.Leaks());
    }

    [Fact]
    public void SignatureOfAToken_IsFound()
    {
        var signature = RandomNumberGenerator.GetString("ABCDEFGHIJklmnopqrst0123456789-_", 342);
        watch.AddCredential($"{Header}.{signature}");
        watch.AddLine($"token {Header}.{signature}");

        Assert.Single(watch.Leaks());
        Assert.Throws<Xunit.Sdk.TrueException>(watch.Verify);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SignatureOfAnUploadUrl_IsFoundInEitherForm(bool isEncoded)
    {
        var signature = $"{Convert.ToBase64String(RandomNumberGenerator.GetBytes(30))}a+/=";
        var encoded = WebUtility.UrlEncode(signature);
        SecretSpotter.Spot($$"""{"upload_url":"https://account.blob.core.windows.net/uploads/a?sp=cw&sig={{encoded}}&se=2026"}""", watch);
        watch.AddLine($"PUT /uploads/a?sp=cw&sig={(isEncoded ? encoded : signature)}&se=2026");

        Assert.Single(watch.Leaks());
    }

    [Fact]
    public void KeyInAnAnswer_IsTold()
    {
        SecretSpotter.Spot($$"""{"id":"key_1","key":"{{key}}"}""", watch);
        watch.AddLine(key);

        Assert.Single(watch.Leaks());
    }

    /// <summary>Through the logger that every test's application has.</summary>
    [Theory]
    [InlineData("message")]
    [InlineData("value")]
    [InlineData("scope")]
    [InlineData("exception")]
    public void LoggedSecret_IsFoundWhereverItStands(string place)
    {
        string At(string here) => here == place ? $"for {key}" : "nothing";
        KeyValuePair<string, object?>[] values = [new("Value", At("value"))];
        var (message, scope, exception) = (At("message"), At("scope"), new InvalidOperationException(At("exception")));
        watch.AddCredential(key);
        using var lines = new LogLines(watch);
        using var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(lines));
        var logger = factory.CreateLogger("Test");

        using (logger.BeginScope<string>(scope))
        {
            logger.Log(LogLevel.Debug, default, values, exception, (_, _) => message);
        }

        Assert.Contains(key, Assert.Single(watch.Leaks()), StringComparison.Ordinal);
    }

    [Fact]
    public void PrefixesIdsAndOtherKeys_AreNoLeak()
    {
        watch.AddCredential(key);
        watch.AddLine(
            $"{key[..15]} ws_{Guid.CreateVersion7()} req_0123456789abcdef GET /api/v1/Links/{Guid.CreateVersion7():N} {Header} "
            + ApiKeyText.New().Text);

        Assert.Empty(watch.Leaks());
        watch.Verify();
    }

    private void Finds(string line)
    {
        watch.AddCredential(key);
        watch.AddLine(line);

        Assert.Equal([line], watch.Leaks());
        Assert.Contains(line, Assert.Throws<Xunit.Sdk.TrueException>(watch.Verify).Message, StringComparison.Ordinal);
    }
}

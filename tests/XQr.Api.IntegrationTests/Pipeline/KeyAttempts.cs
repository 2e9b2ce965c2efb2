using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Tenancy;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>Requests with valid and unknown keys, from chosen client addresses.</summary>
internal static class KeyAttempts
{
    public const string Address = "192.0.2.77";
    public const string OtherAddress = "192.0.2.78";

    private const string AddressHeader = "X-Test-Client";

    /// <summary>Starts an instance that allows some failed key attempts a minute.</summary>
    public static Task<XQrApplication> StartWithKeyLimitAsync(this ServiceFixture service, TimeProvider time, int perMinute = 60) =>
        service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:ClientIpHeader"] = AddressHeader, ["Xqr:Keys:GuessesPerMinute"] = $"{perMinute}" },
            services => services.AddSingleton(time));

    public static async Task<HttpResponseMessage> TryKeyAsync(this XQrApplication instance, string key, string address = Address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/links?limit=1");
        request.Headers.Add("Authorization", $"Bearer {key}");
        request.Headers.Add(AddressHeader, address);
        return await instance.Client.SendAsync(request);
    }

    /// <summary>Sends unknown keys until they are refused for their number.</summary>
    public static async Task ThrottleAsync(this XQrApplication instance)
    {
        while ((await instance.TryKeyAsync(UnknownKey())).StatusCode != HttpStatusCode.TooManyRequests)
        {
        }
    }

    /// <summary>Creates a well-formed key that does not exist.</summary>
    public static string UnknownKey() => ApiKeyText.New().Text;

    /// <summary>Creates a key with the same prefix and another secret.</summary>
    public static string WithOtherSecret(string key) => $"{key[..16]}{RandomNumberGenerator.GetString("ABCDEFGH", key.Length - 16)}";

    /// <summary>Returns whether a call reads the list of all prefixes.</summary>
    public static bool IsListOfPrefixes(StorageCall call) => call.IsRead && call.Path == "ApiKeys()";
}

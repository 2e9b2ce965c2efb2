using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>Tests which tokens are accepted.</summary>
public sealed class SignInTests(ServiceFixture service)
{
    /// <summary>The clock of the instance that checks claims, which stands still while a token is sent.</summary>
    private static readonly StillTime Time = StillTime.AtPresent();

    public static TheoryData<string, Action<JsonObject>> BadClaims => new()
    {
        { "another issuer", claims => claims["iss"] = "https://login.example" },
        { "no issuer", claims => claims.Remove("iss") },
        { "another audience", claims => claims["aud"] = "somebody-else" },
        { "no audience", claims => claims.Remove("aud") },
        { "expired", claims => claims["exp"] = Seconds(-61) },
        { "no end", claims => claims.Remove("exp") },
        { "not yet", claims => claims["nbf"] = Seconds(90) },
        { "no subject", claims => claims.Remove("sub") },
        { "an empty subject", claims => claims["sub"] = "" },
        { "a subject that is too long", claims => claims["sub"] = new string('s', 256) },
    };

    public static TheoryData<string, Action<JsonObject>> ValidClaims => new()
    {
        { "as they are", _ => { } },
        { "one of several audiences", claims => claims["aud"] = new JsonArray("somebody-else", TestIssuer.Audience) },
        { "expired within the clocks' difference", claims => claims["exp"] = Seconds(-30) },
        { "an early clock", claims => claims["nbf"] = Seconds(30) },
        { "verified as a text", claims => claims["email_verified"] = "true" },
        { "the address in capitals", claims => claims["email"] = claims["email"]!.GetValue<string>().ToUpperInvariant() },
    };

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer x")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Basic eHFyOnhxcg==")]
    public async Task MissingOrMalformed_Invalid(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Team.Me);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        await InvalidAsync(await service.Client.SendAsync(request));
    }

    [Theory]
    [MemberData(nameof(BadClaims))]
    public async Task BadClaims_Invalid(string what, Action<JsonObject> change)
    {
        var claims = service.Issuer.Claims($"{what.Replace(' ', '-')}@example.com");
        change(claims);
        await using var instance = await service.StartAnotherAsync(services: Time.Register);
        using var client = instance.NewClient(service.Issuer.Sign(claims));

        await InvalidAsync(await client.GetAsync(Team.Me));
    }

    [Theory]
    [MemberData(nameof(ValidClaims))]
    public async Task ValidClaims_IdentifyTheMember(string what, Action<JsonObject> change)
    {
        var member = await service.NewOwnedWorkspaceAsync();
        var claims = service.Issuer.Claims(member.Email, subject: $"{what} {member.Email}");
        change(claims);
        await using var instance = await service.StartAnotherAsync(services: Time.Register);
        using var client = instance.NewClient(service.Issuer.Sign(claims));

        var me = await (await client.GetAsync(Team.Me)).DataAsync();

        Assert.Equal(member.WorkspaceId, me.GetProperty("workspaces")[0].Text("id"));
    }

    /// <summary>
    /// No signature; the public key as a shared secret; another key under the provider's name; a signature of other content.
    /// </summary>
    [Fact]
    public async Task ForgedSignatures_Invalid()
    {
        var claims = service.Issuer.Claims("forger@example.com");
        using var other = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var secret = Encoding.ASCII.GetBytes(service.Issuer.PublicKeyPem);
        var good = service.Issuer.Token("forger@example.com").Split('.');

        string[] tokens =
        [
            TestIssuer.Token("none", claims, _ => []),
            TestIssuer.Token("HS256", claims, content => HMACSHA256.HashData(secret, content)),
            TestIssuer.Token("RS256", claims, content => other.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            TestIssuer.Token("ES256", claims, content => curve.SignData(content, HashAlgorithmName.SHA256)),
            TestIssuer.Token("RS256", claims, _ => []),
            $"{good[0]}.{TestIssuer.Token("none", service.Issuer.Claims("victim@example.com"), _ => []).Split('.')[1]}.{good[2]}",
        ];
        foreach (var token in tokens)
        {
            await InvalidAsync(await service.GetAsync(token, Team.Me));
        }
    }

    /// <summary>A critical header must be understood (RFC 7515, section 4.1.11), and the service supports none.</summary>
    [Fact]
    public async Task CriticalHeader_Invalid() =>
        await InvalidAsync(await service.GetAsync(
            service.Issuer.Sign(service.Issuer.Claims("critical@example.com"), ""","crit":["exp-zone"],"exp-zone":1"""), Team.Me));

    [Fact]
    public async Task KeyAndToken_AreNotTakenForEachOther()
    {
        var workspace = await service.NewWorkspaceAsync();
        var member = await service.NewOwnedWorkspaceAsync();

        await InvalidAsync(await workspace.Client.GetAsync(Team.Keys));
        var error = await (await member.Client.GetAsync("/api/v1/links")).ErrorAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        Assert.Contains("/api/developer", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryResponse_IsNotCachedAndHasNoLimits()
    {
        var member = await service.NewOwnedWorkspaceAsync();

        HttpResponseMessage[] answers =
        [
            await member.Client.GetAsync(Team.Me),
            await member.Client.GetAsync($"{Team.Keys}/none"),
            await service.Client.GetAsync(Team.Me),
        ];
        foreach (var answer in answers)
        {
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            Assert.Null(answer.Header("X-RateLimit-Limit"));
            Assert.False((await answer.BodyAsync()).GetProperty("meta").TryGetProperty("rate_limit", out _));
        }
    }

    /// <summary>Each request has the error of its step and of every later one; the response has the first.</summary>
    [Fact]
    public async Task ErrorsOfManySteps_TheFirstIsReturned()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var (_, reader) = await service.JoinAsync(owner.Client, "member");
        using var stranger = service.Application.NewClient(service.Issuer.Token("stranger@example.com"));
        var unknown = $"{Team.Keys}/none";

        await (await service.Client.PostAsync("/api/developer/nothing", Text("x"))).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await service.Client.PutAsync(unknown, Text("x"))).ErrorAsync(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
        await (await service.Client.PatchAsync(unknown, Text("x"))).ErrorAsync(HttpStatusCode.Unauthorized, "INVALID_TOKEN");
        await (await stranger.PatchAsync(unknown, Text("x"))).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        await (await reader.PatchAsync(unknown, Text("x"))).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        await (await owner.Client.PatchAsync(unknown, Text(new string('x', 1024 * 1024 + 1))))
            .ErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        await (await owner.Client.PatchJsonAsync(unknown, new string('x', 1024 * 1024 + 1)))
            .ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
        await (await owner.Client.PatchJsonAsync(unknown, "x")).ErrorAsync(HttpStatusCode.BadRequest, "INVALID_JSON");
        await (await owner.Client.PatchJsonAsync(unknown, """{"name":1}""")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await owner.Client.PatchJsonAsync(unknown, "{}")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");

        static StringContent Text(string text) => new(text, Encoding.UTF8, "text/plain");
    }

    [Fact]
    public async Task TokensAndAddresses_AreNotLogged()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var token = owner.Client.DefaultRequestHeaders.Authorization!.Parameter!;
        await owner.Client.GetAsync(Team.Keys);
        await service.GetAsync(token[..^2], Team.Me);
        await service.GetAsync(service.Issuer.Token(owner.Email, subject: "another"), Team.Keys);
        var key = (await (await owner.Client.PostJsonAsync(Team.Keys, """{"name":"k","scopes":["*"]}""")).DataAsync(HttpStatusCode.Created))
            .Text("key");

        foreach (var secret in (string[])[token.Split('.')[2][..^2], token.Split('.')[1], owner.Email, key[16..]])
        {
            Assert.DoesNotContain(service.Application.Logs.All, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static long Seconds(int fromNow) => Time.GetUtcNow().AddSeconds(fromNow).ToUnixTimeSeconds();

    private static async Task InvalidAsync(HttpResponseMessage answer)
    {
        await answer.ErrorAsync(HttpStatusCode.Unauthorized, "INVALID_TOKEN");
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
    }
}

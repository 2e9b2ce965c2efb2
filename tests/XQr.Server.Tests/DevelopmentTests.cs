using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using XQr.Server.Development;
using XQr.Testing;

namespace XQr.Server.Tests;

/// <summary>The issuer of tokens for development exists only in the environment Development.</summary>
[Collection(DevelopmentServer.Collection)]
public sealed class DevelopmentTests(DevelopmentServer development) : IDisposable
{
    private readonly ServerProcess server = development.Process;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Development_PrintsACommandThatGetsATokenOfTheOwner()
    {
        var line = (await server.OutputAsync("TOKEN=")).Split('\n').Single(line => line.StartsWith("TOKEN=", StringComparison.Ordinal));
        var (email, url) = (Regex.Match(line, "'email=([^']+)'").Groups[1].Value, Regex.Match(line, "http://\\S+").Value);

        using var client = server.NewClient((await TokenAsync(server, url, email)).Text("access_token"));

        var me = await (await client.GetAsync("/api/developer/me")).DataAsync();
        var membership = me.GetProperty("workspaces")[0];
        Assert.Equal((email, server.WorkspaceId, "owner"), (me.Text("email"), membership.Text("id"), membership.Text("role")));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/developer/keys")).StatusCode);
        using var stranger = server.NewClient((await TokenAsync(server, url, "stranger@example.com")).Text("access_token"));
        await (await stranger.GetAsync("/api/developer/keys")).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        await (await stranger.PostJsonAsync("/api/developer/workspaces", """{"name":"Mine"}""")).DataAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Issuer_RespondsOnlyToThisMachine()
    {
        using var client = server.NewClient();

        var discovery = await (await client.GetAsync("/.well-known/openid-configuration")).BodyAsync();
        Assert.Equal(server.BaseUrl, discovery.Text("issuer"));
        var key = (await (await client.GetAsync(discovery.Text("jwks_uri"))).BodyAsync()).GetProperty("keys")[0];
        Assert.Equal(("EC", "P-256"), (key.Text("kty"), key.Text("crv")));
        Assert.False(key.TryGetProperty("d", out _));
        using var invalid = await client.PostAsync(discovery.Text("token_endpoint"), new FormUrlEncodedContent([new("email", "nobody")]));
        Assert.Equal(HttpStatusCode.BadRequest, invalid.StatusCode);

        // The headers of DNS rebinding and of a proxy on this machine.
        foreach (var (name, value) in new[] { ("Host", "evil.example"), ("X-Forwarded-For", "203.0.113.7"), ("Forwarded", "for=203.0.113.7") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration");
            request.Headers.TryAddWithoutValidation(name, value);
            Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task Production_HasNoIssuer()
    {
        await using var production = await ServerProcess.StartAsync(folder.Path, [("ASPNETCORE_ENVIRONMENT", "Production")], "--ephemeral");
        using var client = production.NewClient();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/.well-known/openid-configuration")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/development/keys")).StatusCode);
        using var token = await client.PostAsync("/development/token", new FormUrlEncodedContent([new("email", "owner@example.com")]));
        Assert.Equal(HttpStatusCode.NotFound, token.StatusCode);
        await (await client.GetAsync("/api/developer/me")).ErrorAsync(HttpStatusCode.Unauthorized, "INVALID_TOKEN");
        var output = (await production.StopAsync()).Output;
        Assert.Contains("curl ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("TOKEN=", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Storage:ConnectionString", true)]
    [InlineData("Storage:AccountName", false)]
    [InlineData("Auth:Authority", false)]
    public void AzureAccountOrProvider_HasNoIssuer(string setting, bool isAdded)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration[$"Xqr:{setting}"] = "somewhere";

        using var issuer = DevelopmentIssuer.AddTo(builder);

        Assert.Equal(isAdded, issuer is not null);
    }

    [Fact]
    public async Task AddedMembers_SignIn()
    {
        var workspace = (await RunAsync("workspace", "create", "--name", "Acme", "--owner-email", "boss@example.com")).Succeeded().LastLine;
        string[] add = ["member", "add", "--workspace", workspace];
        string[] grace = ["--email", "grace@example.com", "--name", "Grace", "--role", "admin"];
        var added = await ServerProcess.RunAsync(folder.Path, [.. add, .. grace, "--Xqr:Storage:ConnectionString", server.ConnectionString]);
        var member = added.Succeeded().LastLine;
        Assert.Matches("^usr_[0-9a-f-]{36}$", member);
        (await RunAsync([.. add, "--email", "GRACE@example.com"])).Failed("already a member");
        (await RunAsync([.. add, "--email", "grace"])).Failed("not an e-mail address");
        var token = await TokenAsync(server, $"{server.BaseUrl}/development/token", "grace@example.com");
        using var client = server.NewClient(token.Text("access_token"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/developer/keys")).StatusCode);

        var list = (await RunAsync("member", "list", "--workspace", workspace)).Succeeded().Output;
        Assert.Matches($"{member} +admin +active +grace@example.com +Grace\n", list);
        Assert.Matches("usr_[0-9a-f-]+ +owner +invited +boss@example.com", list);

        (await RunAsync("member", "remove", "--workspace", workspace, "boss@example.com")).Failed("at least one owner");
        Assert.Equal(member, (await RunAsync("member", "remove", "--workspace", workspace, "grace@example.com")).Succeeded().LastLine);
        await (await client.GetAsync("/api/developer/keys")).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        (await RunAsync("member", "remove", "--workspace", workspace, member)).Failed("no member");
    }

    private Task<ProcessResult> RunAsync(params string[] arguments) => Command.RunOnAsync(server.ConnectionString, arguments);

    private static async Task<JsonElement> TokenAsync(ServerProcess server, string url, string email)
    {
        using var client = server.NewClient();
        var answer = await client.PostAsync(url, new FormUrlEncodedContent([new("email", email)]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.BodyAsync();
    }
}

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace XQr.Server.Commands;

/// <summary>Validates the addresses to serve, and returns the served ones.</summary>
internal static class ServedUrls
{
    private static readonly string[] AllInterfaces = ["0.0.0.0", "[::]", "*", "+"];

    private const string Form = "An address has the form http://HOST:PORT, such as http://127.0.0.1:7071; ';' separates several.";

    /// <summary>Checks a list of addresses.</summary>
    /// <param name="urls">The addresses, separated by <c>;</c>.</param>
    /// <param name="source">The option or setting with the addresses.</param>
    /// <exception cref="StartFailedException">An address cannot be served.</exception>
    public static void Check(string urls, string source)
    {
        var all = urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (all.Length == 0)
        {
            throw new StartFailedException($"{source} is empty. {Form}");
        }

        foreach (var url in all)
        {
            if (Validate(url) is { } error)
            {
                throw new StartFailedException($"{source}: the address '{url}' {error}. {Form}");
            }
        }
    }

    /// <summary>Returns the first address of the server in a form for a browser on this machine.</summary>
    public static string FirstOf(WebApplication app)
    {
        var urls = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var address = BindingAddress.Parse(urls.First());
        return $"{address.Scheme}://{(AllInterfaces.Contains(address.Host) ? "localhost" : address.Host)}:{address.Port}";
    }

    private static string? Validate(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return "is not a URL";
        }

        return address switch
        {
            _ when !IsHttp(address.Scheme) => "does not begin with http:// or https://",
            { IsUnixPipe: true } or { IsNamedPipe: true } => null,
            { PathBase.Length: > 0 } => "has a path, which the server does not support",
            _ when !IsHost(address.Host) => "has no valid host",
            { Port: < 0 or > 65535 } => "has a port that is not between 0 and 65535",
            _ => null,
        };
    }

    private static bool IsHttp(string scheme) =>
        scheme.Equals("http", StringComparison.OrdinalIgnoreCase) || scheme.Equals("https", StringComparison.OrdinalIgnoreCase);

    private static bool IsHost(string host) => host is "*" or "+" || Uri.CheckHostName(host) != UriHostNameType.Unknown;
}

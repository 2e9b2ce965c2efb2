namespace XQr.Server.Commands;

/// <summary>Checks the addresses to serve before the server starts, with a clear message for an invalid one.</summary>
internal static class ServedUrls
{
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
            if (Fault(url) is { } fault)
            {
                throw new StartFailedException($"{source}: the address '{url}' {fault}. {Form}");
            }
        }
    }

    private static string? Fault(string url)
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

        return !IsHttp(address.Scheme) ? "does not begin with http:// or https://"
            : address.IsUnixPipe || address.IsNamedPipe ? null
            : address.PathBase.Length > 0 ? "has a path, which the server cannot be mounted under"
            : !IsHost(address.Host) ? "has no valid host"
            : address.Port is < 0 or > 65535 ? "has a port that is not between 0 and 65535"
            : null;
    }

    private static bool IsHttp(string scheme) =>
        scheme.Equals("http", StringComparison.OrdinalIgnoreCase) || scheme.Equals("https", StringComparison.OrdinalIgnoreCase);

    private static bool IsHost(string host) => host is "*" or "+" || Uri.CheckHostName(host) != UriHostNameType.Unknown;
}

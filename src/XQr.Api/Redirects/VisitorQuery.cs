using System.Text;
using XQr.Api.Urls;

namespace XQr.Api.Redirects;

/// <summary>Adds the query parameters of a visit to the destination.</summary>
internal static class VisitorQuery
{
    /// <summary>
    /// Appends the parameters that the destination does not have, unchanged, before its fragment. A parameter of the destination keeps its
    /// value. Characters that a header cannot carry, or that would end the query, are percent-encoded.
    /// </summary>
    /// <param name="destination">An absolute URL.</param>
    /// <param name="query">The visitor's query, with its question mark; may be empty.</param>
    public static string Append(string destination, string? query)
    {
        if (query is null || query.Length < 2)
        {
            return destination;
        }

        var fragmentAt = destination.IndexOf('#', StringComparison.Ordinal);
        var (body, fragment) = fragmentAt < 0 ? (destination, "") : (destination[..fragmentAt], destination[fragmentAt..]);
        var queryAt = body.IndexOf('?', StringComparison.Ordinal);
        var taken = queryAt < 0 ? [] : Parameters(body[(queryAt + 1)..]).Select(NameOf).ToHashSet(StringComparer.Ordinal);

        var result = new StringBuilder(body);
        var separator = queryAt < 0 ? '?' : '&';
        foreach (var parameter in Parameters(PercentEncoding.Encode(query[1..], PercentEncoding.Query)))
        {
            if (!taken.Contains(NameOf(parameter)))
            {
                if (result[^1] is not ('?' or '&'))
                {
                    result.Append(separator);
                }

                result.Append(parameter);
                separator = '&';
            }
        }

        return result.Append(fragment).ToString();
    }

    private static string[] Parameters(string query) => query.Split('&', StringSplitOptions.RemoveEmptyEntries);

    private static string NameOf(string parameter)
    {
        var name = parameter.Split('=', 2)[0];
        return name.AsSpan().ContainsAny('%', '+') ? Uri.UnescapeDataString(name.Replace('+', ' ')) : name;
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Qr;

/// <summary>
/// Selects the fields of a render: the properties of the body, or the parameters of the query. A body keeps passwords out of URLs, which
/// proxies and platforms log.
/// </summary>
internal static class RenderFields
{
    private const string NotInTheQuery = "must be a property of the body, because the request has one";

    /// <summary>
    /// Reads the fields from the body if it has any, otherwise from the query. Parameters in addition to such a body are rejected: one of
    /// two values would be lost.
    /// </summary>
    public static IFields Read(HttpContext context, FieldErrors errors)
    {
        var (body, query) = (context.Api().Body, context.Request.Query);
        if (body.ValueKind != JsonValueKind.Object || body.GetPropertyCount() == 0)
        {
            return new QueryReader(query, errors);
        }

        foreach (var name in query.Keys.Where(IsOurs))
        {
            errors.Add(name, NotInTheQuery);
        }

        return new JsonFields(body, nullIsAbsent: true, errors);
    }

    /// <summary>Parameters for other services are ignored in all requests.</summary>
    private static bool IsOurs(string name) => !name.StartsWith('_') && !name.StartsWith("utm_", StringComparison.Ordinal);
}

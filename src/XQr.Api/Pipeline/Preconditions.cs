using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace XQr.Api.Pipeline;

/// <summary>Conditional requests (RFC 9110, section 13).</summary>
internal static class Preconditions
{
    /// <summary>Notes a header that is neither <c>*</c> nor a list of entity tags (RFC 9110, section 8.8.3).</summary>
    public static void Validate(string header, StringValues values, FieldErrors errors)
    {
        if (values.Count > 0
            && (!EntityTagHeaderValue.TryParseStrictList(values, out var tags) || (tags.Count > 1 && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any)))))
        {
            errors.Add(header, "must be * or entity tags in double quotes with commas between, as the header ETag has them: \"abc\"");
        }
    }

    /// <summary>Whether <c>If-None-Match</c> names what would be sent, so that 304 will do. The comparison is weak (13.1.2).</summary>
    public static bool HasCurrent(HttpRequest request, EntityTagHeaderValue current) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false));

    /// <summary>Whether <c>If-None-Match</c> names this very tag: its sender has had what it stands for.</summary>
    public static bool Names(HttpRequest request, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags) && tags.Any(other => other.Compare(tag, useStrongComparison: false));

    /// <summary>
    /// Whether <c>If-Match</c> lets a resource be changed: it isn't there, or names the present version. A tag that a proxy has made weak
    /// is good too: the service's own tags are all strong, so the weak one stands for the same content.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="isCurrent">Whether a tag, with its quotes, is of the present version.</param>
    public static bool Allow(HttpRequest request, Func<string, bool> isCurrent) =>
        request.Headers.IfMatch.Count == 0
        || (EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || isCurrent(tag.Tag.ToString())));
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace XQr.Api.Pipeline;

/// <summary>Conditional requests (RFC 9110, section 13).</summary>
internal static class Preconditions
{
    /// <summary>Whether <c>If-None-Match</c> names what would be sent, so that 304 will do. The comparison is weak (13.1.2).</summary>
    public static bool HasCurrent(HttpRequest request, EntityTagHeaderValue current) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false));
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace XQr.Api.Pipeline;

/// <summary>The versions of a resource that a client has already (RFC 9110, section 13.1.2). The comparison is weak.</summary>
internal readonly struct IfNoneMatch
{
    /// <summary>No version, for a caller without a precondition.</summary>
    public static readonly IfNoneMatch None;

    private readonly IList<EntityTagHeaderValue>? tags;

    private IfNoneMatch(IList<EntityTagHeaderValue> tags) => this.tags = tags;

    /// <summary>Reads the header <c>If-None-Match</c>. A header that cannot be parsed has no version.</summary>
    public static IfNoneMatch Of(HttpRequest request) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags) ? new(tags) : None;

    /// <summary>Returns whether the client has the current version, so that the response is 304. <c>*</c> stands for any version.</summary>
    public bool Has(EntityTagHeaderValue current) => tags is not null && (tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any)) || Names(current));

    /// <summary>Returns whether the header names this version, because the client has a response with it.</summary>
    public bool Names(EntityTagHeaderValue version) => tags is not null && tags.Any(tag => tag.Compare(version, useStrongComparison: false));
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace XQr.Api.Pipeline;

/// <summary>
/// The versions of a resource that an operation may change (RFC 9110, section 13.1.1). Tags that a proxy has weakened count too: all tags
/// of the service are strong, so the weak one stands for the same content.
/// </summary>
internal readonly struct IfMatch
{
    /// <summary>Any version, for a caller without a precondition.</summary>
    public static readonly IfMatch Any;

    private readonly IList<EntityTagHeaderValue>? tags;

    private IfMatch(IList<EntityTagHeaderValue> tags) => this.tags = tags;

    /// <summary>Reads the header <c>If-Match</c>. A header that cannot be parsed allows no version.</summary>
    public static IfMatch Of(HttpRequest request) => Of(request.Headers.IfMatch);

    /// <summary>Reads the value of such a header, or the entity tag in a field of a form. A value that cannot be parsed allows no version.</summary>
    public static IfMatch Of(StringValues values) =>
        values.Count == 0 ? Any
        : EntityTagHeaderValue.TryParseList(values, out var tags) ? new(tags)
        : new([]);

    /// <summary>Returns whether the current version of a resource may be changed.</summary>
    /// <param name="isCurrent">Returns whether a tag, with its quotes, is of the current version.</param>
    public bool Allows(Func<string, bool> isCurrent) =>
        tags is null || tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || isCurrent(tag.Tag.ToString()));
}

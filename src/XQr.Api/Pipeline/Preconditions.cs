using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace XQr.Api.Pipeline;

/// <summary>Validates the headers of conditional requests (RFC 9110, section 13).</summary>
internal static class Preconditions
{
    /// <summary>Adds the error of a header that is neither <c>*</c> nor a list of entity tags (RFC 9110, section 8.8.3).</summary>
    public static void Validate(string header, StringValues values, FieldErrors errors)
    {
        if (values.Count > 0
            && (!EntityTagHeaderValue.TryParseStrictList(values, out var tags)
                || (tags.Count > 1 && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any)))))
        {
            errors.Add(header, "must be * or a comma-separated list of entity tags in double quotes, as in the ETag header: \"abc\"");
        }
    }
}

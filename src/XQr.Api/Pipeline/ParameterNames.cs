using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline;

/// <summary>The query parameters of an operation, from the same declarations as the API's description.</summary>
internal sealed class ParameterNames
{
    /// <summary>The number of names up to which a message lists all of them.</summary>
    private const int MaxListed = 16;

    private readonly string[] listed;
    private readonly FrozenSet<string> known;

    private ParameterNames(IEnumerable<string> names)
    {
        listed = [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
        known = listed.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Returns the parameters that an endpoint declares by <see cref="QueryFields"/>.</summary>
    public static ParameterNames Of(Endpoint endpoint, ApiJson json) => new(
        from fields in endpoint.Metadata.GetOrderedMetadata<QueryFields>()
        from property in json.Options.GetTypeInfo(fields.Type).Properties
        where property.Get is not null
        select property.Name);

    /// <summary>Returns whether a parameter is ignored everywhere, such as cache busters of clients and campaign parameters.</summary>
    public static bool IsIgnored(string name) =>
        name.StartsWith('_') || name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds errors for unknown and repeated parameters.</summary>
    public void Validate(IQueryCollection query, FieldErrors errors)
    {
        foreach (var (name, values) in query)
        {
            if (IsIgnored(name))
            {
                continue;
            }

            if (!known.Contains(name))
            {
                errors.Add(name, Unknown(name));
            }
            else if (values.Count > 1)
            {
                errors.Add(name, "must appear only once");
            }
        }
    }

    private string Unknown(string name) =>
        listed.Length == 0 ? "is not a known parameter: this operation takes none"
        : ClosestName.Find(name, listed) is { } close ? $"is not a known parameter; did you mean {close}?"
        : listed.Length <= MaxListed ? $"is not a known parameter: this operation takes {string.Join(", ", listed)}"
        : $"is not a known parameter; the closest is {ClosestName.Nearest(name, listed)}";
}

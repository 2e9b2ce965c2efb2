using System.Text.Json;

namespace XQr.Api.Links.Routing;

/// <summary>The rules of a link, sorted for redirects. Equality compares their JSON.</summary>
/// <param name="rules">The rules in the order of the request, at most <see cref="Max"/>.</param>
internal sealed class RoutingRules(IReadOnlyList<RoutingRule> rules) : IEquatable<RoutingRules>
{
    /// <summary>The maximum number of rules of a link.</summary>
    public const int Max = 20;

    /// <summary>The rules sorted by priority. The sort is stable: equal priorities keep their order.</summary>
    private readonly RoutingRule[] byPriority = [.. rules.OrderBy(rule => rule.Priority)];

    /// <summary>Gets the rules of a link without any.</summary>
    public static RoutingRules None { get; } = new([]);

    /// <summary>Gets the rules in the order of the request.</summary>
    public IReadOnlyList<RoutingRule> All => rules;

    /// <summary>Gets whether there is a rule.</summary>
    public bool Any => byPriority.Length > 0;

    /// <summary>Estimates the bytes of the rules in memory.</summary>
    public long EstimateBytes() => rules.Sum(rule => rule.EstimateBytes());

    /// <summary>Returns the first rule that matches, or null.</summary>
    public RoutingRule? Choose(Guid linkId, RoutingVisitor visitor, DateTimeOffset now)
    {
        foreach (var rule in byPriority)
        {
            if (rule.Conditions.Matches(linkId, visitor, now))
            {
                return rule;
            }
        }

        return null;
    }

    /// <summary>Returns the stored form: the JSON of the API, empty without rules.</summary>
    public byte[] ToJson() => Any ? JsonSerializer.SerializeToUtf8Bytes(rules, RoutingJson.Api.IReadOnlyListRoutingRule) : [];

    /// <summary>Reads the stored form.</summary>
    public static RoutingRules FromJson(byte[] json) =>
        json.Length == 0 ? None : new(JsonSerializer.Deserialize(json, RoutingJson.Api.IReadOnlyListRoutingRule)!);

    public bool Equals(RoutingRules? other) => ReferenceEquals(this, other) || (other is not null && ToJson().AsSpan().SequenceEqual(other.ToJson()));

    public override bool Equals(object? obj) => Equals(obj as RoutingRules);

    public override int GetHashCode() => rules.Count;
}

using System.Text.Json;

namespace XQr.Api.Links.Routing;

/// <summary>The rules of a link, ready for redirects. Two are equal where they are written the same.</summary>
/// <param name="rules">The rules as they were given, at most <see cref="Max"/>.</param>
internal sealed class RoutingRules(IReadOnlyList<RoutingRule> rules) : IEquatable<RoutingRules>
{
    public const int Max = 20;

    /// <summary>From the lowest priority up; sorting is stable, so equal ones keep their order.</summary>
    private readonly RoutingRule[] byPriority = [.. rules.OrderBy(rule => rule.Priority)];

    public static RoutingRules None { get; } = new([]);

    /// <summary>In the order in which they were given.</summary>
    public IReadOnlyList<RoutingRule> All => rules;

    public bool Any => byPriority.Length > 0;

    /// <summary>The first rule that holds; null for none.</summary>
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

    /// <summary>As they are stored: the API's JSON; nothing where there are none.</summary>
    public byte[] ToJson() => Any ? JsonSerializer.SerializeToUtf8Bytes(rules, ApiJson.Api.IReadOnlyListRoutingRule) : [];

    public static RoutingRules FromJson(byte[] json) =>
        json.Length == 0 ? None : new(JsonSerializer.Deserialize(json, ApiJson.Api.IReadOnlyListRoutingRule)!);

    public bool Equals(RoutingRules? other) => ReferenceEquals(this, other) || (other is not null && ToJson().AsSpan().SequenceEqual(other.ToJson()));

    public override bool Equals(object? obj) => Equals(obj as RoutingRules);

    public override int GetHashCode() => rules.Count;
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace XQr.Api.Tenancy;

/// <summary>The kind of an actor.</summary>
[JsonConverter(typeof(ActorTypeConverter))]
internal enum ActorType
{
    /// <summary>A member of the workspace.</summary>
    Member,

    /// <summary>An API key of the workspace.</summary>
    Key,

    /// <summary>An operator of the service, who runs a command.</summary>
    Operator,
}

internal sealed class ActorTypeConverter() : JsonStringEnumConverter<ActorType>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>The actor of a change.</summary>
/// <param name="Type">The kind of the actor.</param>
/// <param name="Id">The id of the member or key; null for an operator.</param>
/// <param name="Email">The member's address at that time; null for other actors.</param>
/// <param name="Name">The member's name at that time, or the prefix of the key.</param>
internal sealed record Actor(ActorType Type, string? Id, string? Email, string? Name)
{
    /// <summary>Gets the actor of the admin commands.</summary>
    public static Actor Operator { get; } = new(ActorType.Operator, null, null, null);

    public static Actor Of(Member member) => new(ActorType.Member, member.Id, member.Email, member.Name);

    public static Actor Of(ApiKey key) => new(ActorType.Key, key.Id, null, key.Prefix);
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Links;

/// <summary>A change of a link.</summary>
/// <param name="At">The time of the change.</param>
/// <param name="Action">The action: the link was created or changed.</param>
/// <param name="By">The actor.</param>
/// <param name="Changes">The changed values; none for a creation.</param>
internal sealed record LinkChange(DateTimeOffset At, LinkAction Action, LinkActor By, IReadOnlyList<FieldChange> Changes) : IExample<LinkChange>
{
    public static LinkChange Example { get; } = new(
        DateTimeOffset.Parse("2026-02-14T08:00:00Z", CultureInfo.InvariantCulture),
        LinkAction.Changed,
        new(ActorType.Member, "usr_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40", "ada@example.com"),
        [new("destination", "https://example.com/spring-sale", "https://example.com/summer-sale"), new("labels", From: null, "summer")]);

    /// <summary>Returns the change that creates a link.</summary>
    public static LinkChange Creation(DateTimeOffset at, Actor by) => new(at, LinkAction.Created, LinkActor.Of(by), []);

    /// <summary>Returns the change for callers who may not see the addresses of members.</summary>
    public LinkChange WithoutAddress() => By.Type == ActorType.Member ? this with { By = By with { Name = null } } : this;
}

/// <summary>The kind of a change of a link.</summary>
[JsonConverter(typeof(LinkActionConverter))]
internal enum LinkAction
{
    /// <summary>The link was created.</summary>
    Created,

    /// <summary>Values of the link were changed.</summary>
    Changed,
}

internal sealed class LinkActionConverter() : JsonStringEnumConverter<LinkAction>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>The actor of a change of a link.</summary>
/// <param name="Type">The kind of the actor: a member, an API key, or an operator of the service.</param>
/// <param name="Id">The id of the member or key; null for an operator.</param>
/// <param name="Name">
/// The prefix of the key, or the member's e-mail address at that time, which requires <c>workspace:read</c>; null for others.
/// </param>
internal sealed record LinkActor(ActorType Type, string? Id, string? Name)
{
    public static LinkActor Of(Actor actor) => new(actor.Type, actor.Id, actor.Email ?? actor.Name);
}

/// <summary>A changed value of a link. Each added or removed label is one.</summary>
/// <param name="Field">The changed property, such as <c>destination</c> or <c>labels</c>.</param>
/// <param name="From">
/// The value before, as text of at most 200 characters; null if there was none, as for an added label. Of <c>routing_rules</c>, the number.
/// </param>
/// <param name="To">The value since then, as text of at most 200 characters; null if there is none, as for a removed label.</param>
internal sealed record FieldChange(string Field, string? From, string? To)
{
    public const int MaxLength = 200;

    /// <summary>Creates the change with long values shortened.</summary>
    public static FieldChange Of(string field, string? from, string? to) => new(field, Shorten(from), Shorten(to));

    private static string? Shorten(string? text)
    {
        if (text is null || text.Length <= MaxLength)
        {
            return text;
        }

        var end = MaxLength - 1;
        return $"{text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)}…";
    }
}

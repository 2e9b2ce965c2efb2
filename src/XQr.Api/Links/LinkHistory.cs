using System.Text.Json;
using XQr.Api.Tenancy;

namespace XQr.Api.Links;

/// <summary>
/// The last changes of a link. They are a part of its row, so a change is recorded by the transaction that makes it, and costs no other.
/// The JSON is parsed only if the changes are read.
/// </summary>
/// <param name="json">The stored form; empty if no change is recorded.</param>
internal sealed class LinkHistory(byte[] json)
{
    /// <summary>The maximum number of changes.</summary>
    public const int MaxChanges = 10;

    /// <summary>The maximum size of the stored form, unless the newest change alone is larger. Lists of links read it with each row.</summary>
    public const int MaxBytes = 8 * 1024;

    /// <summary>Gets the history of a link that was last written by a version without histories.</summary>
    public static LinkHistory None { get; } = new([]);

    /// <summary>Gets the changes, newest first.</summary>
    public IReadOnlyList<LinkChange> Changes =>
        field ??= json.Length == 0 ? [] : JsonSerializer.Deserialize(json, LinkHistoryJson.Stored.IReadOnlyListLinkChange)!;

    /// <summary>Returns the stored form.</summary>
    public byte[] ToJson() => json;

    /// <summary>Returns the history with another change, without the oldest ones that exceed the limits.</summary>
    public LinkHistory Add(LinkChange change)
    {
        IReadOnlyList<LinkChange> changes = [change, .. Changes.Take(MaxChanges - 1)];
        var added = Serialize(changes);
        while (added.Length > MaxBytes && changes.Count > 1)
        {
            changes = [.. changes.SkipLast(1)];
            added = Serialize(changes);
        }

        return new(added);
    }

    /// <summary>Returns the link after a change with the change in its history, unless its values are the same as before.</summary>
    /// <param name="before">The link before the change.</param>
    /// <param name="after">The link after the change.</param>
    /// <param name="by">The actor.</param>
    public static Link Record(Link before, Link after, Actor by)
    {
        var changes = LinkDifferences.Between(before, after);
        return changes.Count == 0
            ? after
            : after with { History = before.History.Add(new(after.UpdatedAt, LinkAction.Changed, LinkActor.Of(by), changes)) };
    }

    private static byte[] Serialize(IReadOnlyList<LinkChange> changes) =>
        JsonSerializer.SerializeToUtf8Bytes(changes, LinkHistoryJson.Stored.IReadOnlyListLinkChange);
}

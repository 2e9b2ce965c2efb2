using System.Globalization;
using XQr.Api.Links;
using XQr.Api.Tenancy;

namespace XQr.Api.Tests.Links;

public sealed class LinkHistoryTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-03-01T14:00:00Z", CultureInfo.InvariantCulture);
    private static readonly Actor Ada = new(ActorType.Member, "usr_1", "ada@example.com", "Ada");

    private static readonly Link Plain = new(
        Guid.Empty, "ws_1", "spring", "https://example.com/a", Enabled: true, ["a", "b"], ExpiresAt: null, Start, Start)
    {
        Version = "1",
    };

    [Fact]
    public void Record_NamesEachChangedValue()
    {
        var after = Plain with
        {
            Destination = "https://example.com/b",
            Enabled = false,
            ExpiresAt = Start.AddDays(1),
            Labels = ["b", "c"],
            RoutingRules = new([new("https://example.com/de", 0, new())]),
            UpdatedAt = Start.AddHours(1),
        };

        var change = Assert.Single(LinkHistory.Record(Plain, after, Ada).History.Changes);

        Assert.Equal((Start.AddHours(1), LinkAction.Changed), (change.At, change.Action));
        Assert.Equal(new(ActorType.Member, "usr_1", "ada@example.com"), change.By);
        Assert.Equal(
            [
                new("destination", "https://example.com/a", "https://example.com/b"),
                new("enabled", "true", "false"),
                new("expires_at", null, "2026-03-02T14:00:00Z"),
                new("labels", "a", null),
                new("labels", null, "c"),
                new("routing_rules", "0", "1"),
            ],
            change.Changes);
    }

    [Fact]
    public void Record_SameValues_NoChange()
    {
        var before = Plain with { ExpiresAt = Start.AddMilliseconds(500), RoutingRules = new([new("https://example.com/de", 0, new())]) };
        var after = before with
        {
            Version = "2",
            UpdatedAt = Start.AddHours(1),
            ExpiresAt = Start,
            Labels = ["b", "a"],
            RoutingRules = new([new("https://example.com/de", 0, new())]),
            ScanCount = 3,
            QrRendered = true,
        };

        Assert.Same(after, LinkHistory.Record(before, after, Ada));
    }

    [Fact]
    public void Row_KeepsTheHistoryAndAnOlderOneHasNone()
    {
        var created = Plain with { History = LinkHistory.None.Add(LinkChange.Creation(Start, Ada)) };
        var changed = LinkHistory.Record(created, created with { Enabled = false }, new(ActorType.Key, "key_1", null, "1f3c5a7e"));

        var read = LinkRow.ToLink(LinkRow.From(changed))!.History.Changes;

        Assert.Equal(
            [(LinkAction.Changed, "1f3c5a7e"), (LinkAction.Created, "ada@example.com")], read.Select(change => (change.Action, change.By.Name)));
        Assert.Equal(new("enabled", "true", "false"), Assert.Single(read[0].Changes));
        var row = LinkRow.From(created);
        row.Remove("Changes0");
        Assert.Empty(LinkRow.ToLink(row)!.History.Changes);
        Assert.Equal(LinkRow.From(Plain).Keys, row.Keys);
        Assert.DoesNotContain(ShortCodeRow.From(created).Keys, key => key.StartsWith("Changes", StringComparison.Ordinal));
    }

    [Fact]
    public void Add_KeepsTheNewestChangesWithinTheLimits()
    {
        var link = Enumerable.Range(1, 12).Aggregate(
            Plain, (before, number) => LinkHistory.Record(before, before with { Destination = $"https://example.com/{number}" }, Ada));
        Assert.Equal(
            Enumerable.Range(3, LinkHistory.MaxChanges).Reverse().Select(number => $"https://example.com/{number}"),
            link.History.Changes.Select(change => Assert.Single(change.Changes).To));

        link = Enumerable.Range(1, 12).Aggregate(
            Plain, (before, number) => LinkHistory.Record(before, before with { Destination = new((char)('щ' + number), 2_048) }, Ada));
        Assert.InRange(link.History.ToJson().Length, LinkHistory.MaxBytes / 2, LinkHistory.MaxBytes);
        Assert.InRange(link.History.Changes.Count, 2, LinkHistory.MaxChanges);
    }

    /// <summary>No request can make a change so large that the row exceeds a limit of Table storage.</summary>
    [Fact]
    public void LargestChange_IsOneProperty()
    {
        var before = Plain with { Labels = LabelsOf("😀"), Destination = Repeat("😀", 1_024) };
        var after = before with { Labels = LabelsOf("🎉"), Destination = Repeat("🎉", 1_024) };
        var by = Ada with { Email = new('a', 254) };

        var history = LinkHistory.Record(LinkHistory.Record(Plain, before, by), after, by).History;

        var change = Assert.Single(history.Changes);
        Assert.Equal(1 + (2 * LinkFields.MaxLabels), change.Changes.Count);
        Assert.InRange(history.ToJson().Length, LinkHistory.MaxBytes, 32 * 1024);
        Assert.All(change.Changes, value => Assert.InRange((value.From ?? value.To)!.Length, 1, FieldChange.MaxLength));
        Assert.DoesNotContain('\uFFFD', change.Changes[0].From!);

        static string[] LabelsOf(string character) =>
            [.. Enumerable.Range(0, LinkFields.MaxLabels).Select(number => Repeat(character, LinkFields.MaxLabelLength - 1) + number)];

        static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
    }
}

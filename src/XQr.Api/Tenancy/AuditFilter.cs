namespace XQr.Api.Tenancy;

/// <summary>The filter of the audit log; null matches any entry.</summary>
/// <param name="Action">The action, such as <c>key.created</c>, or a kind of actions, such as <c>key</c>.</param>
/// <param name="Actor">A part of the actor's name or e-mail address, in any case.</param>
/// <param name="From">The first day in UTC.</param>
/// <param name="To">The last day in UTC.</param>
/// <param name="Before">An entry; only older ones match.</param>
internal sealed record AuditFilter(string? Action = null, string? Actor = null, DateOnly? From = null, DateOnly? To = null, Guid? Before = null)
{
    /// <summary>The name of an actor who is an operator of the service.</summary>
    private const string Operator = "operator";

    /// <summary>Gets the filter that every entry matches.</summary>
    public static AuditFilter None { get; } = new();

    /// <summary>Returns whether an entry has the action and the actor.</summary>
    public bool Matches(AuditEntry entry) =>
        (Action is null || entry.Action == Action || AuditActions.KindOf(entry.Action) == Action)
        && (Actor is null || NamesOf(entry.Actor).Any(name => name?.Contains(Actor, StringComparison.OrdinalIgnoreCase) == true));

    private static string?[] NamesOf(Actor actor) => actor.Type == ActorType.Operator ? [Operator] : [actor.Email, actor.Name];
}

/// <summary>A page of the audit log.</summary>
/// <param name="Entries">The entries, newest first.</param>
/// <param name="Total">The number of all entries, or of those that a search found.</param>
/// <param name="Oldest">The entry at which a search ended because of its cost; null if it has searched all entries.</param>
internal sealed record AuditList(IReadOnlyList<AuditEntry> Entries, int Total, AuditEntry? Oldest = null);

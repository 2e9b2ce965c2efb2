using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>The filter of the audit log.</summary>
/// <param name="Action">The action, such as <c>key.created</c>, or a kind of actions, such as <c>key</c>.</param>
/// <param name="Actor">A part of the actor's name or e-mail address, in any case. <c>operator</c> finds operators of the service.</param>
/// <param name="FromDate">The first day in UTC.</param>
/// <param name="ToDate">The last day in UTC, inclusive.</param>
/// <param name="Before">The id of an entry. Only older entries are returned.</param>
internal sealed record AuditQuery(
    string? Action = null, string? Actor = null, DateOnly? FromDate = null, DateOnly? ToDate = null, string? Before = null)
{
    private static readonly FieldRules Rules = FieldRules.Of<AuditQuery>();

    /// <summary>Gets the rule for an action.</summary>
    public static string ActionRule { get; } =
        $"must be an action such as {AuditActions.KeyCreated}, or a kind of actions: {string.Join(", ", AuditActions.Kinds)}";

    /// <summary>Reads a filter from a query and adds its errors.</summary>
    public static AuditFilter Read(IQueryCollection query, FieldErrors errors)
    {
        var fields = new QueryValues(query, Rules, errors);
        var action = fields.Text("action");
        if (action is not null && !AuditActions.All.Contains(action) && !AuditActions.Kinds.Contains(action))
        {
            errors.Add("action", ActionRule);
        }

        var (from, to) = (DayParameter.Read(query, "from_date", errors), DayParameter.Read(query, "to_date", errors));
        if (from > to)
        {
            errors.Add("from_date", "must not be after to_date");
        }

        var (before, id) = (fields.Text("before"), default(Guid));
        if (before is not null && !Ids.TryParse(before, out id))
        {
            errors.Add("before", "must be the id of an entry");
        }

        var actor = fields.Text("actor")?.Trim();
        return new(action, actor is { Length: > 0 } ? actor : null, from, to, before is null ? null : id);
    }
}

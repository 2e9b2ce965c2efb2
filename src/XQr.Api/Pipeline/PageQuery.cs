using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline;

/// <summary>Reads the paging parameters of a query.</summary>
internal static class PageQuery
{
    private static readonly FieldRules Rules = FieldRules.Of<Page>();

    /// <summary>Reads <c>limit</c> and <c>offset</c>, and adds their errors.</summary>
    public static Page Read(IQueryCollection query, FieldErrors errors)
    {
        var fields = new QueryValues(query, Rules, errors);
        return new(fields.Integer("limit") ?? Page.DefaultLimit, fields.Integer("offset") ?? 0);
    }

    /// <summary>Reads <c>limit</c> and <c>offset</c> of a list that is returned whole if there is no <c>limit</c>.</summary>
    public static Page ReadWhole(IQueryCollection query, FieldErrors errors) =>
        query.ContainsKey("limit") ? Read(query, errors) : Read(query, errors) with { Limit = Page.MaxWhole };
}

/// <summary>The requested part of a list that is returned whole if there is no limit.</summary>
/// <param name="Limit">The maximum number of items to return; the default is all, up to 1,000.</param>
/// <param name="Offset">The number of items to skip.</param>
internal sealed record WholePage(
    [property: Range(1, Page.MaxLimit)] int? Limit = null,
    [property: Range(0, int.MaxValue)] int Offset = 0);

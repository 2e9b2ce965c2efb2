using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline;

/// <summary>Reads the paging parameters of a query.</summary>
internal static class PageQuery
{
    /// <summary>Reads <c>limit</c> and <c>offset</c>, and adds their errors.</summary>
    public static Page Read(IQueryCollection query, FieldErrors errors) => new(
        ReadNumber(query, "limit", 1, Page.MaxLimit, Page.DefaultLimit, errors),
        ReadNumber(query, "offset", 0, int.MaxValue, 0, errors));

    /// <summary>Reads <c>limit</c> and <c>offset</c> of a list that is returned whole if there is no <c>limit</c>.</summary>
    public static Page ReadWhole(IQueryCollection query, FieldErrors errors) =>
        query.ContainsKey("limit") ? Read(query, errors) : Read(query, errors) with { Limit = Page.MaxWhole };

    /// <summary>Reads a whole number, and returns <paramref name="absent"/> if the parameter is absent.</summary>
    public static int ReadNumber(IQueryCollection query, string name, int min, int max, int absent, FieldErrors errors)
    {
        if (!query.TryGetValue(name, out var text))
        {
            return absent;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        errors.Add(name, max == int.MaxValue ? $"must be a whole number of at least {min}" : $"must be a whole number from {min} to {max}");
        return absent;
    }
}

/// <summary>The requested part of a list that is returned whole if there is no limit.</summary>
/// <param name="Limit">The maximum number of items to return; the default is all, up to 1,000.</param>
/// <param name="Offset">The number of items to skip.</param>
internal sealed record WholePage(
    [property: Range(1, Page.MaxLimit)] int? Limit = null,
    [property: Range(0, int.MaxValue)] int Offset = 0);

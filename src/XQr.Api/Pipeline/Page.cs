using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>A part of a list: at most <paramref name="Limit"/> items after the first <paramref name="Offset"/>, of <paramref name="Total"/>.</summary>
/// <param name="Limit">The maximum number of items to return.</param>
/// <param name="Offset">The number of items to skip.</param>
/// <param name="Total">How many there are.</param>
internal sealed record Page(
    [property: Range(1, Page.MaxLimit)] int Limit = Page.DefaultLimit,
    [property: Range(0, int.MaxValue)] int Offset = 0,
    [property: JsonIgnore] int Total = 0)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>The number of items that a list gives where it is asked for as a whole.</summary>
    public const int MaxWhole = 1_000;

    /// <summary>Reads <c>limit</c> and <c>offset</c> of a query, noting what is wrong with them.</summary>
    public static Page Read(IQueryCollection query, FieldErrors errors) => new(
        ReadNumber(query, "limit", 1, MaxLimit, DefaultLimit, errors),
        ReadNumber(query, "offset", 0, int.MaxValue, 0, errors));

    /// <summary>Reads <c>limit</c> and <c>offset</c> of lists that are given whole where there is no <c>limit</c>.</summary>
    public static Page ReadWhole(IQueryCollection query, FieldErrors errors) =>
        query.ContainsKey("limit") ? Read(query, errors) : Read(query, errors) with { Limit = MaxWhole };

    /// <summary>Reads a whole number of a query; the default where it is absent.</summary>
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

/// <summary>Which part of a list is asked for, where it is given whole without a limit.</summary>
/// <param name="Limit">The maximum number of items to return; the default is all, up to 1,000.</param>
/// <param name="Offset">The number of items to skip.</param>
internal sealed record WholePage(
    [property: Range(1, Page.MaxLimit)] int? Limit = null,
    [property: Range(0, int.MaxValue)] int Offset = 0);

using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace XQr.Api.Storage;

/// <summary>
/// A part of a list: at most <paramref name="Limit"/> items after the first <paramref name="Offset"/>, of <paramref name="Total"/>.
/// </summary>
/// <param name="Limit">The maximum number of items to return.</param>
/// <param name="Offset">The number of items to skip.</param>
/// <param name="Total">The number of items of the whole list.</param>
internal sealed record Page(
    [property: Range(1, Page.MaxLimit)] int Limit = Page.DefaultLimit,
    [property: Range(0, int.MaxValue)] int Offset = 0,
    [property: JsonIgnore] int Total = 0)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>The maximum number of items of a list that is returned whole.</summary>
    public const int MaxWhole = 1_000;
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>How many of the most followed links are asked for.</summary>
/// <param name="Limit">The maximum number of items.</param>
internal sealed record TopQuery([property: Range(1, TopQuery.MaxLimit)] int Limit = TopQuery.DefaultLimit)
{
    private const int DefaultLimit = 10;
    private const int MaxLimit = 200;

    public static int Read(IQueryCollection query, FieldErrors errors) => PageQuery.ReadNumber(query, "limit", 1, MaxLimit, DefaultLimit, errors);
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The parameter that limits the number of top links.</summary>
/// <param name="Limit">The maximum number of items.</param>
internal sealed record TopQuery([property: Range(1, TopQuery.MaxLimit)] int Limit = TopQuery.DefaultLimit)
{
    private const int DefaultLimit = 10;
    private const int MaxLimit = 200;

    private static readonly FieldRules Rules = FieldRules.Of<TopQuery>();

    /// <summary>Reads the limit, and adds its error.</summary>
    public static int Read(IQueryCollection query, FieldErrors errors) => new QueryValues(query, Rules, errors).Integer("limit") ?? DefaultLimit;
}

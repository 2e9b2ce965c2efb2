using System.Text.Json;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Images;

namespace XQr.Api.Qr;

/// <summary>
/// The fields of a render: the properties of a body, or the parameters of a query. A body keeps passwords out of URLs, which proxies and
/// platforms log.
/// </summary>
/// <param name="Fields">The fields.</param>
/// <param name="Errors">The errors of the fields.</param>
internal readonly record struct RenderFields(IFields Fields, FieldErrors Errors)
{
    /// <summary>The rules of all renders. The fields that a render does not read are unknown to it.</summary>
    public static readonly FieldRules Rules = FieldRules.Of<RenderRequest>().And<LinkImageQuery>();

    private const string BodyRule = "must be a property of the body, because the request has one";

    /// <summary>Returns the properties of a body.</summary>
    public static RenderFields Of(JsonElement body)
    {
        var errors = new FieldErrors();
        return new(new JsonFields(body, Rules, errors), errors);
    }

    /// <summary>Returns the parameters of a query.</summary>
    public static RenderFields Of(IQueryCollection query)
    {
        var errors = new FieldErrors();
        return new(new QueryReader(query, Rules, errors), errors);
    }

    /// <summary>
    /// Returns the properties of the body if it has any, otherwise the parameters of the query. Parameters in addition to such a body are
    /// rejected: one of two values would be lost.
    /// </summary>
    public static RenderFields Of(JsonElement body, IQueryCollection query)
    {
        if (body.ValueKind != JsonValueKind.Object || body.GetPropertyCount() == 0)
        {
            return Of(query);
        }

        var input = Of(body);
        foreach (var name in query.Keys.Where(name => !ParameterNames.IsIgnored(name)))
        {
            input.Errors.Add(name, BodyRule);
        }

        return input;
    }
}

using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline;

/// <summary>A successful response with its data in the envelope.</summary>
internal sealed class ApiResult<T>(int status, T data) : IResult
    where T : notnull
{
    public Task ExecuteAsync(HttpContext httpContext) =>
        EnvelopeWriter.WriteAsync(httpContext, status, new Envelope<T>(data, EnvelopeWriter.Meta(httpContext)));
}

/// <summary>A successful response with a list, or a page of it, in the envelope.</summary>
internal sealed class ApiListResult<T>(IReadOnlyList<T> data, Page? page) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var meta = EnvelopeWriter.Meta(httpContext);
        return EnvelopeWriter.WriteAsync(
            httpContext,
            StatusCodes.Status200OK,
            new ListEnvelope<T>(data, new(meta.RequestId, meta.RateLimit, page?.Total ?? data.Count, page?.Limit, page?.Offset)));
    }
}

/// <summary>Creates the responses of the API.</summary>
internal static class ApiResults
{
    public static ApiResult<T> Ok<T>(T data)
        where T : notnull => new(StatusCodes.Status200OK, data);

    /// <summary>Creates a 200 with the resource and its entity tag.</summary>
    public static ApiResult<T> Ok<T>(HttpContext context, EntityTagHeaderValue version, T data)
        where T : notnull
    {
        context.Response.Headers.ETag = version.ToString();
        return Ok(data);
    }

    /// <summary>Creates a 200 with the resource and its entity tag, or a 304 if the caller has that version.</summary>
    public static IResult Current<T>(HttpContext context, EntityTagHeaderValue version, T data)
        where T : notnull
    {
        var result = Ok(context, version, data);
        return IfNoneMatch.Of(context.Request).Has(version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : result;
    }

    public static ApiResult<T> Created<T>(T data)
        where T : notnull => new(StatusCodes.Status201Created, data);

    public static ApiResult<T> Created<T>(HttpContext context, string location, EntityTagHeaderValue version, T data)
        where T : notnull
    {
        context.Response.Headers.Location = location;
        context.Response.Headers.ETag = version.ToString();
        return Created(data);
    }

    public static ApiListResult<T> List<T>(IReadOnlyList<T> data, Page page) => new(data, page);

    /// <summary>Creates a 200 with a whole list.</summary>
    public static ApiListResult<T> List<T>(IReadOnlyList<T> data) => new(data, page: null);
}

internal static class EnvelopeWriter
{
    public static Meta Meta(HttpContext context)
    {
        var api = context.Api();
        return new(api.RequestId, api.RateLimit?.ToMeta());
    }

    public static Task WriteAsync<T>(HttpContext context, int status, T envelope) =>
        WriteAsync(context, status, envelope, context.RequestServices.GetRequiredService<ApiJson>().TypeInfo<T>());

    public static Task WriteAsync<T>(HttpContext context, int status, T envelope, JsonTypeInfo<T> type)
    {
        context.BeginAnswer();
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(envelope, type, cancellationToken: context.RequestAborted);
    }
}

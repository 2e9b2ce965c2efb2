using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>A success in the envelope.</summary>
internal sealed class ApiResult<T>(int status, T data, Page? page = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) =>
        EnvelopeWriter.WriteAsync(httpContext, status, new Envelope<T>(data, EnvelopeWriter.Meta(httpContext, page)));
}

/// <summary>Makes answers of the API.</summary>
internal static class ApiResults
{
    public static ApiResult<T> Ok<T>(T data) => new(StatusCodes.Status200OK, data);

    public static ApiResult<T> Created<T>(HttpContext context, string location, T data)
    {
        context.Response.Headers.Location = location;
        return new(StatusCodes.Status201Created, data);
    }

    public static ApiResult<IReadOnlyList<T>> List<T>(IReadOnlyList<T> data, Page page) => new(StatusCodes.Status200OK, data, page);
}

internal static class EnvelopeWriter
{
    public static Meta Meta(HttpContext context, Page? page = null)
    {
        var api = context.Api();
        return new(api.RequestId, api.RateLimit?.Meta, page?.Total, page?.Limit, page?.Offset);
    }

    public static Task WriteAsync<T>(HttpContext context, int status, T envelope)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            envelope, (JsonTypeInfo<T>)ApiJson.Api.Options.GetTypeInfo(typeof(T)), cancellationToken: context.RequestAborted);
    }
}

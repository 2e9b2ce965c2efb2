using System.Net.Mime;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;
using XQr.Api.Pipeline;

namespace XQr.Api.OpenApi;

internal static class OpenApiEndpoints
{
    private const string DocumentPath = $"/openapi/{OpenApiServices.Version}.json";
    private const string DocsPath = "/docs";

    /// <summary><c>/openapi/v1.json</c>: the API's description. <c>/docs</c>: a page to read it and to try the API.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(DocumentPath, DocumentAsync).WithMetadata(new Compressed()).ExcludeFromDescription();
        endpoints.MapScalarApiReference(DocsPath, Configure);
    }

    private static async Task<IResult> DocumentAsync(HttpContext context, ApiDocument document)
    {
        var (json, tag) = await document.GetAsync();
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return TypedResults.Bytes(json, MediaTypeNames.Application.Json, entityTag: tag);
    }

    /// <summary>The bundle of Scalar, served by this service: the page uses no other hosts, and its policy forbids them.</summary>
    private static void Configure(ScalarOptions options, HttpContext context)
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        options
            .WithTitle("XQr Serverless API")
            .WithOpenApiRoutePattern(DocumentPath)
            .AddPreferredSecuritySchemes(DocumentDetails.SecurityScheme)
            .WithNonce(nonce)
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideClientButton()
            .HideDeveloperTools();
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }
}

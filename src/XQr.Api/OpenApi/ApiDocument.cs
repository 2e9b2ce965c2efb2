using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using XQr.Api.Pipeline;

namespace XQr.Api.OpenApi;

/// <summary>Creates the description of the API at the first request, so that startup does not wait for it.</summary>
internal sealed class ApiDocument(IServiceProvider services)
{
    private readonly Lazy<Task<(byte[] Json, EntityTagHeaderValue Tag)>> document = new(() => MakeAsync(services));

    /// <summary>Returns the OpenAPI 3.1 document without white space, and its entity tag.</summary>
    public Task<(byte[] Json, EntityTagHeaderValue Tag)> GetAsync() => document.Value;

    private static async Task<(byte[] Json, EntityTagHeaderValue Tag)> MakeAsync(IServiceProvider services)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiServices.Version);
        var description = await provider.GetOpenApiDocumentAsync();
        using var json = new StringWriter();
        description.SerializeAsV31(new OpenApiJsonWriter(json, new() { Terse = true }));
        var bytes = Encoding.UTF8.GetBytes(json.ToString());

        // Weak: the same tag is used for every compression of the document (RFC 9110, 8.8.1).
        return (bytes, ResourceVersion.ToTag(ResourceVersion.Of(bytes), isWeak: true));
    }
}

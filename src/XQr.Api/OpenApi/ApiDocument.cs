using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using XQr.Api.Pipeline;

namespace XQr.Api.OpenApi;

/// <summary>The description of the API, made when somebody first asks for it: starting shall not wait for it.</summary>
internal sealed class ApiDocument(IServiceProvider services)
{
    private readonly Lazy<Task<(byte[] Json, EntityTagHeaderValue Tag)>> document = new(() => MakeAsync(services));

    /// <summary>The document in OpenAPI 3.1 without white space, and the tag that stands for its content.</summary>
    public Task<(byte[] Json, EntityTagHeaderValue Tag)> GetAsync() => document.Value;

    private static async Task<(byte[] Json, EntityTagHeaderValue Tag)> MakeAsync(IServiceProvider services)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiServices.Version);
        var description = await provider.GetOpenApiDocumentAsync();
        using var json = new StringWriter();
        description.SerializeAsV31(new OpenApiJsonWriter(json, new() { Terse = true }));
        var bytes = Encoding.UTF8.GetBytes(json.ToString());

        // Weak: the same tag stands for the document however it is compressed (RFC 9110, 8.8.1).
        return (bytes, new($"\"{ResourceVersion.Of(bytes)}\"", isWeak: true));
    }
}

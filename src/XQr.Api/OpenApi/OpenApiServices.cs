using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace XQr.Api.OpenApi;

internal static class OpenApiServices
{
    /// <summary>The name of the document, and the version in paths.</summary>
    public const string Version = "v1";

    public static IServiceCollection AddApiDescription(this IServiceCollection services)
    {
        // The generator creates schemas from the serializer's contracts, so it needs those of the API.
        services.AddOptions<JsonOptions>().Configure<IEnumerable<JsonSerializerContext>>((json, contexts) =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, JsonTypeInfoResolver.Combine([.. contexts]));
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddSingleton<IApiDescriptionProvider, DeclaredEndpoints>();
        services.AddSingleton<ApiDocument>();
        services.AddOpenApi(Version, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = SchemaNames.Of;
            options.ShouldInclude = endpoint => !HttpMethods.IsHead(endpoint.HttpMethod ?? "");
            options.AddSchemaTransformer<SchemaRules>();
            options.AddOperationTransformer<OperationDetails>();
            options.AddDocumentTransformer<DocumentDetails>();
            options.AddDocumentTransformer<QueryBodies>();
            options.AddDocumentTransformer<SharedParameters>();
            options.AddDocumentTransformer<SharedExamples>();
            options.AddDocumentTransformer<SharedImages>();
        });
        return services;
    }
}

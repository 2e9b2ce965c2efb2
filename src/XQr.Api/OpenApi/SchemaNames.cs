using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using XQr.Api.Pipeline;

namespace XQr.Api.OpenApi;

/// <summary>Names the schemas of types: <c>Link</c> for LinkResponse, <c>LinkEnvelope</c> for its envelope.</summary>
internal static class SchemaNames
{
    public const string Error = "Error";

    public static string? Of(JsonTypeInfo type) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null || Nullable.GetUnderlyingType(type.Type) is not null ? null
        : type.Type == typeof(ErrorEnvelope) ? Error
        : Generic(type.Type, typeof(Envelope<>), "Envelope") ?? Generic(type.Type, typeof(ListEnvelope<>), "ListEnvelope") ?? Short(type.Type);

    private static string? Generic(Type type, Type definition, string suffix) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition ? Short(type.GenericTypeArguments[0]) + suffix : null;

    private static string Short(Type type) =>
        type.Name.EndsWith("Response", StringComparison.Ordinal) ? type.Name[..^"Response".Length] : type.Name;
}

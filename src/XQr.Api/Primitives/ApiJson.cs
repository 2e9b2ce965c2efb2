using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace XQr.Api.Primitives;

/// <summary>The serializer of the API. Each slice registers its source-generated context with <see cref="ApiJsonServices.AddJson"/>.</summary>
internal sealed class ApiJson(IEnumerable<JsonSerializerContext> contexts)
{
    /// <summary>Gets the options with the contexts of all slices.</summary>
    public JsonSerializerOptions Options { get; } = Combine(contexts);

    /// <summary>Returns the options of the API from those of a context.</summary>
    public static JsonSerializerOptions OptionsFrom(JsonSerializerOptions options) => new(options)
    {
        // Responses are UTF-8 and are not read as HTML, so text needs no escapes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Combine(IEnumerable<JsonSerializerContext> contexts)
    {
        var all = contexts.ToArray();
        return new(OptionsFrom(all[0].Options)) { TypeInfoResolver = JsonTypeInfoResolver.Combine(all) };
    }
}

internal static class ApiJsonServices
{
    public static IServiceCollection AddJson(this IServiceCollection services, JsonSerializerContext context) =>
        services.AddSingleton(context);
}

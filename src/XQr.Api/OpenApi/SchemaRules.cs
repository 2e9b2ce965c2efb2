using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.OpenApi;

/// <summary>Adds rules of property attributes to schemas that the generator leaves out.</summary>
internal sealed class SchemaRules(ApiJson json) : IOpenApiSchemaTransformer
{
    /// <summary>The key by which the generator marks a nullable reference until it writes the document.</summary>
    private const string NullableReference = "x-is-nullable-property";

    private static readonly string Unbounded = int.MaxValue.ToString(CultureInfo.InvariantCulture);

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var absent in context.JsonTypeInfo.Properties.Where(property => MayBeAbsent(property.AttributeProvider) || IsOptional(property.AttributeProvider)))
        {
            schema.Required?.Remove(absent.Name);
        }

        var type = context.JsonTypeInfo.Type;
        if (type == typeof(RateLimitMeta))
        {
            schema.Examples = [Examples.Of(json, Examples.RateLimit)];
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() is var generic && (generic == typeof(Envelope<>) || generic == typeof(ListEnvelope<>)))
        {
            // All envelopes have the same description, which their properties repeat.
            schema.Description = null;
        }

        if ((Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } names)
        {
            Name(names, schema);
        }

        if (context.JsonPropertyInfo?.AttributeProvider is { } provider)
        {
            Apply(provider, schema);
        }

        return Task.CompletedTask;
    }

    /// <summary>Adds the values of enumerations, which the API writes in snake_case.</summary>
    private static void Name(Type type, OpenApiSchema schema)
    {
        string[] names = [.. Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
        schema.Type = JsonSchemaType.String;
        schema.Enum = [.. names.Select(name => (JsonNode)name)];
        if (schema.Default is JsonValue value && value.TryGetValue<int>(out var number))
        {
            schema.Default = JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetName(type, number)!);
        }
    }

    private static void Apply(ICustomAttributeProvider property, OpenApiSchema schema)
    {
        if (MayBeAbsent(property) || Find<NotNullAttribute>(property) is not null)
        {
            schema.Type &= ~JsonSchemaType.Null;
            schema.Metadata?.Remove(NullableReference);
        }

        // An attribute must have both bounds; these values mean no bound.
        if (schema.MinLength == 0)
        {
            schema.MinLength = null;
        }

        if (schema.Maximum == Unbounded)
        {
            schema.Maximum = null;
        }

        if (Find<UrlAttribute>(property) is not null)
        {
            schema.Format = "uri";
        }

        if (Find<HttpUrlAttribute>(property) is not null)
        {
            schema.Pattern = HttpUrlAttribute.Pattern;
        }

        if (Find<AllowedValuesAttribute>(property) is { } allowed)
        {
            schema.Enum = [.. allowed.Values.Select(value => JsonValue.Create((string)value!))];
        }

        if (Find<ItemCountAttribute>(property) is { } count)
        {
            (schema.MinItems, schema.MaxItems) = (count.Min == 0 ? null : count.Min, count.Max);
        }

        if (Find<ItemLengthAttribute>(property) is { } length && schema.Items is OpenApiSchema item)
        {
            (item.MinLength, item.MaxLength) = (length.Min, length.Max);
        }
    }

    /// <summary>Returns whether null is written by omitting the property.</summary>
    private static bool MayBeAbsent(ICustomAttributeProvider? property) =>
        property is not null && Find<JsonIgnoreAttribute>(property)?.Condition == JsonIgnoreCondition.WhenWritingNull;

    private static bool IsOptional(ICustomAttributeProvider? property) => property is not null && Find<OptionalAttribute>(property) is not null;

    private static T? Find<T>(ICustomAttributeProvider property)
        where T : Attribute => property.GetCustomAttributes(typeof(T), inherit: false).OfType<T>().SingleOrDefault();
}

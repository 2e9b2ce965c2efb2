using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
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
        foreach (var property in context.JsonTypeInfo.Properties.Where(property => RuleOf(property) is { IsOptional: true }))
        {
            schema.Required?.Remove(property.Name);
        }

        var type = context.JsonTypeInfo.Type;
        if (type == typeof(RateLimitMeta))
        {
            schema.Examples = [Examples.Of(json, Examples.RateLimit)];
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() is var generic
            && (generic == typeof(Envelope<>) || generic == typeof(ListEnvelope<>)))
        {
            // All envelopes have the same description, which their properties repeat.
            schema.Description = null;
        }

        if ((Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } enumeration)
        {
            Name(enumeration, schema);
        }

        if (context.JsonPropertyInfo is { AttributeProvider: { } attributes } described)
        {
            Apply(RuleOf(described)!, schema);
            schema.Format = attributes.IsDefined(typeof(UrlAttribute), inherit: false) ? "uri" : schema.Format;
        }

        return Task.CompletedTask;
    }

    /// <summary>Adds the values of enumerations, which the API writes in snake_case.</summary>
    private static void Name(Type type, OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.String;
        schema.Enum = [.. FieldRule.NamesOf(type).Select(name => (JsonNode)name)];
        if (schema.Default is JsonValue value && value.TryGetValue<int>(out var number))
        {
            schema.Default = JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetName(type, number)!);
        }
    }

    private static void Apply(FieldRule rule, OpenApiSchema schema)
    {
        if (rule.IsOmittedIfNull || rule.RejectsNull)
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

        if (rule.IsUrl)
        {
            schema.Pattern = HttpUrlAttribute.Pattern;
        }

        if (rule.AllowedValues is { } allowed)
        {
            schema.Enum = [.. allowed.Values.Select(value => JsonValue.Create((string)value!))];
        }

        if (rule.Count is { } count)
        {
            (schema.MinItems, schema.MaxItems) = (count.Min == 0 ? null : count.Min, count.Max);
        }

        if (rule.ItemLength is { } length && schema.Items is OpenApiSchema item)
        {
            (item.MinLength, item.MaxLength) = (length.Min, length.Max);
        }
    }

    private static FieldRule? RuleOf(JsonPropertyInfo property) =>
        property.AttributeProvider is { } attributes ? new(attributes, property.PropertyType, hasDefault: true) : null;
}

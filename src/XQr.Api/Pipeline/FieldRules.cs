using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace XQr.Api.Pipeline;

/// <summary>
/// The rules of the properties of a request, from the declaration of its type. Each request type has one instance for all requests.
/// </summary>
internal sealed class FieldRules
{
    private const DynamicallyAccessedMemberTypes Members =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    private readonly FieldRule?[] rules;
    private readonly FrozenDictionary<string, int> indexes;

    private FieldRules(string[] names, FieldRule?[] rules, string[] readOnly)
    {
        (Names, this.rules, ReadOnly) = (names, rules, readOnly);
        indexes = names.Index().ToFrozenDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
    }

    /// <summary>Gets the names of all properties.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets the names of the properties of the resource that a request can't change.</summary>
    public IReadOnlyList<string> ReadOnly { get; }

    /// <summary>Gets the rule of a property.</summary>
    /// <exception cref="KeyNotFoundException">The type does not declare the property.</exception>
    public FieldRule this[string name] => rules[IndexOf(name)] ?? throw new KeyNotFoundException($"{name} has no rule.");

    /// <summary>Returns the rules of a request type.</summary>
    public static FieldRules Of<[DynamicallyAccessedMembers(Members)] T>() => new FieldRules([], [], []).And<T>();

    /// <summary>Adds the properties of another type, which are in the same query.</summary>
    public FieldRules And<[DynamicallyAccessedMembers(Members)] T>()
    {
        var required = typeof(T).GetConstructors().SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => !parameter.HasDefaultValue).Select(parameter => parameter.Name).ToHashSet();
        PropertyInfo[] properties = [.. PropertiesOf(typeof(T)).Where(property => !indexes.ContainsKey(NameOf(property)))];
        return new(
            [.. Names, .. properties.Select(NameOf)],
            [.. rules, .. properties.Select(property => new FieldRule(property, property.PropertyType, !required.Contains(property.Name)))],
            [.. ReadOnly]);
    }

    /// <summary>Adds another name of a property.</summary>
    public FieldRules WithAlias(string name, string of) => new([.. Names, name], [.. rules, this[of]], [.. ReadOnly]);

    /// <summary>Adds a property without a rule.</summary>
    public FieldRules With(string name) => new([.. Names, name], [.. rules, null], [.. ReadOnly]);

    /// <summary>Adds the other properties of a resource, because a client may send the whole resource back.</summary>
    public FieldRules WithReadOnly<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>()
    {
        string[] names = [.. PropertiesOf(typeof(T)).Select(NameOf).Where(name => !indexes.ContainsKey(name))];
        return new([.. Names, .. names], [.. rules, .. new FieldRule?[names.Length]], names);
    }

    /// <summary>Returns the index of a property in <see cref="Names"/>.</summary>
    public int IndexOf(string name) => indexes[name];

    private static IEnumerable<PropertyInfo> PropertiesOf([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition is not JsonIgnoreCondition.Always);

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
}

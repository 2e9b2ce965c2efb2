using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline;

/// <summary>
/// The rule of one property, from its type and attributes. The API description and the validation follow the same rule, and a form can.
/// </summary>
internal sealed class FieldRule
{
    private readonly string? choiceError;
    private Regex? regex;

    /// <summary>Creates the rule.</summary>
    /// <param name="property">The attributes of the property.</param>
    /// <param name="type">The type of the property.</param>
    /// <param name="hasDefault">True if the property has a default.</param>
    public FieldRule(ICustomAttributeProvider property, Type type, bool hasDefault)
    {
        var attributes = property.GetCustomAttributes(inherit: false);
        IsOmittedIfNull = Find<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.WhenWritingNull;
        IsOptional = IsOmittedIfNull || Find<OptionalAttribute>() is not null;
        IsRequired = !IsOptional && !hasDefault;
        RejectsNull = Find<NotNullAttribute>() is not null;
        IsUrl = Find<HttpUrlAttribute>() is not null;
        IsName = Find<NameAttribute>() is not null;
        Length = Find<StringLengthAttribute>();
        Pattern = Find<RegularExpressionAttribute>();
        Range = Find<RangeAttribute>();
        Count = Find<ItemCountAttribute>();
        ItemLength = Find<ItemLengthAttribute>();
        AllowedValues = Find<AllowedValuesAttribute>();
        Choices = AllowedValues is null ? NamesOf(type) : [.. AllowedValues.Values.OfType<string>()];
        choiceError = AllowedValues?.ErrorMessage ?? Find<EnumDataTypeAttribute>()?.ErrorMessage;

        T? Find<T>()
            where T : Attribute => attributes.OfType<T>().SingleOrDefault();
    }

    /// <summary>Gets whether a request must have the property.</summary>
    public bool IsRequired { get; }

    /// <summary>Gets whether a request can omit the property although it has no default.</summary>
    public bool IsOptional { get; }

    /// <summary>Gets whether null is written by omitting the property.</summary>
    public bool IsOmittedIfNull { get; }

    /// <summary>Gets whether null is an error. Otherwise null means absent, or clears the property.</summary>
    public bool RejectsNull { get; }

    /// <summary>Gets whether the property is an absolute http or https URL.</summary>
    public bool IsUrl { get; }

    /// <summary>Gets whether the property is a name, see <see cref="NameAttribute"/>.</summary>
    public bool IsName { get; }

    /// <summary>Gets the length of a string.</summary>
    public StringLengthAttribute? Length { get; }

    /// <summary>Gets the pattern of a string.</summary>
    public RegularExpressionAttribute? Pattern { get; }

    /// <summary>Gets the range of a number.</summary>
    public RangeAttribute? Range { get; }

    /// <summary>Gets the number of items of a list.</summary>
    public ItemCountAttribute? Count { get; }

    /// <summary>Gets the length of each string of a list.</summary>
    public ItemLengthAttribute? ItemLength { get; }

    /// <summary>Gets the values of a string that is no enumeration.</summary>
    public AllowedValuesAttribute? AllowedValues { get; }

    /// <summary>Gets the values of a string or enumeration; empty if any value is allowed.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>Returns the names of an enumeration's values as the API writes them; none for other types.</summary>
    public static string[] NamesOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } enumeration
        ? [.. Enum.GetNames(enumeration).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)]
        : [];

    /// <summary>Returns the error of a string, or null.</summary>
    public string? Validate(string text)
    {
        if (Length is { } length && (text.Length < length.MinimumLength || text.Length > length.MaximumLength))
        {
            return length.ErrorMessage ?? LengthError(length.MinimumLength, length.MaximumLength);
        }

        if (IsName && !DisplayName.IsValid(text))
        {
            return DisplayName.Rule;
        }

        if (Pattern is { } pattern && !IsWholeMatch(text, pattern.Pattern))
        {
            return pattern.ErrorMessage ?? $"must match {pattern.Pattern}";
        }

        return Choices.Count == 0 || Choices.Contains(text) ? null : choiceError ?? $"must be one of {string.Join(", ", Choices)}";
    }

    /// <summary>Returns the error of a string of a list, or null.</summary>
    public string? ValidateItem(string text) =>
        ItemLength is { } length && (text.Length < length.Min || text.Length > length.Max) ? LengthError(length.Min, length.Max) : null;

    /// <summary>Returns whether a number is in the range.</summary>
    public bool Includes(double number)
    {
        if (Range is null)
        {
            return true;
        }

        var (min, max) = (Number(Range.Minimum), Number(Range.Maximum));
        return number >= min && number <= max;
    }

    /// <summary>Returns the error of a value that is not a number, not a whole number or not in the range.</summary>
    public string NumberError(bool isWhole)
    {
        var kind = isWhole ? "a whole number" : "a number";
        return Range is null ? $"must be {kind}"
            : Range.ErrorMessage
            ?? (Range.Maximum is int.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"must be {kind} of at least {Range.Minimum}")
                : string.Create(CultureInfo.InvariantCulture, $"must be {kind} from {Range.Minimum:#,0.##} to {Range.Maximum:#,0.##}"));
    }

    private static string LengthError(int min, int max) => min == 0
        ? string.Create(CultureInfo.InvariantCulture, $"must have at most {max:N0} characters")
        : string.Create(CultureInfo.InvariantCulture, $"must have {min} to {max:N0} characters");

    private static double Number(object bound) => Convert.ToDouble(bound, CultureInfo.InvariantCulture);

    /// <summary>
    /// Returns whether a pattern matches the whole string: <c>$</c> alone would allow a line break at its end. The time is linear in the
    /// length of the string, whatever the pattern.
    /// </summary>
    private bool IsWholeMatch(string text, string pattern)
    {
        regex ??= new(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        foreach (var match in regex.EnumerateMatches(text))
        {
            return match.Index == 0 && match.Length == text.Length;
        }

        return false;
    }
}

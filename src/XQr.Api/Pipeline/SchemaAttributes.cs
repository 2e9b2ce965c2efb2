using System.ComponentModel.DataAnnotations;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline;

/// <summary>The number of items of a list. The attributes of DataAnnotations for lists are not compatible with trimming.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ItemCountAttribute(int max) : Attribute
{
    public int Max => max;

    public int Min { get; init; }

    /// <summary>Gets the error of a list with too few items, as the end of a sentence that begins with the field's name.</summary>
    public string ErrorMessage
    {
        get => field ?? $"must be an array of {Min} to {max} items";
        init;
    }
}

/// <summary>The number of characters of each string of a list.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ItemLengthAttribute(int min, int max) : Attribute
{
    public int Min => min;

    public int Max => max;
}

/// <summary>The property is a name: 1 to 100 characters without spaces around them, none of them a control character.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NameAttribute : StringLengthAttribute
{
    public NameAttribute()
        : base(DisplayName.MaxLength)
    {
        MinimumLength = 1;
        ErrorMessage = DisplayName.Rule;
    }
}

/// <summary>
/// The property is an absolute http or https URL as a person writes it. Its schema has no format <c>uri</c>, because strict parsers reject
/// some URLs that browsers open.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HttpUrlAttribute : Attribute
{
    /// <summary>The pattern of the beginning, for the API description.</summary>
    public const string Pattern = "^[Hh][Tt][Tt][Pp][Ss]?://";
}

/// <summary>A request may omit the property. Responses always have it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OptionalAttribute : Attribute;

/// <summary>The property may be absent and must not be null.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotNullAttribute : Attribute;

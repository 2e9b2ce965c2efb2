namespace XQr.Api.Pipeline;

/// <summary>How many items a list may have, for the API's description. DataAnnotations' own attribute isn't fit for trimming.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ItemCountAttribute(int max) : Attribute
{
    public int Max => max;

    /// <summary>How many it must have.</summary>
    public int Min { get; init; }
}

/// <summary>How many characters each text of a list may have, for the API's description.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ItemLengthAttribute(int min, int max) : Attribute
{
    public int Min => min;

    public int Max => max;
}

/// <summary>
/// An absolute http or https URL as somebody wrote it, for the API's description. It has no format <c>uri</c>: URLs that browsers follow
/// are not always valid for strict parsers.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HttpUrlAttribute : Attribute
{
    /// <summary>What it looks like at least.</summary>
    public const string Pattern = "^[Hh][Tt][Tt][Pp][Ss]?://";
}

/// <summary>A request may leave the property out, answers have it always; for the API's description.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OptionalAttribute : Attribute;

/// <summary>The property may be absent and may not be null, for the API's description.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotNullAttribute : Attribute;

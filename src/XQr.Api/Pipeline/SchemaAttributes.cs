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

/// <summary>A request may leave the property out, answers have it always; for the API's description.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MayBeLeftOutAttribute : Attribute;

/// <summary>The property may be absent and may not be null, for the API's description.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NeverNullAttribute : Attribute;

namespace XQr.Api.Assets;

/// <summary>Collects the removed parts of an SVG image for its owner, without duplicates and up to a maximum.</summary>
internal sealed class SvgRemovals
{
    /// <summary>The maximum number of entries. If there are more, the last entry says so.</summary>
    public const int MaxCount = 20;

    private const int MaxLength = 80;
    private const string Others = "and others";

    private readonly List<string> entries = [];

    /// <summary>Gets the removed parts, in the order of the file.</summary>
    public IReadOnlyList<string> Entries => entries;

    public void Element(string name) => Add($"element <{name}>");

    public void Attribute(string name) => Add($"attribute {name}");

    /// <summary>Adds an allowed attribute or property with a value that is not allowed.</summary>
    public void Value(string name) => Add($"value of {name}");

    public void Property(string name) => Add($"style property {name}");

    public void Rule(ReadOnlySpan<char> head)
    {
        if (!head.IsEmpty)
        {
            Add($"style rule {head[..Math.Min(head.Length, MaxLength)]}");
        }
    }

    private void Add(string entry)
    {
        if (entries.Count == MaxCount)
        {
            return;
        }

        var text = AssetFields.WithoutHidden(entry);
        text = text.Length > MaxLength ? AssetFields.WithoutHidden(text[..MaxLength]) + "…" : text;
        if (!entries.Contains(text))
        {
            entries.Add(entries.Count == MaxCount - 1 ? Others : text);
        }
    }
}

using XQr.Api.Pipeline;

namespace XQr.Api.Developers;

/// <summary>Names of keys and people.</summary>
internal static class NameFields
{
    public const int MaxLength = 100;

    public static string? Name(JsonFields fields)
    {
        var name = fields.Text("name")?.Trim();
        if (name is { Length: < 1 or > MaxLength } || name?.Any(char.IsControl) == true)
        {
            fields.AddError("name", $"must have 1 to {MaxLength} characters, none of them a control character");
        }

        return name;
    }

    /// <summary>What can be used of a name that comes from elsewhere; null for nothing.</summary>
    public static string? Clean(string? name) =>
        name is null || new string([.. name.Where(character => !char.IsControl(character)).Take(MaxLength)]).Trim() is not { Length: > 0 } clean ? null : clean;
}

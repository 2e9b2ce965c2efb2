namespace XQr.Api.Tenancy;

/// <summary>The display names of workspaces, keys and people.</summary>
internal static class DisplayName
{
    public const int MaxLength = 100;

    /// <summary>The rule for a name, as the end of a sentence that begins with the field's name.</summary>
    public const string Rule = "must have 1 to 100 characters, none of them a control character";

    /// <summary>Returns whether a name without spaces around it has a valid length and no control characters.</summary>
    public static bool IsValid(string name) => name.Length is > 0 and <= MaxLength && !name.Any(char.IsControl);

    /// <summary>Returns the valid part of a name from a sign-in provider; null if there is none.</summary>
    public static string? Clean(string? name)
    {
        var clean = new string([.. (name ?? "").Where(character => !char.IsControl(character)).Take(MaxLength)]).Trim();
        return clean.Length > 0 ? clean : null;
    }
}

namespace XQr.Api.Tenancy;

/// <summary>The display names of workspaces, keys and people.</summary>
internal static class DisplayName
{
    public const int MaxLength = 100;

    /// <summary>Returns the valid part of a name from a sign-in provider; null if there is none.</summary>
    public static string? Clean(string? name)
    {
        var clean = new string([.. (name ?? "").Where(character => !char.IsControl(character)).Take(MaxLength)]).Trim();
        return clean.Length > 0 ? clean : null;
    }
}

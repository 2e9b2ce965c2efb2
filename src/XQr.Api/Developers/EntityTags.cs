using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;
using XQr.Api.Workspaces;

namespace XQr.Api.Developers;

/// <summary>
/// The versions of keys and members, as conditional requests name them: a hash of what can be changed, and for a key its last use, which
/// changes what a reader sees and doesn't get in a writer's way.
/// </summary>
internal static class EntityTags
{
    public static EntityTagHeaderValue Of(ListedKey key) => new($"\"{VersionOf(key)}-{key.LastUsedAt?.UtcTicks}\"");

    public static EntityTagHeaderValue Of(Member member) => new($"\"{VersionOf(member)}\"");

    /// <summary>Whether a tag, with its quotes, is of the present version.</summary>
    public static bool Is(string tag, ListedKey key) => tag.StartsWith($"\"{VersionOf(key)}-", StringComparison.Ordinal);

    public static bool Is(string tag, Member member) => tag == $"\"{VersionOf(member)}\"";

    private static string VersionOf(ListedKey key) => Hash(key.Id, key.RevokedAt, key.Name);

    private static string VersionOf(Member member) => Hash($"{member.Id} {member.Role}", member.JoinedAt, member.Name);

    private static string Hash(string what, DateTimeOffset? when, string? name) =>
        ResourceVersion.Of(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what} {when?.UtcTicks} {name}")));
}

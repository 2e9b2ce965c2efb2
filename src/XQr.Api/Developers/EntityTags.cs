using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>
/// Creates the entity tags of keys and members: a hash of what can be changed, and for a key its last use. The last use changes what a
/// reader sees, and a writer does not depend on it.
/// </summary>
internal static class EntityTags
{
    public static EntityTagHeaderValue Of(ListedKey key) => ResourceVersion.ToTag($"{VersionOf(key)}-{key.LastUsedAt?.UtcTicks}");

    public static EntityTagHeaderValue Of(Member member) => ResourceVersion.ToTag(VersionOf(member));

    /// <summary>Returns whether a tag with its quotes names the current version.</summary>
    public static bool Is(string tag, ListedKey key) => tag.StartsWith($"\"{VersionOf(key)}-", StringComparison.Ordinal);

    public static bool Is(string tag, Member member) => tag == Of(member).Tag;

    private static string VersionOf(ListedKey key) => Hash(key.Id, key.RevokedAt, key.Name);

    private static string VersionOf(Member member) => Hash($"{member.Id} {member.Role}", member.JoinedAt, member.Name);

    private static string Hash(string what, DateTimeOffset? when, string? name) =>
        ResourceVersion.Of(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what} {when?.UtcTicks} {name}")));
}

using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>
/// Creates and compares the entity tags of keys and members: a hash of the properties that can change. The tag of a key also has its
/// last use, which matters to a reader but not to a writer.
/// </summary>
internal static class EntityTags
{
    public static EntityTagHeaderValue Of(ListedKey key) => ResourceVersion.ToTag($"{VersionOf(key)}-{key.LastUsedAt?.UtcTicks}");

    public static EntityTagHeaderValue Of(Member member) => ResourceVersion.ToTag(VersionOf(member));

    /// <summary>Returns whether a precondition allows a change of the current version of a key.</summary>
    public static bool Allows(this IfMatch ifMatch, ListedKey key) =>
        ifMatch.Allows(tag => tag.StartsWith($"\"{VersionOf(key)}-", StringComparison.Ordinal));

    /// <summary>Returns whether a precondition allows a change of the current version of a member.</summary>
    public static bool Allows(this IfMatch ifMatch, Member member) => ifMatch.Allows(tag => tag == Of(member).Tag);

    private static string VersionOf(ListedKey key) => Hash(key.Id, key.RevokedAt, key.Name);

    private static string VersionOf(Member member) => Hash($"{member.Id} {member.Role}", member.JoinedAt, member.Name);

    private static string Hash(string id, DateTimeOffset? at, string? name) =>
        ResourceVersion.Of(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id} {at?.UtcTicks} {name}")));
}

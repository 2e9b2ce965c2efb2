using System.Text.Json;
using System.Text.Json.Serialization;

namespace XQr.Api.Tenancy;

/// <summary>The role of a member, from the least rights to the most.</summary>
[JsonConverter(typeof(RoleConverter))]
internal enum Role
{
    /// <summary>Reads.</summary>
    Member,

    /// <summary>Manages keys, and members who are no owners.</summary>
    Admin,

    /// <summary>Manages all.</summary>
    Owner,
}

internal static class RoleNames
{
    /// <summary>As the API and the commands name it.</summary>
    public static string Name(this Role role) => role.ToString().ToLowerInvariant();
}

internal sealed class RoleConverter() : JsonStringEnumConverter<Role>(JsonNamingPolicy.SnakeCaseLower);

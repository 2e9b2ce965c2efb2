using System.Text.Json;
using System.Text.Json.Serialization;

namespace XQr.Api.Tenancy;

/// <summary>The role of a member, from the least rights to the most.</summary>
[JsonConverter(typeof(RoleConverter))]
internal enum Role
{
    /// <summary>Reads keys, members and the audit log.</summary>
    Member,

    /// <summary>Manages keys, and members who are not owners.</summary>
    Admin,

    /// <summary>Manages keys and all members.</summary>
    Owner,
}

internal static class RoleNames
{
    /// <summary>The rule for a role, as the end of a sentence that begins with the field's name.</summary>
    public const string Rule = "must be member, admin or owner";

    /// <summary>Returns the name of a role in the API and in commands.</summary>
    public static string Name(this Role role) => role.ToString().ToLowerInvariant();
}

internal sealed class RoleConverter() : JsonStringEnumConverter<Role>(JsonNamingPolicy.SnakeCaseLower);

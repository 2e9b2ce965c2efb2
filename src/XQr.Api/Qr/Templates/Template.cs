using Microsoft.Net.Http.Headers;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Logos;

namespace XQr.Api.Qr.Templates;

/// <summary>A design with a name.</summary>
internal sealed record Template(
    Guid Id, string WorkspaceId, string Name, string? Description, Design Design, StoredLogo? Logo, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Another with each change.</summary>
    public required string Version { get; init; }

    /// <summary>The version of the row that it was read from; null where it is new.</summary>
    public string? RowVersion { get; init; }

    public EntityTagHeaderValue Tag => new($"\"{Version}\"");

    /// <summary>Whether a tag, with its quotes, is of this version.</summary>
    public bool Is(string tag) => tag == Tag.Tag;
}

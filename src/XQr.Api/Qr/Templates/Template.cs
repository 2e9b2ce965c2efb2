using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Logos;

namespace XQr.Api.Qr.Templates;

/// <summary>A named design.</summary>
internal sealed record Template(
    Guid Id,
    string WorkspaceId,
    string Name,
    string? Description,
    Design Design,
    StoredLogo? Logo,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>Gets the version, which changes with each update.</summary>
    public required string Version { get; init; }

    /// <summary>Gets the ETag of the row that was read; null for a new template.</summary>
    public string? RowVersion { get; init; }

    public EntityTagHeaderValue Tag => ResourceVersion.ToTag(Version);

    /// <summary>Returns whether a tag, with its quotes, has this version.</summary>
    public bool Is(string tag) => tag == Tag.Tag;
}

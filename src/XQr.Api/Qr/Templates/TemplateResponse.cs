using System.Globalization;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;

namespace XQr.Api.Qr.Templates;

/// <summary>A template of the workspace.</summary>
/// <param name="Id">The id, a UUID.</param>
/// <param name="Name">The display name.</param>
/// <param name="Description">The description.</param>
/// <param name="Design">The design.</param>
/// <param name="CreatedAt">The time of creation.</param>
/// <param name="UpdatedAt">The time of the last change.</param>
internal sealed record TemplateResponse(
    Guid Id, string Name, string? Description, Design Design, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt) : IExample<TemplateResponse>
{
    public static TemplateResponse Example { get; } = new(
        new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a41"),
        "Summer posters",
        "For everything that is printed",
        TemplateFields.Example,
        DateTimeOffset.Parse("2026-02-01T09:30:00Z", CultureInfo.InvariantCulture),
        DateTimeOffset.Parse("2026-02-14T08:00:00Z", CultureInfo.InvariantCulture));

    public static TemplateResponse From(Template template) =>
        new(template.Id, template.Name, template.Description, template.Design, template.CreatedAt, template.UpdatedAt);
}

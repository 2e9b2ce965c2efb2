using System.Globalization;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;

namespace XQr.Api.Qr.Templates;

/// <summary>A template as the API shows it.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Design">How codes with it look.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
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

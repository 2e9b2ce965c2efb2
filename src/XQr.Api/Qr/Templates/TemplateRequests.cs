using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;

namespace XQr.Api.Qr.Templates;

/// <summary>What creates a template.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Description">At most 1,000 characters.</param>
/// <param name="Design">How codes with it look; black on white where absent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CreateTemplateRequest(
    [property: StringLength(TemplateFields.MaxName, MinimumLength = 1)] string Name,
    [property: StringLength(TemplateFields.MaxDescription)] string? Description = null,
    Design? Design = null) : IExample<CreateTemplateRequest>
{
    public static CreateTemplateRequest Example { get; } = new("Summer posters", "For everything that is printed", TemplateFields.Example);

    public static CreateTemplateRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, nullIsAbsent: true, errors);
        if (!fields.Has("name"))
        {
            errors.Add("name", "is required");
        }

        var request = new CreateTemplateRequest(TemplateFields.Name(fields) ?? "", TemplateFields.Description(fields), TemplateFields.Design(fields) ?? Designs.Design.Default);
        fields.RejectUnknownProperties();
        return request;
    }
}

/// <summary>What changes a template; what is absent stays as it is.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Description">At most 1,000 characters; null for none.</param>
/// <param name="Design">What to change of the design: a field that is absent stays as it is, null sets it to its default.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UpdateTemplateRequest(
    [property: NotNull, StringLength(TemplateFields.MaxName, MinimumLength = 1)] string? Name = null,
    [property: StringLength(TemplateFields.MaxDescription)] string? Description = null,
    [property: NotNull] DesignChange? Design = null) : IExample<UpdateTemplateRequest>
{
    public static UpdateTemplateRequest Example { get; } = new("Autumn posters", Design: new(ForegroundColor: "#5C1B1B", QuietZone: 4));

    /// <summary>Whether the template is to have no description.</summary>
    internal bool ClearsDescription { get; private init; }

    /// <summary>What was sent of the template that can't be changed.</summary>
    internal ReadOnlyMembers ReadOnly { get; private init; } = new();

    public static UpdateTemplateRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, nullIsAbsent: false, errors);
        var clears = fields.IsNull("description");
        var request = new UpdateTemplateRequest(
            TemplateFields.Name(fields), clears ? null : TemplateFields.Description(fields), TemplateFields.DesignChange(fields))
        {
            ClearsDescription = clears,
            ReadOnly = ReadOnlyMembers.Read(fields, "id", "created_at", "updated_at"),
        };
        fields.RejectUnknownProperties();
        return request;
    }
}

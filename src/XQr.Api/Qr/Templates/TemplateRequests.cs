using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;

namespace XQr.Api.Qr.Templates;

/// <summary>Request to create a template.</summary>
/// <param name="Name">The name, 1 to 100 characters.</param>
/// <param name="Description">The description, at most 1,000 characters.</param>
/// <param name="Design">The design; the default is black on white.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CreateTemplateRequest(
    [property: Name] string Name,
    [property: StringLength(TemplateFields.MaxDescription)] string? Description = null,
    Design? Design = null) : IExample<CreateTemplateRequest>
{
    public static CreateTemplateRequest Example { get; } = new("Summer posters", "For everything that is printed", TemplateFields.Example);

    private static readonly FieldRules Rules = FieldRules.Of<CreateTemplateRequest>();

    public static CreateTemplateRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var request = new CreateTemplateRequest(
            fields.Text("name") ?? "", fields.Text("description"), TemplateFields.Design(fields) ?? Designs.Design.Default);
        fields.RejectUnknownProperties();
        return request;
    }
}

/// <summary>Request to change a template; absent properties stay unchanged.</summary>
/// <param name="Name">The name, 1 to 100 characters.</param>
/// <param name="Description">The description, at most 1,000 characters; null for none.</param>
/// <param name="Design">The change of the design: absent properties stay unchanged, null resets a property to its default.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UpdateTemplateRequest(
    [property: NotNull, Name] string? Name = null,
    [property: StringLength(TemplateFields.MaxDescription)] string? Description = null,
    [property: NotNull] DesignChange? Design = null) : IExample<UpdateTemplateRequest>
{
    public static UpdateTemplateRequest Example { get; } = new("Autumn posters", Design: new(ForegroundColor: "#5C1B1B", QuietZone: 4));

    private static readonly FieldRules Rules = FieldRules.Of<UpdateTemplateRequest>().WithReadOnly<TemplateResponse>();

    /// <summary>Gets whether the request removes the description.</summary>
    internal bool ClearsDescription { get; private init; }

    /// <summary>Gets the read-only properties in the request.</summary>
    internal ReadOnlyMembers ReadOnly { get; private init; } = new();

    public static UpdateTemplateRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var request = new UpdateTemplateRequest(fields.Text("name"), fields.Text("description"), TemplateFields.DesignChange(fields))
        {
            ClearsDescription = fields.IsNull("description"),
            ReadOnly = ReadOnlyMembers.Read(fields),
        };
        fields.RejectUnknownProperties();
        return request;
    }
}

using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;

namespace XQr.Api.Qr.Templates;

/// <summary>Reads and validates the fields that template requests share.</summary>
internal static class TemplateFields
{
    public const int MaxName = 100;
    public const int MaxDescription = 1_000;

    public static Design Example { get; } = new("#1B3A5C", DotStyle: "rounded", CornerStyle: "rounded", QuietZone: 4);

    public static string? Name(JsonFields fields)
    {
        var name = fields.Text("name")?.Trim();
        if (name?.Length is < 1 or > MaxName || name?.Any(char.IsControl) == true)
        {
            fields.AddError("name", $"must have 1 to {MaxName} characters, none of them a control character");
        }

        return name;
    }

    public static string? Description(JsonFields fields)
    {
        var description = fields.Text("description");
        if (description?.Length > MaxDescription)
        {
            fields.AddError("description", $"must have at most {MaxDescription:N0} characters");
        }

        return description;
    }

    public static Design? Design(JsonFields fields) => Read(fields, DesignFields.Read);

    public static DesignChange? DesignChange(JsonFields fields) => Read(fields, Designs.DesignChange.Read);

    private static T? Read<T>(JsonFields fields, Func<JsonFields, T> read)
        where T : class
    {
        if (fields.Object("design") is not { } design)
        {
            return null;
        }

        var result = read(design);
        design.RejectUnknownProperties();
        return result;
    }
}

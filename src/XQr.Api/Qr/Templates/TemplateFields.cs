using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;

namespace XQr.Api.Qr.Templates;

/// <summary>Reads and validates the fields that template requests share.</summary>
internal static class TemplateFields
{
    public const int MaxDescription = 1_000;

    private static readonly FieldRules OfDesign = FieldRules.Of<DesignChange>();

    public static Design Example { get; } = new("#1B3A5C", DotStyle: "rounded", CornerStyle: "rounded", QuietZone: 4);

    public static Design? Design(JsonFields fields) => Read(fields, DesignFields.Read);

    public static DesignChange? DesignChange(JsonFields fields) => Read(fields, Designs.DesignChange.Read);

    private static T? Read<T>(JsonFields fields, Func<JsonFields, T> read)
        where T : class
    {
        if (fields.Object("design", OfDesign) is not { } design)
        {
            return null;
        }

        var result = read(design);
        design.RejectUnknownProperties();
        return result;
    }
}
